//! What may happen to accounts and organisations, and why not: NIPT, addresses, passwords, profiles, who may run whom.
mod members;

pub use members::{Passed, becoming, heirs, passing};

use super::{LegalForm, Profile};
use crate::kernel::{Actor, Day, OrganisationId, ProgrammeId, Reason, Role, Room, Tr};

/// At least so many characters make a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// More than this nobody types, and hashing it would cost the server.
pub const LONGEST_PASSWORD: usize = 200;
pub const LONGEST_NAME: usize = 200;
pub const LONGEST_ACRONYM: usize = 20;
pub const LONGEST_MISSION: usize = 1_500;
pub const LONGEST_FINANCES: usize = 1_000;

/// The NIPT as it is stored, or the complaint (rules.md 4.9): without blanks and without a leading `AL`, in capital letters,
/// a letter of the decade (A-M), eight digits, a control letter (which no public rule verifies).
///
/// # Errors
/// The complaint, where it is not of this shape.
pub fn nipt(typed: &str) -> Result<String, Reason> {
    let plain: String = typed.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_uppercase).collect();
    let bare = plain.strip_prefix("(AL)").or_else(|| plain.strip_prefix("AL")).unwrap_or(&plain);
    if bare.is_empty() {
        return Err(Reason::new("no-nipt", "nipt", |t| t.accounts_nipt_missing().into()));
    }
    let mut letters = bare.chars();
    let fits = bare.len() == 10
        && letters.next().is_some_and(|first| ('A'..='M').contains(&first))
        && letters.next_back().is_some_and(|last| last.is_ascii_uppercase())
        && letters.all(|digit| digit.is_ascii_digit());
    if fits { Ok(bare.to_owned()) } else { Err(Reason::new("bad-nipt", "nipt", |t| t.accounts_nipt_shape().into())) }
}

/// The day that the NIPT itself names: decade letter, year, month (in steps of twelve), day. None where it names no day.
#[must_use]
pub fn nipt_day(nipt: &str) -> Option<Day> {
    let decade = i16::try_from(u32::from(nipt.chars().next()?).checked_sub(u32::from('A'))?).ok()?;
    let number = |range: std::ops::Range<usize>| nipt.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let year = 1_900 + 10 * decade + number(1..2)?;
    let month = (number(2..4)?.checked_sub(1).filter(|month| *month >= 0)? % 12) + 1;
    let day = number(4..6)?;
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Day)
}

/// A gentle warning where the day in the NIPT cannot be: no such day, before 1990, or still to come. It never blocks.
#[must_use]
pub fn nipt_doubt(nipt: &str, today: Day) -> Option<Reason> {
    let plausible = nipt_day(nipt).is_some_and(|day| day.0.year() >= 1_990 && day <= today);
    (!plausible).then(|| Reason::new("odd-nipt", "nipt", |t| t.accounts_nipt_doubt(nipt)))
}

/// The address as it is stored, in small letters, or the complaint.
///
/// # Errors
/// The complaint, where no letter could be posted to it.
pub fn email(typed: &str) -> Result<String, Reason> {
    let address = typed.trim().to_lowercase();
    let fits = address.len() <= 200
        && address.is_ascii()
        && !address.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"".contains(letter))
        && address.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.contains('@') && host.contains('.') && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
        });
    if address.is_empty() {
        Err(Reason::new("no-email", "email", |t| t.accounts_email_missing().into()))
    } else if fits {
        Ok(address)
    } else {
        Err(Reason::new("bad-email", "email", |t| t.accounts_email_shape().into()))
    }
}

/// What is wrong with a person's name. Names go into letters to addresses that strangers typed, so they carry no links.
#[must_use]
pub fn name_complaint(name: &str) -> Option<Reason> {
    if name.is_empty() {
        Some(Reason::new("no-name", "name", |t| t.accounts_name_missing().into()))
    } else if name.chars().count() > 100 || name.contains(['/', '@', '<', '\n']) || name.to_lowercase().contains("www.") {
        Some(Reason::new("bad-name", "name", |t| t.accounts_name_shape().into()))
    } else {
        None
    }
}

/// What is wrong with a new password, if anything.
#[must_use]
pub fn password_complaint(password: &str, email: &str) -> Option<Reason> {
    let length = password.chars().count();
    let local = email.split('@').next().unwrap_or_default();
    if length < SHORTEST_PASSWORD {
        Some(Reason::new("short-password", "password", |t| t.accounts_password_short(SHORTEST_PASSWORD)))
    } else if length > LONGEST_PASSWORD {
        Some(Reason::new("long-password", "password", |t| t.accounts_password_long(LONGEST_PASSWORD)))
    } else if password.eq_ignore_ascii_case(email)
        || (local.len() > 3 && password.to_lowercase().replace(local, "").chars().count() < 4)
        || password.chars().all(|letter| password.starts_with(letter))
    {
        Some(Reason::new("weak-password", "password", |t| t.accounts_password_weak().into()))
    } else {
        None
    }
}

/// The step whose code was typed, if it may still be used: a code works once, and none older than the last one used.
#[must_use]
pub fn fresh_step(matched: Option<u64>, last_used: i64) -> Option<i64> {
    matched.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > last_used)
}

/// Who may change the profile of an organisation: everybody who writes for it.
#[must_use]
pub fn may_edit(actor: &Actor, organisation: OrganisationId) -> bool {
    actor.writes_for(organisation)
}

/// Who may see an organisation's profile here: its people, and who runs the installation.
#[must_use]
pub fn may_see(actor: &Actor, organisation: OrganisationId) -> bool {
    actor.writes_for(organisation) || actor.is_administrator()
}

/// Who may invite, remove and hand over: the owner.
#[must_use]
pub fn may_run_members(actor: &Actor, organisation: OrganisationId) -> bool {
    actor.runs_people_of(organisation)
}

/// Who may give and take the roles of a fund: its administrator and its director, and who runs the installation.
#[must_use]
pub fn may_run_roles(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.opens(Room::People, programme)
}

/// Who may take away a lost second factor: administrators only.
#[must_use]
pub fn may_reset_second_factor(actor: &Actor, programme: ProgrammeId) -> bool {
    actor.is(Role::Administrator, programme) || actor.is_administrator()
}

/// Texts that are longer than their field, wherever they came from.
#[must_use]
pub fn too_long(name: &str, acronym: &str, profile: &Profile) -> Vec<Reason> {
    let limits = [
        ("name", name, LONGEST_NAME),
        ("name_en", &profile.name_en, LONGEST_NAME),
        ("acronym", acronym, LONGEST_ACRONYM),
        ("mission", &profile.mission, LONGEST_MISSION),
        ("finances", &profile.finances, LONGEST_FINANCES),
    ];
    let over = limits.into_iter().filter_map(|(field, text, most)| {
        let length = text.chars().count();
        (length > most).then(|| Reason::new("too-long", field, |t| t.accounts_too_long(most, length - most)))
    });
    over.collect()
}

type Words = fn(Tr) -> &'static str;

/// The code of a box that is still empty.
pub const MISSING: &str = "profile-missing";

fn missing(field: &str, say: Words) -> Reason {
    Reason::new(MISSING, field, |t| t.accounts_profile_missing(say(t)))
}

/// Everything that an application cannot be sent without (rules.md 4.1), in the order of the page.
#[must_use]
pub fn shortfalls(name: &str, acronym: &str, municipality: &str, profile: &Profile) -> Vec<Reason> {
    let mut reasons = vec![];
    let mut want = |field: &str, text: &str, say: Words| {
        if text.trim().is_empty() {
            reasons.push(missing(field, say));
        }
    };
    want("name", name, |t| t.accounts_field_name());
    want("registration", &profile.registration, |t| t.accounts_field_registration());
    want("registered_on", &profile.registered_on, |t| t.accounts_field_registered_on());
    want("municipality", municipality, |t| t.accounts_field_municipality());
    want("address", &profile.address, |t| t.accounts_field_address());
    want("active_in", &profile.active_in.join(" "), |t| t.accounts_field_active_in());
    want("phone", &profile.phone, |t| t.accounts_field_phone());
    want("profile_email", &profile.email, |t| t.accounts_field_email());
    want("representative", &profile.representative, |t| t.accounts_field_representative());
    want("representative_position", &profile.representative_position, |t| t.accounts_field_representative_position());
    want("representative_email", &profile.representative_email, |t| t.accounts_field_representative_email());
    want("contact", &profile.contact, |t| t.accounts_field_contact());
    want("contact_email", &profile.contact_email, |t| t.accounts_field_contact_email());
    want("mission", &profile.mission, |t| t.accounts_field_mission());
    for (field, number, say) in [
        ("staff_women", &profile.staff_women, (|t| t.accounts_field_staff_women()) as Words),
        ("staff_men", &profile.staff_men, |t| t.accounts_field_staff_men()),
        ("volunteers", &profile.volunteers, |t| t.accounts_field_volunteers()),
        ("board_women", &profile.board_women, |t| t.accounts_field_board_women()),
        ("board_men", &profile.board_men, |t| t.accounts_field_board_men()),
    ] {
        if number.trim().is_empty() {
            reasons.push(missing(field, say));
        } else if number.trim().parse::<u32>().is_err() {
            reasons.push(Reason::new("profile-number", field, |t| t.accounts_profile_number(say(t))));
        }
    }
    for (field, address, say) in [
        ("profile_email", &profile.email, (|t| t.accounts_field_email()) as Words),
        ("representative_email", &profile.representative_email, |t| t.accounts_field_representative_email()),
        ("contact_email", &profile.contact_email, |t| t.accounts_field_contact_email()),
    ] {
        if !address.trim().is_empty() && email(address).is_err() {
            reasons.push(Reason::new("profile-email", field, |t| t.accounts_profile_email(say(t))));
        }
    }
    if profile.turnover.iter().all(|year| year.euros.trim().is_empty()) {
        reasons.push(missing("turnover", |t| t.accounts_field_turnover()));
    }
    if profile.finances.trim().is_empty() {
        reasons.push(missing("finances", |t| t.accounts_field_finances()));
    }
    if !profile.registered_on.trim().is_empty() && profile.registered_on.parse::<Day>().is_err() {
        reasons.push(Reason::new("profile-date", "registered_on", |t| t.accounts_profile_date().into()));
    }
    reasons.extend(too_long(name, acronym, profile));
    reasons
}

/// The complaints about a new organisation, all at once; or its NIPT, form and municipality as they are stored.
///
/// # Errors
/// Every complaint about what was typed.
pub fn new_organisation(typed_nipt: &str, name: &str, legal_form: &str, municipality: &str) -> Result<(String, LegalForm), Vec<Reason>> {
    let mut reasons = vec![];
    let nipt = nipt(typed_nipt).map_err(|reason| reasons.push(reason)).unwrap_or_default();
    if name.is_empty() {
        reasons.push(Reason::new("no-name", "name", |t| t.accounts_organisation_name_missing().into()));
    } else if name.chars().count() > LONGEST_NAME {
        reasons.push(Reason::new("too-long", "name", |t| t.accounts_too_long(LONGEST_NAME, name.chars().count() - LONGEST_NAME)));
    }
    let form =
        legal_form.parse::<LegalForm>().map_err(|_| reasons.push(Reason::new("no-legal-form", "legal_form", |t| t.accounts_legal_form_missing().into())));
    if municipality.is_empty() {
        reasons.push(Reason::new("no-municipality", "municipality", |t| t.accounts_municipality_missing().into()));
    }
    match form {
        Ok(form) if reasons.is_empty() => Ok((nipt, form)),
        _ => Err(reasons),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Membership;

    #[test]
    fn a_nipt_is_read_however_it_was_typed_and_refused_when_it_is_none() {
        for (typed, stored) in [
            ("L12345678A", "L12345678A"),
            ("l12345678a", "L12345678A"),
            (" AL L 1234 5678 A ", "L12345678A"),
            ("(AL)K31525146H", "K31525146H"),
            ("alk31525146h", "K31525146H"),
            ("M01405012P", "M01405012P"),
            ("J61814094B", "J61814094B"),
            ("A11111111A", "A11111111A"),
        ] {
            assert_eq!(nipt(typed).unwrap(), stored, "{typed}");
        }
        for typed in ["", "AL", "L1234567A", "L123456789A", "N12345678A", "12345678AB", "L1234567AA", "L12345678", "L12345678ë", "AAL12345678A", "L1234567８A"]
        {
            assert!(nipt(typed).is_err(), "{typed}");
        }
        assert_eq!(nipt("").unwrap_err().code, "no-nipt");
    }

    #[test]
    fn the_day_in_a_nipt_warns_and_its_months_go_round_in_steps_of_twelve() {
        let today: Day = "2017-10-20".parse().unwrap();
        for (number, day, doubtful) in [
            ("K31525146H", Some("2003-03-25"), false), // 15 is March again
            ("L41200000A", None, true),                // no day 00
            ("L70101000A", Some("2017-01-01"), false),
            ("L71021000A", Some("2017-10-21"), true), // tomorrow
            ("M01405012P", Some("2020-02-05"), true), // the twenties are still to come
            ("I91231000A", Some("1989-12-31"), true), // before 1990
            ("J00101000A", Some("1990-01-01"), false),
            ("L70001000A", None, true), // no month 00
            ("L12345678A", None, true), // no day 45
        ] {
            assert_eq!(nipt_day(number).map(|day| day.to_string()).as_deref(), day, "{number}");
            assert_eq!(nipt_doubt(number, today).is_some(), doubtful, "{number}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(email(" Arta.Hoxha@Example.org ").unwrap(), "arta.hoxha@example.org");
        for typed in
            ["", "arta", "arta@", "@example.org", "arta@example", "a b@example.org", "a@b@example.org", "a@example..org", "a<x@example.org", "a\n@example.org"]
        {
            assert!(email(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn passwords_are_long_enough_and_not_the_address() {
        let complaint = |password: &str| password_complaint(password, "arta.hoxha@example.org").map(|reason| reason.code);
        assert_eq!(complaint("nëntëshkr").as_deref(), Some("short-password"));
        assert_eq!(complaint("dhjetëshkr"), None);
        assert_eq!(complaint("arta.hoxha@example.org").as_deref(), Some("weak-password"));
        assert_eq!(complaint("arta.hoxha12").as_deref(), Some("weak-password"));
        assert_eq!(complaint("aaaaaaaaaaaa").as_deref(), Some("weak-password"));
        assert_eq!(complaint(&"x1".repeat(101)).as_deref(), Some("long-password"));
    }

    #[test]
    fn names_carry_no_links() {
        assert!(name_complaint("Arta Hoxha").is_none());
        for name in ["", "Win at http://x.example", "www.example.org", "a@b", "<b>"] {
            assert!(name_complaint(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_code_works_once() {
        assert_eq!(fresh_step(Some(100), 99), Some(100));
        assert_eq!(fresh_step(Some(100), 100), None);
        assert_eq!(fresh_step(Some(99), 100), None);
        assert_eq!(fresh_step(None, 0), None);
    }

    fn lacks(profile: &Profile) -> Vec<Reason> {
        shortfalls("Qendra (example)", "Q", "kukes", profile)
    }

    #[test]
    fn every_shortfall_of_a_profile_is_named_at_once_and_a_whole_one_has_none() {
        let empty = lacks(&Profile::default());
        assert!(empty.len() > 15);
        assert!(empty.iter().any(|reason| reason.at == "mission"));
        let text = || "x".to_owned();
        let whole = Profile {
            registration: text(),
            registered_on: "2009-05-14".into(),
            address: text(),
            active_in: vec!["kukes".into()],
            phone: text(),
            email: "zyra@example.org".into(),
            representative: text(),
            representative_position: text(),
            representative_email: "zyra@example.org".into(),
            contact: text(),
            contact_email: "zyra@example.org".into(),
            mission: text(),
            staff_women: "2".into(),
            staff_men: "0".into(),
            volunteers: "10".into(),
            board_women: "3".into(),
            board_men: "2".into(),
            turnover: vec![super::super::Turnover { year: "2015".into(), euros: "N/A".into() }],
            finances: text(),
            ..Profile::default()
        };
        assert_eq!(lacks(&whole), []);
        let odd = Profile { staff_men: "many".into(), registered_on: "14 mars".into(), contact_email: "arta@".into(), mission: "x".repeat(1_501), ..whole };
        let codes: Vec<String> = lacks(&odd).into_iter().map(|reason| reason.code).collect();
        assert_eq!(codes, ["profile-number", "profile-email", "profile-date", "too-long"]);
    }

    #[test]
    fn only_owners_run_members_and_only_administrators_and_directors_run_roles() {
        let (organisation, fund, other) = (OrganisationId::new(), ProgrammeId::new(), ProgrammeId::new());
        let with = |membership, roles: Vec<(Option<ProgrammeId>, Role)>| Actor { organisations: vec![(organisation, membership)], roles, ..Actor::system() };
        assert!(may_run_members(&with(Membership::Owner, vec![]), organisation));
        assert!(!may_run_members(&with(Membership::Signatory, vec![]), organisation));
        assert!(may_edit(&with(Membership::Editor, vec![]), organisation));
        assert!(may_run_roles(&with(Membership::Owner, vec![(Some(fund), Role::Director)]), fund));
        assert!(!may_run_roles(&with(Membership::Owner, vec![(Some(fund), Role::Director)]), other));
        assert!(!may_run_roles(&with(Membership::Owner, vec![(Some(fund), Role::GrantManager)]), fund));
        assert!(may_run_roles(&with(Membership::Owner, vec![(None, Role::Administrator)]), other));
        assert!(!may_reset_second_factor(&with(Membership::Owner, vec![(Some(fund), Role::Director)]), fund));
    }
}

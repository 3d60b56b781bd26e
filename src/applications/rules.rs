//! What may be done with an application and what stands in the way. Pure: every reason at once, each naming its part and field.
use super::content::{Capacity, Declarations, Description, File, Partners, Summary};
use super::{Application, Part, Status};
use crate::calls::{Round, RoundState, Whose};
use crate::kernel::{Actor, Bilingual, Day, Instant, Money, Reason, Tr};
use crate::programmes::places;

/// Which state follows which, by which action. The guard reads it and a test walks it.
pub const MOVES: &[(Status, &str, Status)] =
    &[(Status::Draft, "submit", Status::Submitted), (Status::Submitted, "withdraw", Status::Withdrawn), (Status::Withdrawn, "take-up", Status::Draft)];

/// Where this action leads from this state; None where it is not to be had.
#[must_use]
pub fn after(from: Status, action: &str) -> Option<Status> {
    MOVES.iter().find(|(state, name, _)| *state == from && *name == action).map(|(_, _, to)| *to)
}

/// Whoever writes for the organisation writes the application.
#[must_use]
pub fn may_write(actor: &Actor, application: &Application) -> bool {
    actor.writes_for(application.organisation_id)
}
/// Owner and signatory submit, withdraw and take up again.
#[must_use]
pub fn may_sign(actor: &Actor, application: &Application) -> bool {
    actor.signs_for(application.organisation_id)
}

/// What stands in the way of a new application: the round is not open, or the organisation has as many as it may.
#[must_use]
pub fn starting(round: &Round, already: i64, now: Instant) -> Vec<Reason> {
    let mut reasons = in_time(round, now);
    let most = round.terms.applications_per_organisation;
    if already >= most {
        reasons.push(Reason::new("one-per-organisation", "", |t| t.application_enough_of_them(most, round.code.as_str())));
    }
    reasons
}

/// Whether the round takes anything at this instant; a reason with the exact times where it does not.
#[must_use]
pub fn in_time(round: &Round, now: Instant) -> Vec<Reason> {
    if round.takes_applications(now) {
        return vec![];
    }
    let reason = if round.state == RoundState::Cancelled {
        Reason::new("cancelled", "", |t| t.application_round_cancelled(round.code.as_str()))
    } else if now < round.opens_at {
        Reason::new("too-early", "", |t| t.application_too_early(t.moment(round.opens_at), round.code.as_str()))
    } else {
        Reason::new("too-late", "", |t| t.application_too_late(t.moment_exact(round.closes_at), t.moment_exact(now), round.code.as_str()))
    };
    vec![reason]
}

/// Only a draft is written in.
#[must_use]
pub fn writing(application: &Application) -> Vec<Reason> {
    match application.status {
        Status::Draft => vec![],
        Status::Submitted => vec![Reason::new("already-submitted", "", |t| t.application_is_submitted().into())],
        Status::Withdrawn => vec![Reason::new("withdrawn", "", |t| t.application_is_withdrawn().into())],
    }
}

/// The wordings that were agreed to, as they stand in the call at this moment.
#[must_use]
pub fn wordings(file: &File, round: &Round) -> Vec<Bilingual> {
    let agreed = |key: &String| file.declarations.agreed.contains(key);
    round.terms.declarations.iter().filter(|declaration| agreed(&declaration.key)).map(|declaration| declaration.wording.clone()).collect()
}

#[must_use]
pub fn withdrawing(application: &Application) -> Vec<Reason> {
    match after(application.status, "withdraw") {
        Some(_) => vec![],
        None => vec![Reason::new("not-submitted", "", |t| t.application_not_submitted().into())],
    }
}

/// A withdrawn application may be taken up again while the round takes applications, and no other stands in its place.
#[must_use]
pub fn taking_up(application: &Application, round: &Round, others: i64, now: Instant) -> Vec<Reason> {
    match after(application.status, "take-up") {
        Some(_) => starting(round, others, now),
        None => vec![Reason::new("not-withdrawn", "", |t| t.application_not_withdrawn().into())],
    }
}

/// The code of the application with this serial: `R3-07`.
#[must_use]
pub fn code(round: &str, serial: i32) -> String {
    format!("{round}-{serial:02}")
}

/// What is asked for and what the whole costs, for lists and rankings.
#[must_use]
pub fn figures(budget: &super::content::Budget) -> (Money, Money) {
    let typed = |text: &str| Money::typed(text).filter(|amount| *amount >= Money::ZERO).unwrap_or(Money::ZERO);
    let lines: Money = budget.lines.iter().map(super::content::BudgetLine::total).sum();
    let total = lines + typed(&budget.indirect) + typed(&budget.reserve);
    (total - typed(&budget.own_contribution) - typed(&budget.other_contribution), total)
}

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "to_fix")]
pub enum PartState {
    NotStarted,
    /// Nothing in it, and nothing is asked for.
    Optional,
    ToFix(usize),
    Ready,
}

/// How far this part is, by what is in it and what it still needs.
#[must_use]
pub fn state_of_part(file: &File, round: &Round, part: Part) -> PartState {
    state_in(&shortfalls_of(file, round), part.as_str(), is_started(file, part))
}

/// The same from shortfalls that are already known; also for `organisation` and `attachments`.
#[must_use]
pub fn state_in(shortfalls: &[Reason], part: &str, started: bool) -> PartState {
    let count = shortfalls.iter().filter(|reason| part_of(reason) == part).count();
    match (started, count) {
        (false, 0) => PartState::Optional,
        (false, _) => PartState::NotStarted,
        (true, 0) => PartState::Ready,
        (true, count) => PartState::ToFix(count),
    }
}

/// The part that a reason belongs to: `budget` of `budget#lines.b1.unit_cost`.
#[must_use]
pub fn part_of(reason: &Reason) -> &str {
    reason.at.split('#').next().unwrap_or_default()
}

/// Whether anything stands in this part.
#[must_use]
pub fn is_started(file: &File, part: Part) -> bool {
    match part {
        Part::Partners => file.partners != Partners::default(),
        Part::Summary => file.summary != Summary::default(),
        Part::Description => file.description != Description::default(),
        Part::Logframe => file.logframe != super::content::Logframe::default(),
        Part::Plan => file.plan != super::content::Plan::default(),
        Part::Budget => file.budget != super::content::Budget::default(),
        Part::Capacity => file.capacity != Capacity::default(),
        Part::Declarations => file.declarations != Declarations::default(),
    }
}

/// Everything that stands in the way of submission at this instant, in the order of the parts.
#[must_use]
pub fn shortfalls(file: &File, round: &Round, now: Instant) -> Vec<Reason> {
    let mut reasons = in_time(round, now);
    reasons.extend(shortfalls_of(file, round));
    reasons
}

/// What the contents lack, whatever the hour.
#[must_use]
pub fn shortfalls_of(file: &File, round: &Round) -> Vec<Reason> {
    let parts: [fn(&File, &Round) -> Vec<Reason>; 10] = [
        organisation,
        partners,
        summary,
        description,
        super::logframe::shortfalls,
        super::plan::shortfalls,
        super::budget::shortfalls,
        capacity,
        attachments,
        declarations,
    ];
    parts.iter().flat_map(|part| part(file, round)).collect()
}

/// How a field is called in either language.
pub type Label = fn(Tr) -> &'static str;

/// Collects what one part lacks.
struct Look {
    part: &'static str,
    reasons: Vec<Reason>,
}
impl Look {
    const fn at(part: &'static str) -> Self {
        Self { part, reasons: vec![] }
    }
    fn say(&mut self, code: &str, field: &str, say: impl Fn(Tr) -> String) {
        self.reasons.push(Reason::new(code, format!("{}#{field}", self.part), say));
    }
    fn need(&mut self, field: &str, label: Label, value: &str) -> bool {
        let missing = value.trim().is_empty();
        if missing {
            self.say("missing", field, |t| t.application_fill_in(label(t)));
        }
        !missing
    }
    /// At most so many characters, blanks and line breaks among them.
    fn fits(&mut self, field: &str, label: Label, value: &str, most: usize) {
        let length = value.chars().count();
        if length > most {
            self.say("too-long", field, |t| t.application_too_long(label(t), length, most));
        }
    }
    fn text(&mut self, field: &str, label: Label, value: &str, most: usize) {
        if self.need(field, label, value) {
            self.fits(field, label, value, most);
        }
    }
    fn email(&mut self, field: &str, label: Label, value: &str) {
        if self.need(field, label, value) && !value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            self.say("no-address", field, |t| t.application_no_email(label(t)));
        }
    }
    fn whole(&mut self, field: &str, label: Label, value: &str) {
        if self.need(field, label, value) && value.trim().parse::<u32>().is_err() {
            self.say("no-number", field, |t| t.application_no_number(label(t)));
        }
    }
}

fn organisation(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("organisation");
    let profile = &file.organisation.profile;
    if !round.terms.legal_forms.contains(&file.organisation.legal_form) {
        look.say("legal-form", "legal_form", |t| t.application_wrong_legal_form().into());
    }
    let needed: [(&str, Label, &str); 8] = [
        ("registration", |t| t.application_org_registration(), &profile.registration),
        ("registered_on", |t| t.application_org_registered_on(), &profile.registered_on),
        ("address", |t| t.application_org_address(), &profile.address),
        ("phone", |t| t.application_org_phone(), &profile.phone),
        ("representative", |t| t.application_org_representative(), &profile.representative),
        ("representative_position", |t| t.application_org_representative_position(), &profile.representative_position),
        ("contact", |t| t.application_org_contact(), &profile.contact),
        ("finances", |t| t.application_org_finances(), &profile.finances),
    ];
    for (field, label, value) in needed {
        look.need(field, label, value);
    }
    look.email("profile_email", |t| t.application_org_email(), &profile.email);
    look.email("representative_email", |t| t.application_org_representative_email(), &profile.representative_email);
    look.email("contact_email", |t| t.application_org_contact_email(), &profile.contact_email);
    look.text("mission", |t| t.application_org_mission(), &profile.mission, 1_500);
    look.fits("finances", |t| t.application_org_finances(), &profile.finances, 1_000);
    look.reasons
}

fn partners(file: &File, _: &Round) -> Vec<Reason> {
    let mut look = Look::at("partners");
    for partner in &file.partners.partners {
        let field = |name: &str| format!("partners.{}.{name}", partner.key);
        look.need(&field("name"), |t| t.application_partner_name(), &partner.name);
        if look.need(&field("nipt"), |t| t.application_partner_nipt(), &partner.nipt) && !is_nipt(&partner.nipt) {
            look.say("no-nipt", &field("nipt"), |t| t.application_no_nipt().into());
        }
        if look.need(&field("municipality"), |t| t.application_partner_municipality(), &partner.municipality) && places::find(&partner.municipality).is_none() {
            look.say("no-place", &field("municipality"), |t| t.application_no_place().into());
        }
        look.need(&field("representative"), |t| t.application_partner_representative(), &partner.representative);
        look.email(&field("email"), |t| t.application_partner_email(), &partner.email);
        look.text(&field("role"), |t| t.application_partner_role(), &partner.role, 1_000);
    }
    look.reasons
}

/// `J61827501A`: a decade's letter, eight digits, a control letter (rules.md 4.9); blanks and a country prefix are forgiven.
fn is_nipt(text: &str) -> bool {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
    let text = text.strip_prefix("(AL)").or_else(|| text.strip_prefix("AL").filter(|rest| rest.len() == 10)).unwrap_or(&text);
    let letters: Vec<char> = text.chars().collect();
    matches!(letters.as_slice(), [first @ 'A'..='M', digits @ .., last] if first.is_ascii() && digits.len() == 8 && digits.iter().all(char::is_ascii_digit) && last.is_ascii_uppercase())
}

fn summary(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("summary");
    let summary = &file.summary;
    look.text("title", |t| t.application_title(), &summary.title, 150);
    match round.tier(&summary.tier) {
        None => look.say("no-tier", "tier", |t| t.application_choose_tier().into()),
        Some(tier) => {
            let fits = summary.months().is_some_and(|months| (tier.months_at_least..=tier.months_at_most).contains(&months));
            if !fits {
                look.say("months", "months", |t| t.application_months_in_tier(tier.months_at_least, tier.months_at_most, tier.name.say(t)));
            }
        }
    }
    if round.tier(&summary.tier).is_none() {
        look.whole("months", |t| t.application_months(), &summary.months);
    }
    let themes = summary.themes.len();
    if themes == 0 || themes > round.terms.most_themes || summary.themes.iter().any(|code| round.terms.theme(code).is_none()) {
        look.say("themes", "themes", |t| t.application_choose_themes(round.terms.most_themes));
    }
    if summary.municipalities.is_empty() {
        look.say("no-place", "municipalities", |t| t.application_choose_municipalities().into());
    }
    for code in summary.municipalities.iter().filter(|code| !round.terms.municipalities.contains(code)) {
        look.say("place-outside", "municipalities", |t| t.application_place_outside(places::name(code), round.code.as_str()));
    }
    match summary.starts_on.parse::<Day>() {
        Err(_) => look.say("no-start", "starts_on", |t| t.application_no_start().into()),
        Ok(day) if day <= round.closes_at.day() => look.say("early-start", "starts_on", |t| t.application_early_start(t.day(round.closes_at.day()))),
        Ok(_) => {}
    }
    look.text("summary_sq", |t| t.application_summary_sq(), &summary.summary_sq, 1_500);
    look.text("summary_en", |t| t.application_summary_en(), &summary.summary_en, 1_500);
    look.reasons
}

/// The long texts of the description with their limits (rules.md 4.3): the page and the rule read the same list.
pub const DESCRIPTION: &[(&str, Label, usize)] = &[
    ("problem", |t| t.application_problem(), 3_000),
    ("target_groups", |t| t.application_target_groups(), 1_000),
    ("beneficiaries", |t| t.application_beneficiaries(), 1_000),
    ("methodology", |t| t.application_methodology(), 3_000),
    ("monitoring", |t| t.application_monitoring(), 1_500),
    ("sustainability", |t| t.application_sustainability(), 1_500),
    ("added_value", |t| t.application_added_value(), 1_000),
    ("visibility", |t| t.application_visibility(), 800),
];

impl Description {
    /// One of its long texts by name.
    #[must_use]
    pub fn long_text(&self, name: &str) -> &str {
        match name {
            "problem" => &self.problem,
            "target_groups" => &self.target_groups,
            "beneficiaries" => &self.beneficiaries,
            "methodology" => &self.methodology,
            "monitoring" => &self.monitoring,
            "sustainability" => &self.sustainability,
            "added_value" => &self.added_value,
            "visibility" => &self.visibility,
            _ => "",
        }
    }
}

fn description(file: &File, _: &Round) -> Vec<Reason> {
    let mut look = Look::at("description");
    let description = &file.description;
    for (field, label, most) in DESCRIPTION {
        look.text(field, *label, description.long_text(field), *most);
        if *field == "target_groups" {
            look.whole("women", |t| t.application_women(), &description.women);
            look.whole("men", |t| t.application_men(), &description.men);
        }
        if *field == "methodology" && description.risks.is_empty() {
            look.say("no-risk", "add-risks", |t| t.application_no_risk().into());
        }
    }
    for risk in &description.risks {
        look.text(&format!("risks.{}.risk", risk.key), |t| t.application_risk(), &risk.risk, 500);
        look.text(&format!("risks.{}.mitigation", risk.key), |t| t.application_mitigation(), &risk.mitigation, 500);
    }
    look.reasons
}

fn capacity(file: &File, _: &Round) -> Vec<Reason> {
    let mut look = Look::at("capacity");
    for project in &file.capacity.projects {
        let field = |name: &str| format!("projects.{}.{name}", project.key);
        look.need(&field("title"), |t| t.application_project_title(), &project.title);
        look.need(&field("donor"), |t| t.application_project_donor(), &project.donor);
        if look.need(&field("amount"), |t| t.application_project_amount(), &project.amount) && Money::typed(&project.amount).is_none() {
            look.say("no-amount", &field("amount"), |t| t.application_no_amount(t.application_project_amount()));
        }
        look.need(&field("years"), |t| t.application_project_years(), &project.years);
        look.need(&field("role"), |t| t.application_project_role(), &project.role);
    }
    if file.capacity.projects.len() > 3 {
        look.say("too-many-projects", "add-projects", |t| t.application_three_projects().into());
    }
    if file.capacity.team.is_empty() {
        look.say("no-team", "add-team", |t| t.application_no_team().into());
    }
    for member in &file.capacity.team {
        let field = |name: &str| format!("team.{}.{name}", member.key);
        look.need(&field("name"), |t| t.application_member_name(), &member.name);
        look.need(&field("role"), |t| t.application_member_role(), &member.role);
        let percent = member.time.trim().trim_end_matches('%').trim().parse::<u32>();
        if !percent.is_ok_and(|percent| (1..=100).contains(&percent)) {
            look.say("no-share", &field("time"), |t| t.application_no_time().into());
        }
    }
    look.reasons
}

/// The papers that this application must or may bring: key (with the partner's key behind a dot), the document, and the partner's name.
#[must_use]
pub fn papers<'a>(file: &'a File, round: &'a Round) -> Vec<(String, &'a crate::calls::Document, Option<&'a str>)> {
    let mut papers = vec![];
    for document in &round.terms.documents {
        match document.whose {
            Whose::Lead => papers.push((document.key.clone(), document, None)),
            Whose::Partner => {
                papers
                    .extend(file.partners.partners.iter().map(|partner| (format!("{}.{}", document.key, partner.key), document, Some(partner.name.as_str()))));
            }
        }
    }
    papers
}

fn attachments(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("attachments");
    for (key, document, partner) in papers(file, round) {
        if document.required && !file.attachments.iter().any(|attachment| attachment.document == key) {
            look.say("no-document", &key, |t| match partner {
                None => t.application_add_document(document.name.say(t)),
                Some(name) => t.application_add_document_of(document.name.say(t), name),
            });
        }
    }
    look.reasons
}

fn declarations(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("declarations");
    let declared = &file.declarations;
    for declaration in round.terms.declarations.iter().filter(|wanted| !declared.agreed.contains(&wanted.key)) {
        look.say("not-declared", &format!("agreed-{}", declaration.key), |t| t.application_declare(declaration.wording.say(t)));
    }
    look.need("name", |t| t.application_declared_by(), &declared.name);
    look.need("position", |t| t.application_declared_as(), &declared.position);
    look.text("conflicts", |t| t.application_conflicts(), &declared.conflicts, 1_500);
    look.text("other_funding", |t| t.application_other_funding(), &declared.other_funding, 1_500);
    look.reasons
}

/// All papers of an application together (rules.md 4.6).
pub const MOST_BYTES: i64 = 50_000_000;
/// And so many of them.
pub const MOST_PAPERS: usize = 60;

/// What stands in the way of one more paper: it is not asked for, or there is no room.
#[must_use]
pub fn attaching(file: &File, round: &Round, document: &str, bytes: i64) -> Vec<Reason> {
    let mut reasons = vec![];
    if !papers(file, round).iter().any(|(key, _, _)| key == document) {
        reasons.push(Reason::new("not-asked-for", document, |t| t.application_not_asked_for().into()));
    }
    if file.attachments.iter().map(|paper| paper.bytes).sum::<i64>() + bytes > MOST_BYTES || file.attachments.len() >= MOST_PAPERS {
        reasons.push(Reason::new("no-room", document, |t| t.application_no_room(MOST_BYTES / 1_000_000, MOST_PAPERS)));
    }
    reasons
}

/// What time says to the drafts of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reminder {
    /// The deadline comes nearer (E05).
    Nearing,
    /// It has passed, and the draft was not handed in (E06).
    Missed,
}

/// Hours before the deadline at which drafts are reminded (rules.md 5.6).
pub const REMINDED_BEFORE: [i64; 3] = [7 * 24, 48, 6];

/// The reminder that is due: the last one whose moment lies between the last look and now. A server that slept through several sends one.
#[must_use]
pub fn reminder_due(round: &Round, reminded_until: Option<Instant>, now: Instant) -> Option<Reminder> {
    if round.state != RoundState::Published {
        return None;
    }
    let since = reminded_until.unwrap_or(round.opens_at).max(round.opens_at);
    let due = |moment: Instant| since < moment && moment <= now;
    let missed = round.closes_at.plus_hours(1);
    if due(missed) {
        // Word that comes a week late helps nobody.
        return (now < missed.plus_days(7)).then_some(Reminder::Missed);
    }
    let nearing = now < round.closes_at && REMINDED_BEFORE.iter().any(|hours| due(round.closes_at.plus_hours(-hours)));
    nearing.then_some(Reminder::Nearing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_way_out_and_none_leads_back_into_itself() {
        for state in Status::ALL {
            assert!(MOVES.iter().any(|(from, _, _)| from == state), "{state}");
        }
        assert!(MOVES.iter().all(|(from, _, to)| from != to));
        assert_eq!(after(Status::Submitted, "submit"), None);
        assert_eq!(after(Status::Withdrawn, "submit"), None);
    }

    #[test]
    fn codes_have_two_digits_at_least() {
        for (serial, written) in [(1, "R3-01"), (29, "R3-29"), (100, "R3-100")] {
            assert_eq!(code("R3", serial), written);
        }
    }

    #[test]
    fn a_nipt_is_a_letter_eight_digits_and_a_letter() {
        for (typed, good) in [
            ("K61827501A", true),
            ("AL K61827501A", true),
            ("(AL)k6182 7501a", true),
            ("M21827501A", true),
            ("N61827501A", false),
            ("K6182750A", false),
            ("K618275011", false),
            ("KX1827501A", false),
            ("", false),
            ("ë", false),
        ] {
            assert_eq!(is_nipt(typed), good, "{typed}");
        }
    }

    #[test]
    fn a_part_is_optional_not_started_to_fix_or_ready() {
        let lacks = [Reason::new("missing", "summary#title", |_| "x".into()), Reason::new("missing", "summary#tier", |_| "x".into())];
        for (part, started, state) in [
            ("partners", false, PartState::Optional),
            ("partners", true, PartState::Ready),
            ("summary", false, PartState::NotStarted),
            ("summary", true, PartState::ToFix(2)),
        ] {
            assert_eq!(state_in(&lacks, part, started), state, "{part} {started}");
        }
    }

    fn look_at(field: &'static str, value: &str, most: usize) -> Vec<Reason> {
        let mut look = Look::at("summary");
        look.text(field, |t| t.application_title(), value, most);
        look.reasons
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        assert!(look_at("title", &"ë".repeat(150), 150).is_empty());
        let long = look_at("title", &"ë".repeat(151), 150);
        assert_eq!((long[0].code.as_str(), long[0].at.as_str()), ("too-long", "summary#title"));
        assert_eq!(look_at("title", " \n ", 150)[0].code, "missing");
    }
}

//! Later deadlines: one applicant is given time before theirs has passed, and an outage of ours is made good after it.
use super::super::{Application, DeadlineDecision, DecisionKind, Status};
use crate::calls::Round;
use crate::calls::rules::{against_closing_at, against_reason, may_cancel, may_extend};
use crate::kernel::{Actor, ApplicationId, Instant, Reason, words};
use crate::programmes;

/// So many days after the round's deadline nothing is waited for any more: the others' evaluation goes on meanwhile.
pub const MOST_DAYS: i64 = 30;
/// An outage counts when it fell into so many hours before the deadline.
pub const LAST_HOURS: i64 = 24;

/// Who moves the deadline of all gives time to one, but never to their own organisation.
#[must_use]
pub fn may_extend_for(actor: &Actor, round: &Round, application: &Application) -> bool {
    may_extend(actor, round) && !actor.writes_for(application.organisation_id)
}

/// Taking something after the deadline is the director's decision alone, as ending a call before it is.
#[must_use]
pub fn may_grace(actor: &Actor, round: &Round) -> bool {
    may_cancel(actor, round)
}

words!(
    /// For whom a deadline is moved.
    Whom { All = "all", One = "one" }
);

/// For whom it is moved, as somebody chose. For all it cannot be taken back: who wrote one applicant's NIPT beside it meant something else.
///
/// # Errors
/// Why the choice does not stand.
pub fn whom(chosen: Option<Whom>, nipt: &str) -> Result<Whom, Reason> {
    match chosen {
        None => Err(Reason::new("no-choice", "whom", |t| t.deadline_choose_whom().into())),
        Some(Whom::All) if !nipt.is_empty() => Err(Reason::new("nipt-for-all", "nipt", |t| t.deadline_nipt_for_all().into())),
        Some(whom) => Ok(whom),
    }
}

/// The decision by which this deadline holds for an application that has the other one of its own, if it has one; none where it is the
/// published one. `decisions` are those of the round, the newest first.
#[must_use]
pub fn in_force(decisions: &[DeadlineDecision], own: Option<(ApplicationId, Instant)>, closes_at: Instant) -> Option<&DeadlineDecision> {
    let gives = |decision: &DeadlineDecision| match (own, decision.application_id) {
        (Some((application, at)), Some(given)) => at == closes_at && given == application,
        (Some((_, at)), None) if at == closes_at => decision.kind == DecisionKind::Grace,
        (_, given) => given.is_none() && decision.kind == DecisionKind::Extension,
    };
    decisions.iter().find(|decision| decision.closes_at == closes_at && gives(decision))
}

/// Everything that stands in the way of a later deadline for one application.
#[must_use]
pub fn extending(application: &Application, round: &Round, fund: &programmes::Terms, until: Option<Instant>, reason: &str, now: Instant) -> Vec<Reason> {
    let its = round.until(application.closes_at);
    let mut reasons = vec![];
    if application.status == Status::Submitted {
        reasons.push(Reason::new("already-submitted", "nipt", |t| t.deadline_is_submitted().into()));
    }
    if !its.takes_applications(now) {
        reasons.push(Reason::new("not-open", "", |t| t.deadline_has_passed(t.moment(its.closes_at))));
    }
    reasons.extend(against_closing_at(fund, &its, until));
    reasons.extend(against_days(round, until));
    reasons.extend(against_reason(reason));
    reasons
}

fn against_days(round: &Round, until: Option<Instant>) -> Option<Reason> {
    let last = round.closes_at.day().plus_days(MOST_DAYS);
    until.filter(|until| until.day() > last).map(|_| Reason::new("too-long", "until", |t| t.deadline_too_long(MOST_DAYS, t.day(last))))
}

/// An outage as it was documented.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outage {
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

/// What is known of a round that a grace is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Missed {
    /// Drafts, and applications withdrawn before the deadline, that would be given time.
    pub waiting: usize,
    /// The award has been decided.
    pub decided: bool,
}

/// Everything that stands in the way of a grace after an outage.
#[must_use]
pub fn gracing(round: &Round, fund: &programmes::Terms, missed: Missed, outage: Outage, until: Option<Instant>, reason: &str, now: Instant) -> Vec<Reason> {
    let mut reasons = vec![];
    if !round.is_closed(now) {
        reasons.push(Reason::new("not-closed", "", |t| t.deadline_grace_not_closed().into()));
    }
    if missed.decided {
        reasons.push(Reason::new("award-decided", "", |t| t.deadline_grace_decided().into()));
    }
    if missed.waiting == 0 {
        reasons.push(Reason::new("nobody-waits", "", |t| t.deadline_grace_nobody().into()));
    }
    reasons.extend(against_outage(round, outage, now));
    reasons.extend(against_closing_at(fund, round, until));
    if until.is_some_and(|until| until <= now && until > round.closes_at) {
        reasons.push(Reason::new("past", "until", |t| t.deadline_grace_past().into()));
    }
    reasons.extend(against_days(round, until));
    reasons.extend(against_reason(reason));
    reasons
}

fn against_outage(round: &Round, outage: Outage, now: Instant) -> Option<Reason> {
    let (Some(from), Some(until)) = (outage.from, outage.until) else {
        let at = if outage.from.is_none() { "outage_from" } else { "outage_until" };
        return Some(Reason::new("no-outage", at, |t| t.deadline_outage_missing().into()));
    };
    if until <= from {
        return Some(Reason::new("outage-backwards", "outage_until", |t| t.deadline_outage_backwards().into()));
    }
    if until > now {
        return Some(Reason::new("outage-goes-on", "outage_until", |t| t.deadline_outage_goes_on().into()));
    }
    let counts = from < round.closes_at && round.closes_at.plus_hours(-LAST_HOURS) < until;
    (!counts).then(|| Reason::new("outage-elsewhere", "outage_from", |t| t.deadline_outage_elsewhere(t.moment(round.closes_at), LAST_HOURS)))
}

/// Whether a grace gives this application time: it is a draft, or was withdrawn while it could have been handed in again, and has no
/// later deadline already.
#[must_use]
pub fn waits(application: &Application, round: &Round, until: Option<Instant>) -> bool {
    let unsent = match application.status {
        Status::Draft => true,
        Status::Withdrawn => application.withdrawn_at.is_some_and(|at| at < round.closing(application.closes_at)),
        Status::Submitted => false,
    };
    unsent && until.is_none_or(|until| round.closing(application.closes_at) < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::rules::in_time;
    use crate::kernel::{Day, ProgrammeId, Role, RoundId};
    use proptest::prelude::*;

    fn at(tirane: &str) -> Instant {
        Instant::at_tirane(tirane).unwrap()
    }

    /// R3 of the real fund with this deadline, open for a month before it.
    fn round(closes_at: Instant) -> (Round, programmes::Terms) {
        let file = crate::calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap();
        let found = file.rounds.iter().find(|round| round.code == "R3").unwrap();
        let round = Round { opens_at: closes_at.plus_days(-40), closes_at, ..found.published() };
        (round, file.fund)
    }

    fn application(status: Status, own: Option<Instant>) -> Application {
        let now = at("2017-10-01T10:00");
        Application {
            id: crate::kernel::ApplicationId::new(),
            programme_id: ProgrammeId::new(),
            round_id: RoundId::new(),
            organisation_id: crate::kernel::OrganisationId::new(),
            organisation_name: "Qendra".into(),
            tier: String::new(),
            serial: None,
            code: None,
            status,
            title: String::new(),
            search: String::new(),
            requested: crate::kernel::Money::ZERO,
            total: crate::kernel::Money::ZERO,
            months: 0,
            municipality: String::new(),
            theme: String::new(),
            lang: crate::kernel::Lang::Sq,
            created_by: crate::kernel::PersonId::new(),
            created_at: now,
            changed_at: now,
            submitted_at: None,
            withdrawn_at: (status == Status::Withdrawn).then_some(now),
            closes_at: own,
            bound_at: None,
            is_test: false,
            tried_at: None,
            submissions: 0,
            version: 1,
        }
    }

    const WHY: &str = "The line was cut in the whole county.";

    #[test]
    fn a_deadline_is_moved_for_whom_it_was_chosen_and_an_applicant_beside_everybody_is_a_slip() {
        let chosen = |chosen: &str, nipt: &str| whom(chosen.parse().ok(), nipt).map_err(|reason| (reason.code, reason.at));
        assert_eq!(chosen("all", ""), Ok(Whom::All));
        assert_eq!((chosen("one", "L12345678A"), chosen("one", "")), (Ok(Whom::One), Ok(Whom::One)));
        assert_eq!(chosen("all", "L12345678A"), Err(("nipt-for-all".into(), "nipt".into())));
        for nothing in ["", "everybody"] {
            assert_eq!(chosen(nothing, "L12345678A"), Err(("no-choice".into(), "whom".into())));
        }
    }

    fn codes(reasons: &[Reason]) -> Vec<&str> {
        reasons.iter().map(|reason| reason.code.as_str()).collect()
    }

    #[test]
    fn one_applicant_is_given_time_before_theirs_has_passed_and_at_most_a_month() {
        let (round, fund) = round(at("2017-10-25T17:00"));
        let try_it = |status, own: Option<&str>, until: Option<&str>, reason, now| {
            let application = application(status, own.map(at));
            codes(&extending(&application, &round, &fund, until.map(at), reason, at(now))).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let (draft, before) = (Status::Draft, "2017-10-25T16:59:59");
        assert!(try_it(draft, None, Some("2017-10-27T12:00"), WHY, before).is_empty());
        assert!(try_it(Status::Withdrawn, None, Some("2017-10-27T12:00"), WHY, before).is_empty());
        assert_eq!(try_it(Status::Submitted, None, Some("2017-10-27T12:00"), WHY, before), ["already-submitted"]);
        assert_eq!(try_it(draft, None, Some("2017-10-27T12:00"), WHY, "2017-10-25T17:00:00"), ["not-open"]);
        // The own deadline has not passed, though the call has closed.
        assert!(try_it(draft, Some("2017-10-27T12:00"), Some("2017-10-28T12:00"), WHY, "2017-10-27T11:59:59").is_empty());
        assert_eq!(try_it(draft, Some("2017-10-27T12:00"), Some("2017-10-27T12:00"), WHY, before), ["not-later"]);
        assert_eq!(try_it(draft, None, Some("2017-10-25T17:00"), "Too short", before), ["not-later", "no-reason"]);
        assert_eq!(try_it(draft, None, Some("2017-11-25T00:00"), WHY, before), ["too-long"]);
        assert!(try_it(draft, None, Some("2017-11-24T23:59:59"), WHY, before).is_empty());
        assert_eq!(try_it(draft, None, None, WHY, before), ["no-instant"]);
        assert_eq!(try_it(draft, None, Some("2020-01-01T10:00"), WHY, before), ["after-the-contract", "too-long"]);
    }

    #[test]
    fn a_grace_is_for_an_outage_of_the_last_hours_and_before_the_award() {
        let (round, fund) = round(at("2017-10-25T17:00"));
        let fine = Missed { waiting: 3, decided: false };
        let outage = |from: &str, until: &str| Outage { from: Some(at(from)), until: Some(at(until)) };
        let hour = outage("2017-10-25T16:10", "2017-10-25T17:40");
        let now = at("2017-10-26T09:00");
        let until = Some(at("2017-10-27T17:00"));
        let try_it =
            |missed, outage, until, now| codes(&gracing(&round, &fund, missed, outage, until, WHY, now)).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
        assert!(try_it(fine, hour, until, now).is_empty());
        assert!(try_it(fine, outage("2017-10-24T10:00", "2017-10-24T17:00:01"), until, now).is_empty(), "a second of the last day");
        assert_eq!(try_it(fine, outage("2017-10-24T10:00", "2017-10-24T17:00"), until, now), ["outage-elsewhere"]);
        assert_eq!(try_it(fine, outage("2017-10-25T17:00", "2017-10-25T18:00"), until, now), ["outage-elsewhere"]);
        assert_eq!(try_it(fine, outage("2017-10-25T16:30", "2017-10-25T16:30"), until, now), ["outage-backwards"]);
        assert_eq!(try_it(fine, outage("2017-10-25T16:30", "2017-10-26T09:00:01"), until, now), ["outage-goes-on"]);
        assert_eq!(try_it(fine, Outage::default(), until, now), ["no-outage"]);
        assert_eq!(try_it(fine, hour, Some(now), now), ["past"]);
        assert_eq!(try_it(Missed { waiting: 0, decided: true }, hour, until, now), ["award-decided", "nobody-waits"]);
        assert_eq!(try_it(fine, outage("2017-10-25T16:10", "2017-10-25T16:40"), until, at("2017-10-25T16:59:59")), ["not-closed"]);
    }

    #[test]
    fn a_grace_gives_time_to_what_was_begun_and_could_still_have_been_handed_in() {
        let (round, _) = round(at("2017-10-25T17:00"));
        let until = Some(at("2017-10-27T17:00"));
        assert!(waits(&application(Status::Draft, None), &round, until));
        assert!(waits(&application(Status::Withdrawn, None), &round, until));
        assert!(!waits(&application(Status::Submitted, None), &round, until));
        assert!(!waits(&application(Status::Draft, until), &round, until), "it has that much already");
        let late = Application { withdrawn_at: Some(at("2017-10-25T17:00")), ..application(Status::Withdrawn, None) };
        assert!(!waits(&late, &round, until), "it was withdrawn when nothing could be handed in any more");
    }

    #[test]
    fn the_manager_gives_time_and_the_director_decides_a_grace_but_nobody_to_their_own() {
        let (round, _) = round(at("2017-10-25T17:00"));
        let theirs = application(Status::Draft, None);
        let actor = |role| Actor { person: Some(crate::kernel::PersonId::new()), roles: vec![(Some(round.programme_id), role)], ..Actor::system() };
        assert!(may_extend_for(&actor(Role::GrantManager), &round, &theirs) && !may_grace(&actor(Role::GrantManager), &round));
        assert!(may_grace(&actor(Role::Director), &round) && !may_extend_for(&actor(Role::Secretary), &round, &theirs));
    }

    /// The last Sunday of a month: the day on which summer time begins or ends.
    fn last_sunday(year: i16, month: i8) -> Day {
        let last = jiff::civil::Date::new(year, month, 31).unwrap();
        Day(last).plus_days(-i64::from(last.weekday().to_sunday_zero_offset()))
    }

    /// A minute of any day, often one of the two days on which the clocks are changed.
    fn any_deadline() -> impl Strategy<Value = Instant> {
        let day = prop_oneof![
            (2017i16..2040, prop_oneof![Just(3i8), Just(10i8)]).prop_map(|(year, month)| last_sunday(year, month)),
            (0i64..8_000).prop_map(|days| "2017-01-01".parse::<Day>().unwrap().plus_days(days)),
        ];
        (day, 0i8..24, 0i8..60).prop_map(|(day, hour, minute)| at(&format!("{day}T{hour:02}:{minute:02}")))
    }

    fn takes(round: &Round, now: Instant) -> bool {
        let reasons = in_time(round, now);
        assert_eq!(reasons.is_empty(), round.takes_applications(now));
        assert!(reasons.iter().all(|reason| reason.code == "too-late"));
        reasons.is_empty()
    }

    proptest! {
        #[test]
        fn the_deadline_is_one_second_whatever_day_it_is_and_whatever_was_decided(
            published in any_deadline(), later in proptest::option::of(any_deadline()), own in proptest::option::of(any_deadline()), away in -90_000i64..90_000,
        ) {
            let (mut round, _) = round(published);
            // An extension for all moves the round's; one for an applicant, and a grace, give them their own.
            round.closes_at = later.map_or(published, |later| later.max(published));
            let its = round.until(own);
            let closing = [Some(published), later.filter(|later| *later > published), own].into_iter().flatten().max().unwrap();
            prop_assert_eq!(its.closes_at, closing);
            prop_assert!(takes(&its, closing.plus_seconds(-1)), "the second before");
            prop_assert!(!takes(&its, closing), "the second itself");
            prop_assert!(!takes(&its, closing.plus_seconds(1)), "the second after");
            let now = closing.plus_seconds(away);
            prop_assert_eq!(takes(&its, now), now < closing && now >= its.opens_at);
            prop_assert!(!takes(&round, now) || takes(&its, now), "nobody ever loses time");
        }
        #[test]
        fn no_decision_gives_less_time_or_more_than_a_month(
            closes in any_deadline(), own in proptest::option::of(0i64..50), until in -10i64..60, now in -5i64..40, status in 0usize..3,
        ) {
            let (round, fund) = round(closes);
            let application = application(Status::ALL[status], own.map(|days| closes.plus_days(days)));
            let (until, now, its) = (closes.plus_days(until), closes.plus_days(now), round.closing(application.closes_at));
            if extending(&application, &round, &fund, Some(until), WHY, now).is_empty() {
                prop_assert!(now < its && its < until && until.day() <= closes.day().plus_days(MOST_DAYS) && application.status != Status::Submitted);
            }
            let outage = Outage { from: Some(closes.plus_hours(-2)), until: Some(closes.plus_hours(1)) };
            if gracing(&round, &fund, Missed { waiting: 1, decided: false }, outage, Some(until), WHY, now).is_empty() {
                prop_assert!(closes < now && now < until && until.day() <= closes.day().plus_days(MOST_DAYS));
            }
            if waits(&application, &round, Some(until)) {
                prop_assert!(its < until && application.status != Status::Submitted);
            }
        }
    }

    #[test]
    fn a_day_more_is_an_hour_longer_in_autumn_and_an_hour_shorter_in_spring() {
        for (from, until, hours) in [("2017-10-28T17:00", "2017-10-29T17:00", 25), ("2018-03-24T17:00", "2018-03-25T17:00", 23)] {
            let (round, _) = round(at(from));
            let its = round.until(Some(at(until)));
            let last = at(from).plus_hours(hours);
            assert_eq!(its.closes_at, last);
            assert!(takes(&its, last.plus_seconds(-1)) && !takes(&its, last));
        }
        assert_eq!(last_sunday(2017, 10).to_string(), "2017-10-29");
        assert_eq!(last_sunday(2018, 3).to_string(), "2018-03-25");
    }
}

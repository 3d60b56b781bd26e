//! Where an application stands, said to its applicant: one pure function over what the stages know.
use super::{Milestone, Noted, Progress, PublicState, PublicStatus, Step, Story, Way};
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::awards::AwardOutcome;
use crate::contracts::State;
use crate::kernel::{Bilingual, Instant, Tr, both};

/// Where it stands. The latest stage that has said something to the applicant decides.
#[must_use]
pub fn state(story: &Story, now: Instant) -> PublicState {
    match story.status {
        _ if story.is_test => return PublicState::Test,
        Status::Draft if now < story.closes_at => return PublicState::Draft,
        Status::Draft => return PublicState::NotReceived,
        Status::Withdrawn => return PublicState::Withdrawn,
        Status::Submitted => {}
    }
    match story.contract {
        Some(State::Sent) => return PublicState::ToSign,
        Some(State::Signed) => return PublicState::Signed,
        Some(State::Active) => return PublicState::Running,
        Some(State::Ended) => return PublicState::Ended,
        Some(State::Closed) => return PublicState::Completed,
        Some(State::Lapsed | State::Terminated) => return PublicState::Stopped,
        Some(State::Drafted) | None => {}
    }
    match story.outcome {
        Some((AwardOutcome::Awarded, _)) => return PublicState::Awarded,
        Some((AwardOutcome::Reserve, _)) => return PublicState::Reserve,
        Some((AwardOutcome::Lapsed, _)) => return PublicState::Stopped,
        Some((AwardOutcome::Below | AwardOutcome::PassedOver, _)) => return PublicState::NotSelected,
        None => {}
    }
    match story.check {
        Some(CheckState::Passed) => PublicState::Evaluating,
        Some(CheckState::Rejected) => PublicState::NotPassed,
        Some(CheckState::Clarification) if story.request.is_some_and(|request| request.answered_at.is_none() && now < request.due_at) => PublicState::Asked,
        // What one person proposes is not yet said.
        Some(_) => PublicState::Checking,
        None if now < story.closes_at => PublicState::Sent,
        None => PublicState::Checking,
    }
}

/// Where it stands and what comes next, for the applicant's list and pages.
#[must_use]
pub fn status_for_applicant(story: &Story, now: Instant) -> PublicStatus {
    let state = state(story, now);
    let to = match state {
        PublicState::Asked => story.request.map(|request| format!("/applications/{}/clarifications/{}", story.id, request.id)),
        PublicState::ToSign => story.contract_id.map(|id| format!("/contracts/{id}")),
        PublicState::Running | PublicState::Ended | PublicState::Completed => story.contract_id.map(|id| format!("/projects/{id}")),
        _ => None,
    };
    PublicStatus { state, words: both(|t| words(state, t).to_owned()), next: next(story, state, now), to, kind: kind(state) }
}

fn words(state: PublicState, t: Tr) -> &'static str {
    match state {
        PublicState::Test => t.trial_word(),
        PublicState::Draft => t.dossier_draft(),
        PublicState::NotReceived => t.dossier_not_received(),
        PublicState::Sent => t.dossier_sent(),
        PublicState::Withdrawn => t.dossier_withdrawn(),
        PublicState::Checking => t.dossier_checking(),
        PublicState::Asked => t.dossier_asked(),
        PublicState::NotPassed => t.dossier_not_passed(),
        PublicState::Evaluating => t.dossier_evaluating(),
        PublicState::Awarded => t.dossier_awarded(),
        PublicState::Reserve => t.dossier_reserve(),
        PublicState::NotSelected => t.dossier_not_selected(),
        PublicState::ToSign => t.dossier_to_sign(),
        PublicState::Signed => t.dossier_signed(),
        PublicState::Running => t.dossier_running(),
        PublicState::Ended => t.dossier_ended(),
        PublicState::Completed => t.dossier_completed(),
        PublicState::Stopped => t.dossier_stopped(),
    }
}

const fn kind(state: PublicState) -> &'static str {
    match state {
        PublicState::Draft | PublicState::Withdrawn | PublicState::Stopped => "",
        PublicState::Sent | PublicState::Checking | PublicState::Evaluating | PublicState::Reserve | PublicState::Signed | PublicState::Ended => "info",
        PublicState::Asked | PublicState::ToSign | PublicState::Test => "warn",
        PublicState::Awarded | PublicState::Running | PublicState::Completed => "ok",
        PublicState::NotReceived | PublicState::NotPassed | PublicState::NotSelected => "err",
    }
}

fn next(story: &Story, state: PublicState, now: Instant) -> Bilingual {
    both(|t| match state {
        PublicState::Test => t.trial_next().into(),
        PublicState::Draft => t.dossier_next_draft(t.moment(story.closes_at)),
        PublicState::NotReceived => t.dossier_next_not_received().into(),
        PublicState::Sent => t.dossier_next_sent(t.moment(story.closes_at)),
        PublicState::Withdrawn if now < story.closes_at => t.dossier_next_withdrawn(t.moment(story.closes_at)),
        PublicState::Withdrawn | PublicState::Stopped | PublicState::Completed => String::new(),
        PublicState::Checking => t.dossier_next_checking().into(),
        PublicState::Asked => t.dossier_next_asked(story.request.map_or_else(String::new, |request| t.day(request.due_at.plus_seconds(-1).day()))),
        PublicState::NotPassed => t.dossier_next_not_passed(story.complain_until.map_or_else(String::new, |day| t.day(day))),
        PublicState::Evaluating => t.dossier_next_evaluating(t.day(story.results_at.day())),
        PublicState::Awarded => t.dossier_next_awarded().into(),
        PublicState::Reserve => t.dossier_next_reserve().into(),
        PublicState::NotSelected => t.dossier_next_not_selected().into(),
        PublicState::ToSign => t.dossier_next_to_sign().into(),
        PublicState::Signed => t.dossier_next_signed().into(),
        PublicState::Running => t.dossier_next_running().into(),
        PublicState::Ended => t.dossier_next_ended().into(),
    })
}

type Words = fn(Tr) -> &'static str;

/// The entries of the log that the applicant is told of: their own acts, and what was asked of them. Each time it happened counts.
const TOLD: &[(&str, Words)] = &[
    ("application.started", |t| t.dossier_past_started()),
    ("application.submitted", |t| t.dossier_past_submitted()),
    ("application.withdrawn", |t| t.dossier_past_withdrawn()),
    ("application.taken-up", |t| t.dossier_past_taken_up()),
    ("application.extended", |t| t.dossier_past_extended()),
    ("clarification.asked", |t| t.dossier_past_asked()),
    ("clarification.answered", |t| t.dossier_past_answered()),
    ("clarification.unanswered", |t| t.dossier_past_unanswered()),
    ("award.promoted", |t| t.dossier_past_promoted()),
    ("award.lapsed", |t| t.dossier_past_lapsed()),
];

/// What the stages decided; nothing that is only proposed.
fn decisions(story: &Story) -> Vec<(Option<Instant>, Words)> {
    let checked: Option<Words> = match story.check {
        Some(CheckState::Passed) => Some(|t| t.dossier_past_passed()),
        Some(CheckState::Rejected) => Some(|t| t.dossier_past_not_passed()),
        _ => None,
    };
    vec![
        (story.checked_at.filter(|_| checked.is_some()), checked.unwrap_or(|_| "")),
        (story.outcome.map(|(_, at)| at), |t| t.dossier_past_decided()),
        (story.contract_sent_at, |t| t.dossier_past_contract_sent()),
        (story.contract_active_at, |t| t.dossier_past_contract_active()),
        (story.contract_closed_at, |t| t.dossier_past_contract_closed()),
    ]
}

/// What has happened, as far as the applicant is told, in its order. No names of evaluators, nothing that is only proposed.
#[must_use]
pub fn milestones(story: &Story, log: &[Noted]) -> Vec<Milestone> {
    let request = story.request.map(|request| format!("/applications/{}/clarifications/{}", story.id, request.id));
    let mut submissions = 0;
    let mut milestones = vec![];
    for noted in log {
        let Some((kind, say)) = TOLD.iter().find(|(kind, _)| *kind == noted.kind) else { continue };
        let mut words = both(|t| say(t).to_owned());
        if *kind == "application.submitted" {
            submissions += 1;
            if submissions > 1 {
                words = both(|t| t.dossier_past_submitted_again(submissions));
            }
        }
        milestones.push(Milestone { at: noted.at, words, to: request.clone().filter(|_| kind.starts_with("clarification.")) });
    }
    let decided = decisions(story).into_iter().filter_map(|(at, say)| Some(Milestone { at: at?, words: both(|t| say(t).to_owned()), to: None }));
    milestones.extend(decided);
    milestones.sort_by_key(|milestone| milestone.at);
    milestones
}

/// The way from the submission to the contract, with what is done, what goes on and what is still to come. A decision against the
/// application ends it.
#[must_use]
pub fn steps(story: &Story, way: Way, now: Instant) -> Vec<Step> {
    let state = state(story, now);
    let closed = now >= story.closes_at;
    let passed = story.outcome.is_some() || story.check == Some(CheckState::Passed);
    let refused = state == PublicState::NotPassed;
    let awarded = matches!(story.outcome, Some((AwardOutcome::Awarded | AwardOutcome::Reserve, _)));
    let progress = |done: bool, now: bool| match (done, now) {
        (true, _) => Progress::Done,
        (false, true) => Progress::Now,
        (false, false) => Progress::Next,
    };
    let moment = |at: Option<Instant>| both(move |t| at.map_or_else(String::new, |at| t.moment(at)));
    let step = |progress, say: Words, more: Bilingual| Step { progress, words: both(|t| say(t).to_owned()), more };
    let mut steps = vec![step(Progress::Done, |t| t.application_status_submitted(), moment(Some(way.submitted_at)))];
    let check: Words = match (refused, passed) {
        (true, _) => |t| t.dossier_past_not_passed(),
        (_, true) => |t| t.dossier_past_passed(),
        _ => |t| t.application_now_check(),
    };
    let checked = passed || refused;
    let checking = both(|t| t.application_now_check_text(t.moment(story.closes_at), way.clarification_days));
    steps.push(step(progress(checked, closed), check, if checked { moment(story.checked_at) } else { checking }));
    if refused {
        return steps;
    }
    let reading = both(|t| t.application_now_evaluation_text(way.most, way.readers, way.threshold));
    steps.push(step(progress(story.outcome.is_some(), passed), |t| t.application_now_evaluation(), reading));
    let deciding = both(|t| t.application_now_decision_text(t.day(story.results_at.day())));
    let decided = story.outcome.map(|(_, at)| at);
    steps.push(step(progress(decided.is_some(), false), |t| t.application_now_decision(), if decided.is_some() { moment(decided) } else { deciding }));
    if story.outcome.is_none() || awarded {
        let begun = story.contract_active_at.is_some();
        steps.push(step(progress(begun, state != PublicState::Reserve && awarded), |t| t.application_now_contract(), moment(story.contract_active_at)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Request;
    use crate::kernel::{ApplicationId, ClarificationId};

    fn at(tirane: &str) -> Instant {
        Instant::at_tirane(tirane).unwrap()
    }

    fn story() -> Story {
        Story {
            id: ApplicationId::new(),
            status: Status::Submitted,
            is_test: false,
            opens_at: at("2017-09-15T00:00"),
            closes_at: at("2017-10-25T17:00"),
            results_at: at("2017-12-24T17:00"),
            check: None,
            checked_at: None,
            complain_until: None,
            request: None,
            outcome: None,
            contract: None,
            contract_id: None,
            contract_sent_at: None,
            contract_active_at: None,
            contract_closed_at: None,
        }
    }

    #[test]
    fn the_latest_word_to_the_applicant_is_the_status() {
        use PublicState::*;
        let request = Request { id: ClarificationId::new(), asked_at: at("2017-10-30T10:00"), due_at: at("2017-11-07T00:00"), answered_at: None };
        type Change = fn(&mut Story);
        let cases: &[(&str, PublicState, Change)] = &[
            ("2017-10-25T16:59:59", Draft, |story| story.status = Status::Draft),
            ("2017-10-25T17:00:00", NotReceived, |story| story.status = Status::Draft),
            ("2017-10-25T16:59:59", Sent, |_| ()),
            ("2017-10-25T17:00:00", Checking, |_| ()),
            ("2017-10-30T10:00", Withdrawn, |story| {
                story.status = Status::Withdrawn;
                story.check = Some(CheckState::Passed);
            }),
            ("2017-10-30T10:00", Checking, |story| story.check = Some(CheckState::Open)),
            ("2017-10-30T10:00", Checking, |story| story.check = Some(CheckState::Proposed)),
            ("2017-11-02T10:00", NotPassed, |story| story.check = Some(CheckState::Rejected)),
            ("2017-11-02T10:00", Evaluating, |story| story.check = Some(CheckState::Passed)),
            ("2017-12-20T10:00", Reserve, |story| {
                story.check = Some(CheckState::Passed);
                story.outcome = Some((AwardOutcome::Reserve, at("2017-12-18T10:00")));
            }),
            ("2017-12-20T10:00", NotSelected, |story| story.outcome = Some((AwardOutcome::Below, at("2017-12-18T10:00")))),
            ("2017-12-20T10:00", NotSelected, |story| story.outcome = Some((AwardOutcome::PassedOver, at("2017-12-18T10:00")))),
            ("2017-12-20T10:00", Awarded, |story| {
                story.outcome = Some((AwardOutcome::Awarded, at("2017-12-18T10:00")));
                story.contract = Some(State::Drafted);
            }),
            ("2018-01-20T10:00", ToSign, |story| story.contract = Some(State::Sent)),
            ("2018-01-20T10:00", Running, |story| story.contract = Some(State::Active)),
        ];
        for (place, (now, expected, change)) in cases.iter().enumerate() {
            let mut story = story();
            change(&mut story);
            assert_eq!(state(&story, at(now)), *expected, "case {place}");
        }
        let mut asked = story();
        asked.check = Some(CheckState::Clarification);
        asked.request = Some(request);
        let status = status_for_applicant(&asked, at("2017-11-06T23:59:59"));
        assert_eq!(status.state, Asked);
        assert!(status.next.en.contains("6\u{a0}November 2017") && status.to.is_some());
        assert_eq!(state(&asked, at("2017-11-07T00:00")), Checking, "the time is over");
    }

    fn noted(tirane: &str, kind: &str) -> Noted {
        Noted { at: at(tirane), kind: kind.into() }
    }

    #[test]
    fn every_submission_withdrawal_and_answer_is_told_and_nothing_of_the_office() {
        let mut story = story();
        let request = Request { id: ClarificationId::new(), asked_at: at("2017-10-30T10:00"), due_at: at("2017-11-07T00:00"), answered_at: None };
        story.request = Some(request);
        story.check = Some(CheckState::Passed);
        story.checked_at = Some(at("2017-11-03T10:00"));
        let log = [
            noted("2017-10-01T10:00", "application.started"),
            noted("2017-10-02T10:00", "application.part-saved"),
            noted("2017-10-03T10:00", "application.submitted"),
            noted("2017-10-04T10:00", "application.withdrawn"),
            noted("2017-10-05T10:00", "application.taken-up"),
            noted("2017-10-06T10:00", "application.submitted"),
            noted("2017-10-27T10:00", "check.begun"),
            noted("2017-10-30T10:00", "clarification.asked"),
            noted("2017-11-01T10:00", "clarification.answered"),
            noted("2017-11-02T10:00", "check.proposed"),
        ];
        let told = milestones(&story, &log);
        let english: Vec<&str> = told.iter().map(|one| one.words.en.as_str()).collect();
        assert_eq!(
            english,
            [
                "The application was begun",
                "The application was submitted",
                "The application was withdrawn",
                "The application was taken up again",
                "The application was submitted again (submission 2)",
                "The office asked a question",
                "You sent your answer",
                "It passed the administrative evaluation",
            ]
        );
        let linked: Vec<bool> = told.iter().map(|one| one.to.is_some()).collect();
        assert_eq!(linked, [false, false, false, false, false, true, true, false]);
    }

    #[test]
    fn a_proposal_is_no_milestone() {
        let mut story = story();
        story.check = Some(CheckState::Proposed);
        story.checked_at = Some(at("2017-11-02T10:00"));
        assert_eq!(milestones(&story, &[]).len(), 0);
        story.check = Some(CheckState::Passed);
        assert_eq!(milestones(&story, &[]).len(), 1);
    }

    #[test]
    fn the_way_to_the_contract_follows_what_was_decided_and_ends_with_a_refusal() {
        use Progress::*;
        let way = Way { submitted_at: at("2017-10-24T20:00"), clarification_days: 5, readers: 2, threshold: 60, most: 100 };
        type Change = fn(&mut Story);
        let cases: &[(&str, &[Progress], Change)] = &[
            ("2017-10-25T16:00", &[Done, Next, Next, Next, Next], |_| ()),
            ("2017-10-26T16:00", &[Done, Now, Next, Next, Next], |_| ()),
            ("2017-11-02T10:00", &[Done, Now, Next, Next, Next], |story| story.check = Some(CheckState::Proposed)),
            ("2017-11-02T10:00", &[Done, Done], |story| story.check = Some(CheckState::Rejected)),
            ("2017-11-02T10:00", &[Done, Done, Now, Next, Next], |story| story.check = Some(CheckState::Passed)),
            ("2017-12-20T10:00", &[Done, Done, Done, Done], |story| story.outcome = Some((AwardOutcome::Below, at("2017-12-18T10:00")))),
            ("2017-12-20T10:00", &[Done, Done, Done, Done, Next], |story| story.outcome = Some((AwardOutcome::Reserve, at("2017-12-18T10:00")))),
            ("2017-12-20T10:00", &[Done, Done, Done, Done, Now], |story| story.outcome = Some((AwardOutcome::Awarded, at("2017-12-18T10:00")))),
            ("2018-01-20T10:00", &[Done, Done, Done, Done, Done], |story| {
                story.outcome = Some((AwardOutcome::Awarded, at("2017-12-18T10:00")));
                story.contract_active_at = Some(at("2018-01-10T10:00"));
            }),
        ];
        for (place, (now, expected, change)) in cases.iter().enumerate() {
            let mut story = story();
            change(&mut story);
            let found: Vec<Progress> = steps(&story, way, at(now)).iter().map(|step| step.progress).collect();
            assert_eq!(found, *expected, "case {place}");
        }
    }
}

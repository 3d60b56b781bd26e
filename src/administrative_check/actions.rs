//! What a person (or time) does in the administrative evaluation; each changes, says and records as one.
use super::letters::{self, Matter};
use super::rules::{self, Facts, Step};
use super::{Answer, Check, CheckState, Clarification, Decision, Line, Outcome, Paper, Proposal, Verdict, records};
use crate::applications::{Application, Attachment};
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, AttachmentId, ClarificationId, Error, Instant, ProgrammeId, Result, Scan, fault, must, unless};
use crate::programmes::Programme;
use crate::workflow::{Act, Desk, Event, Files, Recorded, Subject, perform, scans};

/// What the log keeps of every step here.
macro_rules! event {
    ($name:ident = $kind:literal { $($field:ident: $type:ty),* }) => {
        #[derive(serde::Serialize)]
        struct $name { #[serde(skip)] about: ApplicationId, #[serde(skip)] fund: ProgrammeId, code: String, $($field: $type),* }
        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject { Subject::Application(self.about) }
            fn programme(&self) -> Option<ProgrammeId> { Some(self.fund) }
        }
        impl $name {
            fn of(application: &Application, $($field: $type),*) -> Self {
                Self { about: application.id, fund: application.programme_id, code: application.code.clone().unwrap_or_default(), $($field),* }
            }
        }
    };
}
event!(Begun = "check.begun" { machine_says_no: Vec<String> });
event!(Answered = "check.answered" { answers: Vec<Answer> });
event!(Asked = "clarification.asked" { question: String, items: Vec<String>, due_at: Instant });
event!(Reminded = "clarification.reminded" { reminder: i32 });
event!(Drafted = "clarification.draft-saved" { characters: usize });
event!(PaperAdded = "clarification.file-added" { name: String, sha256: String, line: String });
event!(PaperRemoved = "clarification.file-removed" { file: AttachmentId });
event!(Replied = "clarification.answered" { answer: String, files: Vec<String> });
event!(Lapsed = "clarification.unanswered" { due_at: Instant });
event!(Proposed = "check.proposed" { outcome: Outcome, reasons: Vec<String>, text: String });
event!(SentBack = "check.sent-back" { why: String });
event!(Decided = "check.decided" { outcome: Outcome, reasons: Vec<String>, text: String, proposed_by: String });

/// The application, found among what the actor may see; the system sees all. Nobody checks their own organisation's application.
fn found(act: &mut Act<'_>, id: ApplicationId, may: fn(&Actor, ProgrammeId) -> bool) -> Result<Application> {
    let application = if act.actor.is_system() { crate::applications::records::by_id(act.conn, id)? } else { records::find(act.conn, act.actor, id)? };
    must(may(act.actor, application.programme_id) && !act.actor.writes_for(application.organisation_id))?;
    Ok(application)
}

/// The check that the actor has seen in this version.
fn current(act: &mut Act<'_>, application: &Application, version: i32) -> Result<Check> {
    let check = records::check_of(act.conn, application.id)?.ok_or(Error::NotFound)?;
    if check.version == version { Ok(check) } else { Err(Error::Stale) }
}

fn round_of(act: &mut Act<'_>, application: &Application) -> Result<Round> {
    crate::applications::records::round_of(act.conn, application)
}

/// Begins the check of one application: its lines, with what the machine sees.
///
/// # Errors
/// `Refused` while the round is open, or when the application was withdrawn; `Stale` when it has begun already.
pub fn begin(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<Check>> {
    let application = found(act, id, rules::may_check)?;
    let round = round_of(act, &application)?;
    let programme = crate::programmes::records::find(act.conn, application.programme_id)?;
    begin_one(act, &programme, &round, &application)
}

fn begin_one(act: &mut Act<'_>, programme: &Programme, round: &Round, application: &Application) -> Result<Recorded<Check>> {
    let round = &round.until(application.closes_at);
    unless(rules::may_not_begin(round, application.status, act.now))?;
    if records::check_of(act.conn, application.id)?.is_some() {
        return Err(Error::Stale);
    }
    let file = crate::applications::records::frozen_file(act.conn, application.id)?;
    let facts = Facts {
        submitted_at: application.submitted_at.unwrap_or(act.now),
        requested: application.requested,
        area: programme.terms.municipalities.clone(),
        others: records::others_of(act.conn, application)?,
        extension: crate::applications::deadline_records::own(act.conn, application)?.map(|decision| (decision.decided_by_name, decision.decided_at)),
    };
    let check = Check {
        application_id: application.id,
        round_id: round.id,
        state: CheckState::Open,
        serial: application.serial.unwrap_or(0),
        lines: i32::try_from(round.terms.checklist.len()).unwrap_or(i32::MAX),
        answered: 0,
        due_at: None,
        turn_at: act.now,
        checker_id: None,
        checker_name: String::new(),
        reasons: "[]".into(),
        note: String::new(),
        dispute: String::new(),
        begun_at: act.now,
        proposed_at: None,
        decided_by: None,
        decided_by_name: String::new(),
        decided_at: None,
        version: 1,
    };
    records::insert_check(act.conn, &check)?;
    let mut says_no = vec![];
    for (place, wanted) in (1..).zip(&round.terms.checklist) {
        let seen = wanted.machine.map(|machine| rules::machine(machine, &file, round, &facts));
        if seen.as_ref().is_some_and(|(verdict, _)| *verdict == Verdict::No) {
            says_no.push(wanted.key.clone());
        }
        let line = Line {
            application_id: application.id,
            line: wanted.key.clone(),
            position: place,
            machine: seen.as_ref().map(|(verdict, _)| *verdict),
            evidence: seen.map_or(Ok(String::new()), |(_, evidence)| serde_json::to_string(&evidence)).map_err(fault)?,
            verdict: None,
            note: String::new(),
            checked_by: None,
            checked_at: None,
        };
        records::insert_line(act.conn, &line)?;
    }
    act.record(&Begun::of(application, says_no), check)
}

/// Saves the answers to any lines, whatever is there; who saves first works on it.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile; `Refused` once it is proposed or decided.
pub fn answer(act: &mut Act<'_>, id: ApplicationId, answers: &[Answer], version: i32) -> Result<Recorded<Check>> {
    let application = found(act, id, rules::may_check)?;
    let mut check = current(act, &application, version)?;
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_answer(&check, answers));
    unless(reasons)?;
    let mut changed = vec![];
    let lines = records::lines_of(act.conn, id)?;
    check.answered = 0;
    for line in &lines {
        let given = answers.iter().find(|answer| answer.line == line.line);
        let verdict = given.map_or(line.verdict, |answer| answer.verdict);
        check.answered += i32::from(verdict.is_some());
        if let Some(given) = given.filter(|given| given.verdict != line.verdict || given.note != line.note) {
            records::save_line(act.conn, line, given.verdict, &given.note, act.actor.person, act.now)?;
            changed.push(given.clone());
        }
    }
    take(act, &mut check);
    records::save_check(act.conn, &mut check)?;
    act.record(&Answered::of(&application, changed), check)
}

/// Nobody's check becomes the work of whoever does something with it.
fn take(act: &Act<'_>, check: &mut Check) {
    if check.checker_id.is_none() {
        check.checker_id = act.actor.person;
        check.checker_name.clone_from(&act.actor.name);
    }
}

/// Asks the applicant for what is missing: once, about lines that may be asked about, until the end of the round's last working day.
///
/// # Errors
/// `Refused` with every reason; `Stale` when somebody else saved meanwhile.
pub fn ask(act: &mut Act<'_>, id: ApplicationId, question: &str, items: &[String], version: i32) -> Result<Recorded<Clarification>> {
    let application = found(act, id, rules::may_check)?;
    let mut check = current(act, &application, version)?;
    let round = round_of(act, &application)?;
    let asked = records::clarification_of(act.conn, id)?;
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_ask(&check, asked.as_ref(), &round.terms.checklist, items, question));
    unless(reasons)?;
    let mut asked = Clarification {
        id: ClarificationId::new(),
        application_id: id,
        question: question.to_owned(),
        items: serde_json::to_string(items).map_err(fault)?,
        asked_by: act.actor.person.ok_or(Error::Forbidden)?,
        asked_at: act.now,
        due_at: act.now.day().plus_working_days(round.terms.clarification_days).end(),
        answer: None,
        answered_by: None,
        answered_at: None,
        reminders: 0,
        next_at: None,
    };
    asked.next_at = Some(rules::next_look(&asked));
    records::insert_clarification(act.conn, &asked)?;
    take(act, &mut check);
    move_on(&mut check, Step::Ask, act.now)?;
    check.due_at = Some(asked.due_at);
    check.turn_at = asked.due_at;
    records::save_check(act.conn, &mut check)?;
    let programme = crate::programmes::records::find(act.conn, application.programme_id)?;
    letters::request(act, &Matter { programme: &programme, round: &round, application: &application }, &asked, 0)?;
    act.record(&Asked::of(&application, question.to_owned(), items.to_vec(), asked.due_at), asked)
}

/// To the next state: from now on it is the next one's turn.
fn move_on(check: &mut Check, step: Step, now: Instant) -> Result<()> {
    check.state = rules::next(check.state, step).ok_or(Error::Stale)?;
    check.turn_at = now;
    Ok(())
}

/// The request, for somebody who writes for the applicant.
fn asked_of_us(act: &mut Act<'_>, application: ApplicationId, id: ClarificationId) -> Result<(Application, Clarification)> {
    let (application, asked) = records::find_clarification(act.conn, act.actor, application, id)?;
    must(act.actor.writes_for(application.organisation_id))?;
    Ok((application, asked))
}

/// Keeps what the applicant has written so far, and a file: beside the frozen version, never in it.
///
/// # Errors
/// `Refused` once it is answered or the time is over.
pub fn prepare_reply(act: &mut Act<'_>, application: ApplicationId, id: ClarificationId, text: &str, paper: Option<&Paper>) -> Result<Recorded<()>> {
    let (application, mut asked) = asked_of_us(act, application, id)?;
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_add(&asked, act.now));
    unless(reasons)?;
    asked.answer = Some(text.to_owned());
    records::save_clarification(act.conn, &asked)?;
    let Some(paper) = paper else { return act.record(&Drafted::of(&application, text.chars().count()), ()) };
    keep_paper(act, &asked, paper)?;
    act.record(&PaperAdded::of(&application, paper.name.clone(), paper.stored.sha256.clone(), paper.line.clone()), ())
}

fn keep_paper(act: &mut Act<'_>, asked: &Clarification, paper: &Paper) -> Result<()> {
    Files::note(act.conn, &paper.stored, act.now)?;
    let document = if asked.item_keys().contains(&paper.line) { paper.line.clone() } else { String::new() };
    let row = Attachment {
        id: AttachmentId::new(),
        application_id: asked.application_id,
        clarification_id: Some(asked.id),
        document,
        sha256: paper.stored.sha256.clone(),
        name: paper.name.clone(),
        media_type: paper.media_type.clone(),
        bytes: paper.stored.bytes,
        uploaded_by: act.actor.person.ok_or(Error::Forbidden)?,
        uploaded_at: act.now,
        removed_at: None,
        valid_until: None,
    };
    records::insert_paper(act.conn, &row)
}

/// Takes a file away again before the answer is sent.
///
/// # Errors
/// `NotFound` when the answer has no such file; `Refused` once it is answered or the time is over.
pub fn remove_paper(act: &mut Act<'_>, application: ApplicationId, id: ClarificationId, paper: AttachmentId) -> Result<Recorded<()>> {
    let (application, asked) = asked_of_us(act, application, id)?;
    records::remove_paper(act.conn, &asked, paper, act.now)?;
    unless(rules::may_not_add(&asked, act.now))?;
    act.record(&PaperRemoved::of(&application, paper), ())
}

/// Sends the applicant's answer, with its files. One second after the time it is refused.
///
/// # Errors
/// `Refused` when it was answered already, the time is over, or nothing is in it.
pub fn reply(act: &mut Act<'_>, application: ApplicationId, id: ClarificationId, text: &str, paper: Option<&Paper>) -> Result<Recorded<Clarification>> {
    let (application, mut asked) = asked_of_us(act, application, id)?;
    let mut files = records::papers_of(act.conn, id, application.id)?;
    let count = i64::try_from(files.len()).unwrap_or(i64::MAX) + i64::from(paper.is_some());
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_reply(&asked, text, count, act.now));
    for file in &files {
        if scans::state_of(act.conn, &file.sha256)? == Some(Scan::Infected) {
            reasons.push(rules::infected(&file.name));
        }
    }
    unless(reasons)?;
    if let Some(paper) = paper {
        keep_paper(act, &asked, paper)?;
        files = records::papers_of(act.conn, id, application.id)?;
    }
    asked.answer = Some(text.to_owned());
    asked.answered_by = act.actor.person;
    asked.answered_at = Some(act.now);
    asked.next_at = None;
    records::save_clarification(act.conn, &asked)?;
    back_to_the_office(act, application.id, Step::Reply)?;
    let (round, programme) = (round_of(act, &application)?, crate::programmes::records::find(act.conn, application.programme_id)?);
    letters::answered(act, &Matter { programme: &programme, round: &round, application: &application }, &asked, &files)?;
    act.record(&Replied::of(&application, text.to_owned(), files.iter().map(|file| file.sha256.clone()).collect()), asked)
}

fn back_to_the_office(act: &mut Act<'_>, id: ApplicationId, step: Step) -> Result<()> {
    let mut check = records::check_of(act.conn, id)?.ok_or(Error::NotFound)?;
    move_on(&mut check, step, act.now)?;
    check.due_at = None;
    records::save_check(act.conn, &mut check)
}

/// The first person's proposal: passed, or not passed for reasons that are lines answered with no.
///
/// # Errors
/// `Refused` with every reason; `Stale` when somebody else saved meanwhile.
pub fn propose(act: &mut Act<'_>, id: ApplicationId, proposal: &Proposal, version: i32) -> Result<Recorded<Check>> {
    let application = found(act, id, rules::may_check)?;
    let mut check = current(act, &application, version)?;
    let lines = records::lines_of(act.conn, id)?;
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_propose(&check, &lines, proposal));
    unless(reasons)?;
    let kept: &[String] = if proposal.outcome == Outcome::Passed { &[] } else { &proposal.reasons };
    move_on(&mut check, Step::Propose, act.now)?;
    check.checker_id = act.actor.person;
    check.checker_name.clone_from(&act.actor.name);
    check.reasons = serde_json::to_string(kept).map_err(fault)?;
    check.note.clone_from(&proposal.text);
    check.dispute.clear();
    check.proposed_at = Some(act.now);
    records::save_check(act.conn, &mut check)?;
    // One letter for all that wait together, not one for each.
    if !records::others_wait_since(act.conn, &check, act.now.day().start())? {
        let (round, programme) = (round_of(act, &application)?, crate::programmes::records::find(act.conn, application.programme_id)?);
        letters::proposed(act, &Matter { programme: &programme, round: &round, application: &application }, &check)?;
    }
    act.record(&Proposed::of(&application, proposal.outcome, kept.to_vec(), proposal.text.clone()), check)
}

/// The second person agrees, and the applicant gets the result; or sends it back with the reason.
///
/// # Errors
/// `Refused` for the person who proposed; `Stale` when somebody else decided meanwhile.
pub fn decide(act: &mut Act<'_>, id: ApplicationId, decision: &Decision, version: i32) -> Result<Recorded<Check>> {
    let application = found(act, id, rules::may_decide)?;
    let mut check = current(act, &application, version)?;
    let mut reasons = rules::still_there(application.status);
    reasons.extend(rules::may_not_decide(act.actor, &check, decision));
    unless(reasons)?;
    let step = rules::step_of(&check, decision);
    move_on(&mut check, step, act.now)?;
    if let Decision::SendBack(why) = decision {
        check.dispute.clone_from(why);
        check.proposed_at = None;
        records::save_check(act.conn, &mut check)?;
        return act.record(&SentBack::of(&application, why.clone()), check);
    }
    check.decided_by = act.actor.person;
    check.decided_by_name.clone_from(&act.actor.name);
    check.decided_at = Some(act.now);
    records::save_check(act.conn, &mut check)?;
    let (round, programme) = (round_of(act, &application)?, crate::programmes::records::find(act.conn, application.programme_id)?);
    letters::result(act, &Matter { programme: &programme, round: &round, application: &application }, &check)?;
    let outcome = check.outcome().unwrap_or(Outcome::Rejected);
    act.record(&Decided::of(&application, outcome, check.reason_keys(), check.note.clone(), check.checker_name.clone()), check)
}

/// What time does at a request: reminds, or ends it.
fn look_at(act: &mut Act<'_>, id: ClarificationId) -> Result<Recorded<()>> {
    let mut asked = records::clarification_by_id(act.conn, id)?;
    let application = crate::applications::records::by_id(act.conn, asked.application_id)?;
    if !asked.takes_answers(act.now) {
        asked.next_at = None;
        records::save_clarification(act.conn, &asked)?;
        back_to_the_office(act, application.id, Step::Lapse)?;
        return act.record(&Lapsed::of(&application, asked.due_at), ());
    }
    let reminder = rules::reminder_due(&asked, act.now).unwrap_or(asked.reminders);
    let is_new = reminder > asked.reminders && rules::still_there(application.status).is_empty();
    asked.reminders = reminder;
    asked.next_at = Some(rules::next_look(&asked));
    records::save_clarification(act.conn, &asked)?;
    if is_new {
        let (round, programme) = (round_of(act, &application)?, crate::programmes::records::find(act.conn, application.programme_id)?);
        letters::request(act, &Matter { programme: &programme, round: &round, application: &application }, &asked, reminder)?;
    }
    act.record(&Reminded::of(&application, reminder), ())
}

/// So many checks are begun in one transaction.
const BATCH: i64 = 50;

/// What time does here: begins the checks of rounds that have closed, reminds applicants, ends requests that nobody answered.
/// Answers how much was done; the worker calls again at once when it was something.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn on_time(desk: &Desk) -> Result<usize> {
    let (system, now) = (Actor::system(), desk.clock.now());
    let (rounds, looks) = desk.store.read(|conn| Ok((records::lately_closed(conn, now)?, records::to_look_at(conn, now, BATCH)?)))?;
    let mut done = looks.len();
    for asked in looks {
        perform(desk, &system, |act| look_at(act, asked.id))?;
    }
    for round in rounds {
        let waiting = desk.store.read(|conn| records::not_begun(conn, round, now, BATCH))?;
        if waiting.is_empty() {
            continue;
        }
        // One file that cannot be read must not hold up the others of its batch.
        if begin_all(desk, &system, &waiting).is_ok() {
            done += waiting.len();
            continue;
        }
        for application in waiting.chunks(1) {
            match begin_all(desk, &system, application) {
                Ok(()) => done += 1,
                Err(error) => tracing::error!(%error, "a check could not begin"),
            }
        }
    }
    Ok(done)
}

fn begin_all(desk: &Desk, system: &Actor, waiting: &[Application]) -> Result<()> {
    let Some((last, before)) = waiting.split_last() else { return Ok(()) };
    perform(desk, system, |act| {
        let round = crate::calls::records::find(act.conn, last.round_id)?;
        let programme = crate::programmes::records::find(act.conn, round.programme_id)?;
        for application in before {
            begin_one(act, &programme, &round, application)?;
        }
        begin_one(act, &programme, &round, last).map(|recorded| recorded.map(|_| ()))
    })
}

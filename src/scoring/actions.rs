//! What people (and the clock) do with the scoring of a round: one function for each.
use super::letters::{self, Notice};
use super::rules::{self, Candidate, Outcome, Reading, Reminder};
use super::sheet_actions::against_writing;
use super::{Assignment, AssignmentState, Evaluation, EvaluationState, Sheet, records};
use crate::applications::{self, Application};
use crate::calls::{self, Grid, Round};
use crate::kernel::{ApplicationId, AssignmentId, Day, Error, PersonId, ProgrammeId, Reason, Result, RoundId, both, fault, must, unless};
use crate::workflow::{Act, Desk, Event, Recorded, Subject, perform};
use std::collections::BTreeMap;

// Evaluators stand in these events by id only: their names are not the applicant's to know.
macro_rules! event {
    ($name:ident, $kind:literal, $subject:ident $id:ident: $id_type:ty, { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(serde::Serialize)]
        struct $name { programme: ProgrammeId, $id: $id_type, $($field: $type),* }
        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject { Subject::$subject(self.$id) }
            fn programme(&self) -> Option<ProgrammeId> { Some(self.programme) }
        }
    };
}
event!(Assigned, "scoring.assigned", Application application: ApplicationId, { evaluators: Vec<PersonId>, due_on: Day });
event!(Spread, "scoring.spread", Round round: RoundId, { applications: usize, readings: usize });
event!(Declared, "scoring.impartiality-declared", Round round: RoundId, { evaluator: PersonId });
event!(Cleared, "scoring.cleared", Application application: ApplicationId, { assignment: AssignmentId });
event!(ConflictDeclared, "scoring.conflict-declared", Application application: ApplicationId, { assignment: AssignmentId, text: String, void: Sheet });
event!(SheetSubmitted, "scoring.sheet-submitted", Application application: ApplicationId, { assignment: AssignmentId, points: i64, sheet: Sheet, evaluation: EvaluationState });
event!(SheetReopened, "scoring.sheet-reopened", Application application: ApplicationId, { assignment: AssignmentId, reason: String, points: Option<i64>, sheet: Sheet });
event!(TakenBack, "scoring.taken-back", Application application: ApplicationId, { assignment: AssignmentId, reason: String });
event!(Reminded, "scoring.reminded", Round round: RoundId, { evaluator: PersonId, reminder: Reminder, unfinished: usize });

/// Gives one application to these people.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` with every rule that it breaks.
pub fn assign(act: &mut Act<'_>, application: ApplicationId, evaluators: &[PersonId]) -> Result<Recorded<()>> {
    let application = applications::records::find(act.conn, act.actor, application)?;
    must(rules::may_assign(act.actor, application.programme_id))?;
    let round = calls::records::find(act.conn, application.round_id)?;
    let held = records::hold(act.conn, application.id, round.id)?;
    let candidates = chosen(records::evaluators(act.conn, round.programme_id, round.id)?, evaluators);
    let before = records::of_application(act.conn, application.id)?;
    let applicants = records::applicants_in(act.conn, round.id)?;
    let partners = nipts(records::partners_of(act.conn, &[application.id])?.remove(&application.id));
    let passed = records::has_passed(act.conn, application.id)?;
    let people = partners_people(act, &[application.id])?.remove(&application.id).unwrap_or_default();
    let reading = Reading { passed, state: held.state, before: &before, applicants: &applicants, partners: &partners, people: &people };
    unless(rules::against_assigning(&reading, &candidates, &round.terms.grid))?;
    give(act, &round, application.id, &before, evaluators)?;
    for evaluator in evaluators {
        letters::assigned(act, &round, *evaluator, 1)?;
    }
    let event = Assigned { programme: round.programme_id, application: application.id, evaluators: evaluators.to_vec(), due_on: due(act, &round) };
    act.record(&event, ())
}

/// The chosen people among the fund's evaluators; whoever is none stays in the list without the role, so that the rule can say so.
fn chosen(evaluators: Vec<Candidate>, wanted: &[PersonId]) -> Vec<Candidate> {
    let stranger = |person: &PersonId| Candidate { person: *person, name: "?".into(), is_evaluator: false, organisations: vec![], nipts: vec![], load: 0 };
    wanted.iter().map(|person| evaluators.iter().find(|known| known.person == *person).cloned().unwrap_or_else(|| stranger(person))).collect()
}

/// Who writes and signs for the partners of these applications.
fn partners_people(act: &mut Act<'_>, ids: &[ApplicationId]) -> Result<BTreeMap<ApplicationId, Vec<PersonId>>> {
    let mut people: BTreeMap<ApplicationId, Vec<PersonId>> = BTreeMap::new();
    for partnership in applications::partnership_records::of_all(act.conn, ids)? {
        people.entry(partnership.application_id).or_default().extend(partnership.person_id);
    }
    Ok(people)
}

fn nipts(partners: Option<Vec<(String, String)>>) -> Vec<String> {
    partners.unwrap_or_default().into_iter().map(|(_, nipt)| nipt).filter(|nipt| !nipt.is_empty()).collect()
}

fn due(act: &Act<'_>, round: &Round) -> Day {
    act.now.day().plus_days(round.terms.grid.days)
}

/// The rows: each reader gets the lowest number that is free.
fn give(act: &mut Act<'_>, round: &Round, application: ApplicationId, before: &[Assignment], evaluators: &[PersonId]) -> Result<()> {
    let mut taken: Vec<i32> = before.iter().filter(|assignment| assignment.counts()).map(|assignment| assignment.reader).collect();
    let assigned_by = act.actor.person.ok_or(Error::SignIn)?;
    for evaluator in evaluators {
        let reader = (1..=i32::MAX).find(|number| !taken.contains(number)).unwrap_or(1);
        taken.push(reader);
        let assignment = Assignment {
            id: AssignmentId::new(),
            application_id: application,
            round_id: round.id,
            evaluator_id: *evaluator,
            reader,
            state: AssignmentState::Assigned,
            conflict: String::new(),
            cleared_at: None,
            sheet: "{}".into(),
            points: None,
            due_on: due(act, round),
            assigned_by,
            assigned_at: act.now,
            saved_at: None,
            submitted_at: None,
            reminded_at: None,
            noted_at: None,
            version: 1,
        };
        match before.iter().find(|known| known.evaluator_id == *evaluator) {
            Some(known) => records::give_again(act.conn, known, &assignment)?,
            None => records::insert(act.conn, &assignment)?,
        }
    }
    Ok(())
}

/// Gives every application of the round that lacks readers to the fund's evaluators, evenly. How many readings were given.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` when nothing can be given.
pub fn spread(act: &mut Act<'_>, round: RoundId) -> Result<Recorded<usize>> {
    let round = calls::records::find(act.conn, round)?;
    if !rules::may_watch(act.actor, round.programme_id) {
        return Err(Error::NotFound);
    }
    must(rules::may_assign(act.actor, round.programme_id))?;
    let passed = records::passed(act.conn, round.id, i64::MAX, 0)?;
    let ids: Vec<ApplicationId> = passed.iter().map(|row| row.id).collect();
    let before = records::of_applications(act.conn, &ids)?;
    let partners: BTreeMap<ApplicationId, Vec<String>> =
        records::partners_of(act.conn, &ids)?.into_iter().map(|(id, partners)| (id, nipts(Some(partners)))).collect();
    let people = partners_people(act, &ids)?;
    let applicants = records::applicants_in(act.conn, round.id)?;
    let candidates = records::evaluators(act.conn, round.programme_id, round.id)?;
    let open: Vec<(ApplicationId, Reading<'_>)> = passed
        .iter()
        .map(|row| {
            let before = before.get(&row.id).map_or(&[][..], Vec::as_slice);
            let partners = partners.get(&row.id).map_or(&[][..], Vec::as_slice);
            let people = people.get(&row.id).map_or(&[][..], Vec::as_slice);
            (row.id, Reading { passed: true, state: row.state.unwrap_or(EvaluationState::Open), before, applicants: &applicants, partners, people })
        })
        .collect();
    let given = rules::spread(&open, &candidates, &round.terms.grid);
    if given.is_empty() {
        return Err(Error::refused(Reason::new("nothing-to-spread", "", |t| t.scoring_nothing_to_spread().into())));
    }
    let mut by_application: BTreeMap<ApplicationId, Vec<PersonId>> = BTreeMap::new();
    for (application, evaluator) in &given {
        by_application.entry(*application).or_default().push(*evaluator);
    }
    for (application, evaluators) in &by_application {
        records::hold(act.conn, *application, round.id)?;
        give(act, &round, *application, before.get(application).map_or(&[], Vec::as_slice), evaluators)?;
        let event = Assigned { programme: round.programme_id, application: *application, evaluators: evaluators.clone(), due_on: due(act, &round) };
        act.record(&event, ())?;
    }
    for candidate in &candidates {
        let fresh = given.iter().filter(|(_, evaluator)| *evaluator == candidate.person).count();
        if fresh > 0 {
            letters::assigned(act, &round, candidate.person, fresh)?;
        }
    }
    let event = Spread { programme: round.programme_id, round: round.id, applications: by_application.len(), readings: given.len() };
    act.record(&event, given.len())
}

/// Declares impartiality and confidentiality for a round: before this a reader sees names and nothing else.
///
/// # Errors
/// `NotFound` for who has nothing to read in the round; `Stale` when it was declared already.
pub fn declare_impartiality(act: &mut Act<'_>, round: RoundId) -> Result<Recorded<()>> {
    let evaluator = act.actor.person.ok_or(Error::SignIn)?;
    if records::my_applicants(act.conn, act.actor, round)?.is_empty() {
        return Err(Error::NotFound);
    }
    if records::has_declared(act.conn, round, evaluator)? {
        return Err(Error::Stale);
    }
    let round = calls::records::find(act.conn, round)?;
    let wording = both(|t| t.scoring_declaration_wording(&round.code));
    records::declare(act.conn, round.id, evaluator, act.now, &serde_json::to_string(&wording).map_err(fault)?)?;
    act.record(&Declared { programme: round.programme_id, round: round.id, evaluator }, ())
}

/// My assignment, if it may go where I want it to; `Stale` when it is there already.
fn mine_towards(act: &mut Act<'_>, id: AssignmentId, to: AssignmentState) -> Result<(Assignment, Application)> {
    let assignment = records::find_mine(act.conn, act.actor, id)?;
    if !rules::may_move(assignment.state, to) {
        return Err(Error::Stale);
    }
    let application = applications::records::by_id(act.conn, assignment.application_id)?;
    Ok((assignment, application))
}

/// No conflict of interest with this application: its text opens.
///
/// # Errors
/// `NotFound`; `Refused` before the declaration of impartiality; `Stale` when it was said already.
pub fn clear(act: &mut Act<'_>, id: AssignmentId) -> Result<Recorded<()>> {
    let (mut assignment, application) = mine_towards(act, id, AssignmentState::Reading)?;
    if !records::has_declared(act.conn, assignment.round_id, assignment.evaluator_id)? {
        return Err(Error::refused(Reason::new("not-declared", "", |t| t.scoring_declare_first().into())));
    }
    assignment.state = AssignmentState::Reading;
    assignment.cleared_at = Some(act.now);
    records::update(act.conn, &assignment)?;
    act.record(&Cleared { programme: application.programme_id, application: application.id, assignment: id }, ())
}

/// A conflict of interest: the reader leaves this application, their scores are void, the office looks for another.
///
/// # Errors
/// `NotFound`; `Invalid` without words; `Refused` after the award; `Stale` when it was said already.
pub fn declare_conflict(act: &mut Act<'_>, id: AssignmentId, text: &str) -> Result<Recorded<()>> {
    let (mut assignment, application) = mine_towards(act, id, AssignmentState::Recused)?;
    if text.is_empty() {
        return Err(Error::invalid(Reason::new("no-conflict-text", "conflict", |t| t.scoring_no_conflict_text().into())));
    }
    let held = changeable(act, &assignment)?;
    let void = assignment.sheet();
    assignment.state = AssignmentState::Recused;
    text.clone_into(&mut assignment.conflict);
    assignment.sheet = "{}".into();
    assignment.points = None;
    records::update(act.conn, &assignment)?;
    let round = calls::records::find(act.conn, assignment.round_id)?;
    refresh(act, held, &application, &round)?;
    letters::office(act, &round, &application, Notice::Conflict { evaluator: act.actor.name.clone(), text: text.to_owned() })?;
    let event = ConflictDeclared { programme: application.programme_id, application: application.id, assignment: id, text: text.to_owned(), void };
    act.record(&event, ())
}

/// Signs the sheet as it was saved, and locks it. With the last reader's the result is settled, or a third reader is asked for.
///
/// # Errors
/// `NotFound`; `Refused` with everything that is missing; `Stale` when another window has saved since.
pub fn submit_sheet(act: &mut Act<'_>, id: AssignmentId, version: i32) -> Result<Recorded<EvaluationState>> {
    let found = records::find_mine(act.conn, act.actor, id)?;
    let held = changeable(act, &found)?;
    // Read again under the hold: what the other reader signed a moment ago is there now.
    let mut assignment = records::find_mine(act.conn, act.actor, id)?;
    unless(against_writing(act, &assignment)?)?;
    if assignment.version != version {
        return Err(Error::Stale);
    }
    let round = calls::records::find(act.conn, assignment.round_id)?;
    let sheet = assignment.sheet();
    unless(rules::shortfalls(&sheet, &round.terms.grid))?;
    let points = rules::points(&sheet, &round.terms.grid).total;
    assignment.state = AssignmentState::Submitted;
    assignment.points = Some(points);
    assignment.submitted_at = Some(act.now);
    assignment.noted_at = None;
    records::update(act.conn, &assignment)?;
    let application = applications::records::by_id(act.conn, assignment.application_id)?;
    let evaluation = refresh(act, held, &application, &round)?;
    let event = SheetSubmitted { programme: round.programme_id, application: application.id, assignment: id, points, sheet, evaluation };
    act.record(&event, evaluation)
}

/// Takes hold of the result that an assignment belongs to, unless an award stands on it.
fn changeable(act: &mut Act<'_>, assignment: &Assignment) -> Result<Evaluation> {
    let held = records::hold(act.conn, assignment.application_id, assignment.round_id)?;
    if held.state == EvaluationState::Final {
        return Err(Error::refused(Reason::new("decided", "", |t| t.scoring_is_final().into())));
    }
    Ok(held)
}

/// Works out the result from the sheets as they are now, and writes it; tells the office when a third reader is needed.
fn refresh(act: &mut Act<'_>, held: Evaluation, application: &Application, round: &Round) -> Result<EvaluationState> {
    let readings = records::of_application(act.conn, application.id)?;
    let before = held.state;
    let result = result_of(held, &readings, &round.terms.grid, act)?;
    records::settle(act.conn, &result)?;
    if result.state == EvaluationState::ThirdReader && before != EvaluationState::ThirdReader {
        letters::office(act, round, application, Notice::ThirdReader { gap: result.gap.unwrap_or(0) })?;
    }
    Ok(result.state)
}

fn result_of(held: Evaluation, readings: &[Assignment], grid: &Grid, act: &Act<'_>) -> Result<Evaluation> {
    let open = Evaluation { state: EvaluationState::Open, points: None, sections: "{}".into(), gap: None, eligible: false, settled_at: None, ..held };
    Ok(match rules::outcome(&rules::signed(readings, grid), grid) {
        Outcome::Open => open,
        Outcome::ThirdReader { gap } => Evaluation { state: EvaluationState::ThirdReader, gap: Some(gap), ..open },
        Outcome::Settled { points, gap, eligible, .. } => Evaluation {
            state: EvaluationState::Settled,
            points: Some(points.total),
            sections: serde_json::to_string(&points.sections).map_err(fault)?,
            gap: Some(gap),
            eligible,
            settled_at: Some(act.now),
            ..open
        },
    })
}

/// Unlocks a signed sheet, with a reason. The old scores stay in the log; the result is open until it is signed again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Refused` after the award; `Stale` when it is not locked (any more).
pub fn reopen(act: &mut Act<'_>, id: AssignmentId, reason: &str) -> Result<Recorded<ApplicationId>> {
    let mut assignment = records::find_watched(act.conn, act.actor, id)?;
    let application = applications::records::by_id(act.conn, assignment.application_id)?;
    must(rules::may_reopen(act.actor, application.programme_id))?;
    if reason.is_empty() {
        return Err(Error::invalid(Reason::new("no-reason", "reason", |t| t.scoring_no_reopen_reason().into())));
    }
    if !rules::may_move(assignment.state, AssignmentState::Reopened) {
        return Err(Error::Stale);
    }
    let held = changeable(act, &assignment)?;
    let (points, sheet) = (assignment.points, assignment.sheet());
    assignment.state = AssignmentState::Reopened;
    assignment.points = None;
    assignment.submitted_at = None;
    records::update(act.conn, &assignment)?;
    let round = calls::records::find(act.conn, assignment.round_id)?;
    refresh(act, held, &application, &round)?;
    letters::reopened(act, &round, &assignment, reason)?;
    let event = SheetReopened { programme: round.programme_id, application: application.id, assignment: id, reason: reason.to_owned(), points, sheet };
    act.record(&event, application.id)
}

/// Takes an application back from a reader who has not signed: what they scored is gone, the place is free again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Refused` after the award; `Stale` when it is signed, or gone already.
pub fn take_back(act: &mut Act<'_>, id: AssignmentId, reason: &str) -> Result<Recorded<ApplicationId>> {
    let mut assignment = records::find_watched(act.conn, act.actor, id)?;
    let application = applications::records::by_id(act.conn, assignment.application_id)?;
    must(rules::may_assign(act.actor, application.programme_id))?;
    if reason.is_empty() {
        return Err(Error::invalid(Reason::new("no-reason", "reason", |t| t.scoring_no_take_back_reason().into())));
    }
    if !rules::may_move(assignment.state, AssignmentState::TakenBack) {
        return Err(Error::Stale);
    }
    let held = changeable(act, &assignment)?;
    assignment.state = AssignmentState::TakenBack;
    // Nobody is to read half a sheet: it is not kept in the log either.
    assignment.sheet = "{}".into();
    assignment.saved_at = None;
    records::update(act.conn, &assignment)?;
    let round = calls::records::find(act.conn, assignment.round_id)?;
    refresh(act, held, &application, &round)?;
    letters::taken_back(act, &round, &application, &assignment, reason)?;
    let event = TakenBack { programme: round.programme_id, application: application.id, assignment: id, reason: reason.to_owned() };
    act.record(&event, application.id)
}

/// Reminds one evaluator of what is unfinished in a round, if a reminder is due today. The clock's action.
///
/// # Errors
/// `Stale` when nothing is due (any more).
pub fn remind(act: &mut Act<'_>, round: RoundId, evaluator: PersonId) -> Result<Recorded<()>> {
    must(act.actor.is_system())?;
    let readings = records::readings_of(act.conn, round, evaluator)?;
    let Some(reminder) = readings.iter().filter_map(|reading| due_reminder(reading, act.now.day())).max() else { return Err(Error::Stale) };
    let unfinished = readings.iter().filter(|reading| reading.state != AssignmentState::Submitted).count();
    let round = calls::records::find(act.conn, round)?;
    records::note_reminded(act.conn, round.id, evaluator, act.now)?;
    letters::reminder(act, &round, evaluator, reminder, &readings)?;
    act.record(&Reminded { programme: round.programme_id, round: round.id, evaluator, reminder, unfinished }, ())
}

fn due_reminder(reading: &Assignment, today: Day) -> Option<Reminder> {
    if reading.state == AssignmentState::Submitted || !reading.counts() {
        return None;
    }
    rules::reminder(reading.assigned_at.day(), reading.due_on, reading.reminded_at.map(crate::kernel::Instant::day), today)
}

/// What the clock does for scoring: reminds everybody who is due. How many were reminded.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn remind_all(desk: &Desk) -> Result<usize> {
    let today = desk.clock.now().day();
    let mut due: Vec<(RoundId, PersonId)> = desk
        .store
        .read(records::unfinished)?
        .into_iter()
        .filter(|reading| due_reminder(reading, today).is_some())
        .map(|reading| (reading.round_id, reading.evaluator_id))
        .collect();
    due.dedup();
    let mut reminded = 0;
    for (round, evaluator) in due {
        match perform(desk, &crate::kernel::Actor::system(), |act| remind(act, round, evaluator)) {
            Ok(()) => reminded += 1,
            // Finished, or reminded by another worker, since we looked.
            Err(Error::Stale) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(reminded)
}

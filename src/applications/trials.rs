//! Trying the form: an application that stays a draft, is checked and "sent" like one, and is handed in nowhere. It can be thrown away
//! at any time, and is swept some weeks after its call has closed.
use super::actions::{beginning, begun};
use super::{Application, records, rules};
use crate::accounts::records as accounts;
use crate::calls::records as calls;
use crate::kernel::{Actor, ApplicationId, Error, Instant, Lang, OrganisationId, ProgrammeId, Reason, Result, RoundId, fault, fingerprint, must, unless};
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Desk, Event, Recorded, Subject, perform};

#[derive(serde::Serialize)]
struct Started<'a> {
    application: ApplicationId,
    round: &'a str,
    organisation: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Started<'_> {
    const KIND: &'static str = "application.test-started";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Begins a try for an organisation that the actor writes for. There is one at a time: a second one is the first one again.
///
/// # Errors
/// `NotFound` for another's organisation or a round that is not public; `Refused` when the call is over.
pub fn start(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, lang: Lang) -> Result<Recorded<Application>> {
    let (person, round) = beginning(act, round, organisation)?;
    unless(rules::trying(&round, act.now))?;
    // Holds the organisation's row, so that two presses of a button see each other.
    records::count_of(act.conn, organisation, round.id)?;
    if records::test_of(act.conn, organisation, round.id)?.is_some() {
        return Err(Error::refused(Reason::new("one-test", "", |t| t.trial_is_there().into())));
    }
    let organisation = accounts::organisation(act.conn, organisation)?;
    let test = Application { is_test: true, ..begun(&round, organisation, person, lang, act.now) };
    records::insert(act.conn, &test)?;
    let event = Started { application: test.id, round: &round.code, organisation: &test.organisation_name, programme: round.programme_id };
    act.record(&event, test.clone())
}

/// What a try gets instead of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TestReceipt {
    /// Always true: nobody takes it for a receipt.
    pub is_test: bool,
    pub tried_at: Instant,
    /// Of what stands in it at that moment.
    pub sha256: String,
}

#[derive(serde::Serialize)]
struct Sent<'a> {
    application: ApplicationId,
    round: &'a str,
    sha256: &'a str,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Sent<'_> {
    const KIND: &'static str = "application.test-sent";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

#[derive(serde::Serialize)]
struct Values<'a> {
    application: String,
    round: &'a crate::kernel::Bilingual,
    slug: &'a str,
    code: &'a str,
    title: &'a str,
    tried_at: Instant,
}

/// "Sends" a try: everything that a submission asks is asked, nothing is frozen, no number is given. One letter, to whoever pressed.
///
/// # Errors
/// `NotFound` for what is no try; `Refused` with everything that is missing; `Stale` when a part was saved in the same moment.
pub fn send(act: &mut Act<'_>, id: ApplicationId) -> Result<Recorded<TestReceipt>> {
    let test = records::find(act.conn, act.actor, id)?;
    if !test.is_test {
        return Err(Error::NotFound);
    }
    must(rules::may_write(act.actor, &test))?;
    let round = records::round_of(act.conn, &test)?;
    let file = records::draft_file(act.conn, &test)?;
    unless(rules::shortfalls(&file, &round, act.now))?;
    records::tried(act.conn, &test, act.now)?;
    let sha256 = fingerprint(serde_json::to_string(&file).map_err(fault)?.as_bytes());
    let programme = crate::programmes::records::find(act.conn, test.programme_id)?;
    let to = Recipient { person: act.actor.person, name: act.actor.name.clone(), email: act.actor.email.clone(), lang: act.actor.lang };
    let values =
        Values { application: id.to_string(), round: &round.terms.name, slug: &programme.slug, code: &round.code, title: &test.title, tried_at: act.now };
    act.send(&Letter::new("E09-test", Some(test.programme_id), Subject::Application(id), &to, values))?;
    let event = Sent { application: id, round: &round.code, sha256: &sha256, programme: test.programme_id };
    act.record(&event, TestReceipt { is_test: true, tried_at: act.now, sha256: sha256.clone() })
}

#[derive(serde::Serialize)]
struct Swept<'a> {
    #[serde(skip)]
    id: RoundId,
    round: &'a str,
    tests: usize,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for Swept<'_> {
    const KIND: &'static str = "round.tests-swept";
    fn subject(&self) -> Subject {
        Subject::Round(self.id)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Throws away what was tried in calls that closed weeks ago; how many tries that were.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn sweep(desk: &Desk) -> Result<usize> {
    let before = desk.clock.now().plus_days(-rules::TESTS_KEPT_DAYS);
    let due = desk.store.read(|conn| records::rounds_with_tests(conn, before))?;
    let mut swept = 0;
    for round in due {
        swept += perform(desk, &Actor::system(), |act| {
            let round = calls::find(act.conn, round)?;
            let tests = records::sweep_tests(act.conn, round.id)?;
            act.record(&Swept { id: round.id, round: &round.code, tests, programme: round.programme_id }, tests)
        })?;
    }
    Ok(swept)
}

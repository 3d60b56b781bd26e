//! A crowd for measuring: so many applications in a closed round, all checked, read by two and ranked, and drafts in an open round
//! that are ready to be submitted. Made by the same actions as everything else, several in one transaction.
//! Writes `plan.json` and `closing_hour.json` into the data folder: which requests the load tool sends for which page, and who applies in
//! the closing hour.
use super::{Play, cast, judging, material, paper};
use crate::accounts::actions::{From, NewOrganisation, NewPerson, create_organisation, open_session, register_person};
use crate::accounts::records as accounts;
use crate::administrative_check as checking;
use crate::applications::actions as writing;
use crate::applications::content::PartContent;
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, Error, Instant, Lang, Membership, PersonId, Result, fault};
use crate::scoring;
use crate::web::{App, SESSION_COOKIE, csrf_of, percent_encoded};
use crate::workflow::{Act, Recorded, perform};
use serde_json::{Value, json};
use std::path::Path;

/// So many applications are made in one transaction: the disk is asked once for all of them.
const TOGETHER: usize = 50;

/// Fills the database and writes the plan. The clock of `app` is a moved one: it stands in the closed round, then in the open one.
///
/// # Errors
/// Whatever an action refuses.
pub fn seed(app: &App, data: &Path, applications: usize, drafts: usize) -> Result<()> {
    let now = crate::workflow::Clock::real().now();
    let mut play = Play::empty(app)?;
    let (closed, open) = two_rounds(&mut play, now)?;
    app.desk.clock.move_to(closed.closes_at.plus_days(-2));
    let crowd = Crowd { play: &play, papers: papers(&play, &closed)?, round: &closed, decade: "0" };
    for numbers in chunks(applications) {
        perform(&app.desk, &Actor::system(), |act| crowd.apply(act, numbers, &|act, id| crate::applications::submission::submit(act, id).map(|_| ())))?;
    }
    app.desk.clock.move_to(closed.closes_at.plus_hours(2));
    while crate::administrative_check::actions::on_time(&app.desk)? > 0 {}
    judge(&mut play, &closed)?;
    app.desk.clock.move_to(now);
    let tokens = std::cell::RefCell::new(vec![]);
    let crowd = Crowd { play: &play, papers: papers(&play, &open)?, round: &open, decade: "1" };
    for numbers in chunks(drafts) {
        perform(&app.desk, &Actor::system(), |act| {
            crowd.apply(act, numbers, &|act, id| {
                let from = From { address: "127.0.0.1".into(), agent: "load".into(), instead_of: None };
                let person = act.actor.person.ok_or(Error::SignIn)?;
                tokens.borrow_mut().push((id, open_session(act, person, &from, true)?.into_inner().token));
                Ok(())
            })
        })?;
    }
    let tokens = tokens.into_inner();
    let requests = plan(&mut play, &closed, &open, &tokens)?;
    std::fs::write(data.join("plan.json"), requests.to_string()).map_err(fault)?;
    let hour = closing_hour(&mut play, &open, &tokens)?;
    std::fs::write(data.join("closing_hour.json"), hour.to_string()).map_err(fault)
}

fn chunks(count: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..count).step_by(TOGETHER).map(move |first| first..(first + TOGETHER).min(count))
}

/// PACT's Round 3 twice: once closed yesterday, once open for a month.
fn two_rounds(play: &mut Play, now: Instant) -> Result<(Round, Round)> {
    let text = include_str!("../../config/programmes/pact.toml");
    let mut file = crate::calls::file::read("pact.toml", text).map_err(|_| fault("pact.toml has flaws"))?;
    let last = file.rounds.pop().ok_or(Error::NotFound)?;
    let (mut closed, mut open) = (last.clone(), last);
    closed.code = "R1".into();
    (closed.opens_at, closed.closes_at) = (now.plus_days(-60), now.plus_days(-20));
    open.code = "R2".into();
    (open.opens_at, open.closes_at) = (now.plus_days(-10), now.plus_days(30));
    file.fund.main_contract.ends = now.day().plus_months(36);
    file.rounds = vec![closed, open];
    play.system(|act| crate::calls::actions::import(act, &file))?;
    play.office("pact")?;
    let mut found = vec![];
    for code in ["R1", "R2"] {
        let id = *play.rounds.get(code).ok_or(Error::NotFound)?;
        play.app.desk.clock.move_to(if code == "R1" { now.plus_days(-60) } else { now.plus_days(-10) });
        play.as_person(cast::MANAGER, |act| crate::calls::actions::publish(act, id))?;
        found.push(play.look(|conn| crate::calls::records::find(conn, id))?);
    }
    let open = found.pop().ok_or(Error::NotFound)?;
    Ok((found.pop().ok_or(Error::NotFound)?, open))
}

/// The papers that the call asks of everybody: everybody hands in the same, and a file is kept once by its fingerprint.
fn papers(play: &Play, round: &Round) -> Result<Vec<writing::Paper>> {
    let asked = round.terms.documents.iter().filter(|document| document.required && document.whose == crate::calls::Whose::Lead);
    asked
        .map(|document| {
            let stored = play.app.files.keep(&paper::pdf(&[&document.name.sq]))?;
            Ok(writing::Paper { document: document.key.clone(), stored, name: "dokumenti.pdf".into(), media_type: "application/pdf".into() })
        })
        .collect()
}

/// Those who apply to one round, each with an organisation of their own.
struct Crowd<'p> {
    play: &'p Play,
    papers: Vec<writing::Paper>,
    round: &'p Round,
    /// What keeps the NIPTs of two crowds apart.
    decade: &'static str,
}

impl Crowd<'_> {
    /// Everything up to the finished draft for each of these numbers, and then what is to be done with it.
    fn apply(&self, act: &mut Act<'_>, numbers: std::ops::Range<usize>, then: &dyn Fn(&mut Act<'_>, ApplicationId) -> Result<()>) -> Result<Recorded<()>> {
        let mut done = None;
        for number in numbers {
            let person = register_person(act, &self.person(number)?)?.into_inner();
            let mut actor = accounts::actor(act.conn, person.id)?;
            let made =
                create_organisation(&mut Act { conn: act.conn, actor: &actor.clone(), address: act.address, now: act.now }, &self.organisation(number)?)?;
            actor.organisations.push((made.into_inner().id, Membership::Owner));
            let mut theirs = Act { conn: act.conn, actor: &actor, address: act.address, now: act.now };
            let id = self.whole_application(&mut theirs, number)?;
            then(&mut theirs, id.0)?;
            done = Some(id.1);
        }
        done.ok_or(Error::NotFound)
    }

    fn like(&self, number: usize) -> Result<&material::OrganisationMaterial> {
        let all = &self.play.material.organisations;
        all.get(number % all.len()).ok_or(Error::NotFound)
    }

    fn person(&self, number: usize) -> Result<NewPerson> {
        let email = format!("{}.{number}@crowd.example", self.round.code.to_lowercase());
        let name = format!("{} {number}", self.like(number)?.person);
        Ok(NewPerson { email, name, lang: Lang::Sq, phone: String::new(), password_hash: None, confirmed: true })
    }

    fn organisation(&self, number: usize) -> Result<NewOrganisation> {
        let (like, day, rest) = (self.like(number)?, number % 28 + 1, number / 28);
        let letter = char::from(b'A' + u8::try_from(rest / 12_000 % 26).unwrap_or(0));
        Ok(NewOrganisation {
            nipt: format!("L{}{:02}{day:02}{:03}{letter}", self.decade, rest % 12 + 1, rest / 12 % 1_000),
            name: format!("{} {number} (example)", like.name.trim_end_matches(" (example)")),
            acronym: String::new(),
            legal_form: like.legal_form,
            municipality: like.municipality.clone(),
            profile: material::profile(like),
        })
    }

    /// Start, all parts, all papers.
    fn whole_application(&self, act: &mut Act<'_>, number: usize) -> Result<(ApplicationId, Recorded<()>)> {
        let material = &self.play.material;
        let small: Vec<_> = material.applications.iter().filter(|application| application.tier == "small").collect();
        let mut like = (*small.get(number % small.len()).ok_or(Error::NotFound)?).clone();
        like.title = format!("{} {number}", like.title);
        like.months = like.months.clamp(6, 12);
        let organisation = act.actor.organisations.first().map(|(id, _)| *id).ok_or(Error::NotFound)?;
        let started = writing::start(act, self.round.id, organisation, Lang::Sq)?.into_inner();
        for content in material.parts(&like, self.round, &act.actor.name.clone())? {
            writing::save_part(act, started.id, content, None)?;
        }
        let mut recorded = None;
        for paper in &self.papers {
            recorded = Some(writing::attach(act, started.id, paper.clone())?.map(drop));
        }
        Ok((started.id, recorded.ok_or(Error::NotFound)?))
    }
}

/// Everything passes and is spread over the fund's evaluators; all sheets but the first one are signed.
fn judge(play: &mut Play, round: &Round) -> Result<()> {
    let ids: Vec<ApplicationId> = play.look(|conn| crate::applications::records::submitted_in(conn, round.id))?.iter().map(|one| one.id).collect();
    let (secretary, second, manager) = (play.actor(cast::SECRETARY)?, play.actor(cast::SECOND_CHECKER)?, play.actor(cast::MANAGER)?);
    let readers: Vec<std::sync::Arc<Actor>> = cast::EVALUATORS.iter().map(|key| play.actor(key)).collect::<Result<_>>()?;
    let desk = play.app.desk.clone();
    for numbers in chunks(ids.len()) {
        perform(&desk, &second, |act| {
            each(ids.get(numbers).unwrap_or_default(), |id| {
                let version = pass(&mut as_another(act, &secretary), *id)?;
                Ok(checking::actions::decide(act, *id, &checking::Decision::Agree, version)?.map(drop))
            })
        })?;
    }
    perform(&desk, &manager, |act| scoring::actions::spread(act, round.id))?;
    for reader in &readers {
        let theirs = play.look(|conn| scoring::records::my_applicants(conn, reader, round.id))?;
        if !theirs.is_empty() {
            perform(&desk, reader, |act| scoring::actions::declare_impartiality(act, round.id))?;
        }
        let first = ids.first();
        for numbers in chunks(theirs.len()) {
            perform(&desk, reader, |act| {
                each(theirs.get(numbers).unwrap_or_default(), |(id, _)| {
                    let number = id.to_string().bytes().map(i64::from).sum::<i64>();
                    read(act, round, *id, 45 + number % 50, first != Some(id))
                })
            })?;
        }
    }
    Ok(())
}

/// The same for each of these, in one action.
fn each<T>(these: &[T], mut one: impl FnMut(&T) -> Result<Recorded<()>>) -> Result<Recorded<()>> {
    let mut done = None;
    for this in these {
        done = Some(one(this)?);
    }
    done.ok_or(Error::NotFound)
}

/// The same transaction, another person.
fn as_another<'a>(act: &'a mut Act<'_>, actor: &'a Actor) -> Act<'a> {
    Act { conn: act.conn, actor, address: act.address, now: act.now }
}

/// One reader's work on one application; the sheet is signed where that is wished.
fn read(act: &mut Act<'_>, round: &Round, id: ApplicationId, total: i64, sign: bool) -> Result<Recorded<()>> {
    let assignment = assignment_of(act, id)?;
    let cleared = scoring::actions::clear(act, assignment.id)?;
    if !sign {
        return Ok(cleared.map(drop));
    }
    let sheet = judging::sheet(&round.terms.grid, total);
    let assignment = assignment_of(act, id)?;
    let version = scoring::sheet_actions::save_sheet(act, assignment.id, &sheet, assignment.version)?.into_inner();
    Ok(scoring::actions::submit_sheet(act, assignment.id, version)?.map(drop))
}

/// What this reader was given of the application, as it is now.
fn assignment_of(act: &mut Act<'_>, id: ApplicationId) -> Result<scoring::Assignment> {
    let person = act.actor.person;
    scoring::records::of_application(act.conn, id)?.into_iter().find(|assignment| Some(assignment.evaluator_id) == person).ok_or(Error::NotFound)
}

fn pass(act: &mut Act<'_>, id: ApplicationId) -> Result<i32> {
    let check = checking::records::check_of(act.conn, id)?.ok_or(Error::NotFound)?;
    let lines = checking::records::lines_of(act.conn, id)?;
    let answers: Vec<checking::Answer> = lines
        .iter()
        .map(|line| checking::Answer { line: line.line.clone(), verdict: Some(line.machine.unwrap_or(checking::Verdict::Yes)), note: String::new() })
        .collect();
    let version = checking::actions::answer(act, id, &answers, check.version)?.into_inner().version;
    let proposal = checking::Proposal { outcome: checking::Outcome::Passed, reasons: vec![], text: String::new() };
    Ok(checking::actions::propose(act, id, &proposal, version)?.into_inner().version)
}

fn plan(play: &mut Play, closed: &Round, open: &Round, drafts: &[(ApplicationId, String)]) -> Result<Value> {
    let applications = play.look(|conn| crate::applications::records::submitted_in(conn, closed.id))?;
    let manager = session(play, cast::MANAGER)?;
    let (director, funder) = (session(play, cast::DIRECTOR)?, session(play, "funder")?);
    let first = applications.first().ok_or(Error::NotFound)?;
    let assignment = play.look(|conn| scoring::records::of_application(conn, first.id))?.into_iter().next().ok_or(Error::NotFound)?;
    let evaluator = session_of(play, assignment.evaluator_id)?;
    let cookie = |token: &str| format!("{SESSION_COOKIE}={token}");
    let get = |name: &str, path: String, token: Option<&str>| {
        let cookie = token.map(cookie).unwrap_or_default();
        json!({ "name": name, "method": "GET", "requests": [{ "path": path, "cookie": cookie }] })
    };
    let many = |name: &str, requests: Vec<Value>| json!({ "name": name, "method": "GET", "requests": requests });
    let board = format!("/pact/rounds/{}/board", closed.code);
    let reads = applications
        .iter()
        .step_by((applications.len() / 50).max(1))
        .map(|a| json!({ "path": format!("/applications/{}/check-list", a.id), "cookie": cookie(&manager) }));
    // The last drafts are read and saved; the others are submitted, each once.
    let (to_submit, to_write) = drafts.split_at(drafts.len().saturating_sub(64));
    let parts = to_write.iter().map(|(id, token)| json!({ "path": format!("/applications/{id}/description"), "cookie": cookie(token) }));
    let saves: Vec<Value> = to_write
        .iter()
        .map(|(id, token)| json!({ "path": format!("/applications/{id}/description"), "cookie": cookie(token), "body": description_body(play, open, token) }))
        .collect();
    let submissions = to_submit
        .iter()
        .map(|(id, token)| json!({ "path": format!("/applications/{id}/submission"), "cookie": cookie(token), "body": format!("csrf={}", csrf_of(token)) }));
    Ok(json!({ "scenarios": [
        get("public home", "/pact".into(), None),
        get("call page", format!("/pact/calls/{}", open.code), None),
        many("application part, read", parts.collect()),
        json!({ "name": "application part, saved", "method": "POST", "requests": saves }),
        json!({ "name": "submission", "method": "POST", "once": true, "requests": submissions.collect::<Vec<_>>() }),
        get("manager's list, first page", board.clone(), Some(&manager)),
        get("manager's list, filtered", format!("{board}?state=passed"), Some(&manager)),
        get("manager's list, search", format!("{board}?q={}", percent_encoded("gratë")), Some(&manager)),
        many("application page (office)", reads.collect()),
        get("score sheet", format!("/evaluations/{}", assignment.id), Some(&evaluator)),
        get("ranking", format!("/pact/rounds/{}/ranking", closed.code), Some(&director)),
        get("round summary", format!("/pact/rounds/{}/summary", closed.code), Some(&funder)),
        get("CSV of all applications", format!("/pact/rounds/{}/applications.csv", closed.code), Some(&manager)),
    ] }))
}

/// Who writes until the open round closes, with which session; and where the office reads what arrived.
fn closing_hour(play: &mut Play, open: &Round, drafts: &[(ApplicationId, String)]) -> Result<Value> {
    let cookie = |token: &str| format!("{SESSION_COOKIE}={token}");
    let applicants: Vec<Value> = drafts.iter().map(|(id, token)| json!({ "application": id, "cookie": cookie(token), "csrf": csrf_of(token) })).collect();
    let asked = open.terms.documents.iter().filter(|document| document.whose == crate::calls::Whose::Lead);
    let documents: Vec<&str> = asked.map(|document| document.key.as_str()).take(2).collect();
    let manager = session(play, cast::MANAGER)?;
    let arrived = format!("/pact/rounds/{}/applications.csv", open.code);
    Ok(json!({ "applicants": applicants, "documents": documents, "arrived": { "path": arrived, "cookie": cookie(&manager) } }))
}

fn session(play: &mut Play, key: &str) -> Result<String> {
    let person = play.person(key)?;
    session_of(play, person)
}

fn session_of(play: &mut Play, person: PersonId) -> Result<String> {
    let from = From { address: "127.0.0.1".into(), agent: "load".into(), instead_of: None };
    Ok(play.system(|act| open_session(act, person, &from, true))?.token)
}

fn description_body(play: &Play, round: &Round, token: &str) -> String {
    let parts = play.material.applications.first().and_then(|application| play.material.parts(application, round, "Arta Hoxha").ok()).unwrap_or_default();
    let Some(PartContent::Description(description)) = parts.into_iter().find(|content| matches!(content, PartContent::Description(_))) else {
        return String::new();
    };
    let fields = [
        ("csrf", csrf_of(token)),
        ("problem", description.problem),
        ("target_groups", description.target_groups),
        ("beneficiaries", description.beneficiaries),
        ("methodology", description.methodology),
        ("monitoring", description.monitoring),
        ("sustainability", description.sustainability),
        ("added_value", description.added_value),
        ("visibility", description.visibility),
    ];
    fields.iter().map(|(name, value)| format!("{name}={}", percent_encoded(value))).collect::<Vec<_>>().join("&")
}

//! A crowd for measuring: so many applications in a closed round, all checked, read by two and ranked, and drafts in an open round
//! that are ready to be submitted. Made by the same actions as everything else, several in one transaction.
//! Writes `plan.json` into the data folder: which requests the load tool sends for which page.
use super::{Play, cast, judging, material, paper};
use crate::accounts::actions::{From, NewOrganisation, NewPerson, create_organisation, open_session, register_person};
use crate::accounts::records as accounts;
use crate::administrative_check as checking;
use crate::applications::actions as writing;
use crate::applications::content::PartContent;
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, Error, Instant, Lang, Membership, Result, fault};
use crate::scoring;
use crate::web::{App, SESSION_COOKIE, csrf_of, percent_encoded};
use crate::workflow::{Act, Recorded, perform};
use serde_json::{Value, json};
use std::path::Path;

/// Drafts that wait to be submitted while the load tool measures.
const DRAFTS: usize = 2_000;

/// Fills the database and writes the plan. The clock of `app` is a moved one: it stands in the closed round, then in the open one.
///
/// # Errors
/// Whatever an action refuses.
pub fn seed(app: &App, data: &Path, count: usize) -> Result<()> {
    let now = crate::workflow::Clock::real().now();
    let mut play = Play::empty(app)?;
    let (closed, open) = two_rounds(&mut play, now)?;
    app.desk.clock.move_to(closed.closes_at.plus_days(-2));
    for number in 0..count {
        let applicant = applicant(&mut play, &closed, number, "0")?;
        perform(&app.desk, &applicant, |act| whole_application(act, &play, &closed, number, true))?;
    }
    app.desk.clock.move_to(closed.closes_at.plus_hours(2));
    while crate::administrative_check::actions::on_time(&app.desk)? > 0 {}
    judge(&mut play, &closed)?;
    app.desk.clock.move_to(now);
    let mut drafts = vec![];
    for number in 0..DRAFTS {
        let applicant = applicant(&mut play, &open, number, "1")?;
        let (id, token) = perform(&app.desk, &applicant, |act| {
            let id = whole_application(act, &play, &open, number, false)?.into_inner();
            let from = From { address: "127.0.0.1".into(), agent: "load".into(), instead_of: None };
            let person = act.actor.person.ok_or(Error::SignIn)?;
            Ok(open_session(act, person, &from, true)?.map(|opened| (id, opened.token)))
        })?;
        drafts.push((id, token));
    }
    let requests = plan(&mut play, &closed, &open, &drafts)?;
    std::fs::write(data.join("plan.json"), requests.to_string()).map_err(fault)
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

/// A person with an organisation of their own.
fn applicant(play: &mut Play, round: &Round, number: usize, decade: &str) -> Result<Actor> {
    let material = play.material.clone();
    let like = material.organisations.get(number % material.organisations.len()).ok_or(Error::NotFound)?;
    let email = format!("{}.{number}@crowd.example", round.code.to_lowercase());
    let new = NewPerson { email, name: format!("{} {number}", like.person), lang: Lang::Sq, phone: String::new(), password_hash: None, confirmed: true };
    let day = number % 28 + 1;
    let rest = number / 28;
    let organisation = NewOrganisation {
        nipt: format!("L{decade}{:02}{day:02}{:03}{}", rest % 12 + 1, rest / 12 % 1_000, char::from(b'A' + u8::try_from(rest / 12_000 % 26).unwrap_or(0))),
        name: format!("{} {number} (example)", like.name.trim_end_matches(" (example)")),
        acronym: String::new(),
        legal_form: like.legal_form,
        municipality: like.municipality.clone(),
        profile: material::profile(like),
    };
    let desk = &play.app.desk;
    perform(desk, &Actor::system(), |act| {
        let person = register_person(act, &new)?.into_inner();
        let mut actor = accounts::actor(act.conn, person.id)?;
        let mut theirs = Act { conn: act.conn, actor: &actor.clone(), address: act.address, now: act.now };
        Ok(create_organisation(&mut theirs, &organisation)?.map(|made| {
            actor.organisations.push((made.id, Membership::Owner));
            actor
        }))
    })
}

/// Start, all parts, all papers and, where wished, the submission, in one transaction.
fn whole_application(act: &mut Act<'_>, play: &Play, round: &Round, number: usize, submit: bool) -> Result<Recorded<ApplicationId>> {
    let material = &play.material;
    let small: Vec<_> = material.applications.iter().filter(|application| application.tier == "small").collect();
    let mut like = (*small.get(number % small.len()).ok_or(Error::NotFound)?).clone();
    like.title = format!("{} {number}", like.title);
    like.months = like.months.clamp(6, 12);
    let organisation = act.actor.organisations.first().map(|(id, _)| *id).ok_or(Error::NotFound)?;
    let started = writing::start(act, round.id, organisation, Lang::Sq)?.into_inner();
    for content in material.parts(&like, round, &act.actor.name.clone())? {
        writing::save_part(act, started.id, content, None)?;
    }
    let mut recorded = None;
    for document in round.terms.documents.iter().filter(|document| document.required && document.whose == crate::calls::Whose::Lead) {
        let stored = play.app.files.keep(&paper::pdf(&[&document.name.sq]))?;
        let paper = writing::Paper { document: document.key.clone(), stored, name: "dokumenti.pdf".into(), media_type: "application/pdf".into() };
        recorded = Some(writing::attach(act, started.id, paper)?.map(|_| started.id));
    }
    if submit {
        return Ok(crate::applications::submission::submit(act, started.id)?.map(|_| started.id));
    }
    recorded.ok_or(Error::NotFound)
}

/// Everything passes; two readers each; all sheets but one are signed.
fn judge(play: &mut Play, round: &Round) -> Result<()> {
    let applications = play.look(|conn| crate::applications::records::submitted_in(conn, round.id))?;
    let (secretary, second, manager) = (play.actor(cast::SECRETARY)?, play.actor(cast::SECOND_CHECKER)?, play.actor(cast::MANAGER)?);
    let readers = [play.actor(cast::EVALUATORS[0])?, play.actor(cast::EVALUATORS[1])?];
    let desk = play.app.desk.clone();
    for (number, application) in applications.iter().enumerate() {
        let id = application.id;
        perform(&desk, &second, |act| {
            let mut first = Act { conn: act.conn, actor: &secretary, address: act.address, now: act.now };
            let version = pass(&mut first, id)?;
            checking::actions::decide(act, id, &checking::Decision::Agree, version)
        })?;
        let ids: Vec<_> = readers.iter().filter_map(|reader| reader.person).collect();
        perform(&desk, &manager, |act| scoring::actions::assign(act, id, &ids))?;
        for (which, reader) in readers.iter().enumerate() {
            if number == 0 {
                perform(&desk, reader, |act| scoring::actions::declare_impartiality(act, round.id))?;
            }
            let total = 45 + i64::try_from((number * 7 + which * 3) % 50).unwrap_or(0);
            let sign = number > 0;
            perform(&desk, reader, |act| {
                let assignment = assignment_of(act, id)?;
                let cleared = scoring::actions::clear(act, assignment.id)?;
                if !sign {
                    return Ok(cleared.map(drop));
                }
                let sheet = judging::sheet(&round.terms.grid, total);
                let assignment = assignment_of(act, id)?;
                let version = scoring::actions::save_sheet(act, assignment.id, &sheet, assignment.version)?.into_inner();
                Ok(scoring::actions::submit_sheet(act, assignment.id, version)?.map(drop))
            })?;
        }
    }
    Ok(())
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
    let (evaluator, director, funder) = (session(play, cast::EVALUATORS[0])?, session(play, cast::DIRECTOR)?, session(play, "funder")?);
    let first = applications.first().ok_or(Error::NotFound)?;
    let reader = play.person(cast::EVALUATORS[0])?;
    let assignment = play
        .look(|conn| scoring::records::of_application(conn, first.id))?
        .into_iter()
        .find(|assignment| assignment.evaluator_id == reader)
        .ok_or(Error::NotFound)?;
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

fn session(play: &mut Play, key: &str) -> Result<String> {
    let person = play.person(key)?;
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

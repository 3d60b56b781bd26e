//! Beginning an application, and its task list.
use super::content::File;
use super::readiness_pages::in_short;
use super::reading::{step_address, step_label, step_states};
use super::rules::{self, PartState};
use super::{Application, Candidate, DeadlineDecision, Part, Status, actions, copying, deadline_records, records};
use crate::accounts::Person;
use crate::accounts::records as accounts;
use crate::calls::records as calls;
use crate::calls::{Round, RoundState};
use crate::kernel::{Actor, ApplicationId, Error, Instant, Membership, OrganisationId, Reason, Result, Tr};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, percent_encoded, post};
use actix_web::web;
use askama::Template;
use std::borrow::Borrow;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}", tasks).api("The parts of an application, how far each is, and the deadline."),
        get("/{fund}/calls/{round}/applications", begin),
        post("/applications/{application}/copy", copy).api("Begins an untouched draft with what the organisation wrote in another application: `from`."),
        post("/{fund}/calls/{round}/applications", start).api("Begins an application: `organisation` where one writes for several."),
    ]
}

impl Status {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Draft => t.application_status_draft(),
            Self::Submitted => t.application_status_submitted(),
            Self::Withdrawn => t.application_status_withdrawn(),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/begin.html")]
struct BeginPage {
    #[serde(skip)]
    p: Page,
    fund: String,
    round: String,
    round_name: crate::kernel::Bilingual,
    closes_at: Instant,
    candidates: Vec<Candidate>,
}
impl BeginPage {
    fn anybody_may(&self) -> bool {
        self.candidates.iter().any(Candidate::may_apply)
    }
}

fn round_here(conn: &mut Conn, slug: &str, code: &str) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, slug)?;
    let round = calls::published(conn, programme.id, code)?;
    Ok((programme, round))
}

/// Where somebody registers an organisation who came to apply; from there it leads back to the beginning.
fn organisation_first(fund: &str, code: &str) -> String {
    format!("/organisations/new?then={}", percent_encoded(&format!("/{fund}/calls/{code}/applications")))
}

async fn begin_page(visit: &Visit, fund: String, code: String, reasons: Vec<Reason>) -> Answer {
    let actor = visit.actor()?;
    let (slug, wanted) = (fund.clone(), code.clone());
    let (programme, round, candidates) = visit
        .read(move |conn| {
            let (programme, round) = round_here(conn, &slug, &wanted)?;
            let candidates = records::candidates(conn, &actor, &round, &programme.terms.municipalities)?;
            Ok((programme, round, candidates))
        })
        .await?;
    if candidates.is_empty() {
        return visit.go(&organisation_first(&fund, &code));
    }
    let failed = !reasons.is_empty();
    let crumbs = vec![
        Link::new(programme.terms.name.say(visit.t()), format!("/{fund}")),
        Link::new(round.terms.name.say(visit.t()), format!("/{fund}/calls/{code}")),
        Link::here(visit.t().application_begin_title()),
    ];
    let p = visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons);
    let view = BeginPage { p, fund, round: code, round_name: round.terms.name, closes_at: round.closes_at, candidates };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

async fn begin(visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let (fund, code) = path.into_inner();
    begin_page(&visit, fund, code, vec![]).await
}

async fn start(visit: Visit, path: web::Path<(String, String)>, fields: Fields) -> Answer {
    let (fund, code) = path.into_inner();
    let actor = visit.actor()?;
    let (slug, wanted, lang) = (fund.clone(), code.clone(), visit.lang);
    let round = visit.read(move |conn| round_here(conn, &slug, &wanted)).await?.1;
    let organisation = match (fields.get("organisation").parse::<OrganisationId>(), actor.organisations.as_slice()) {
        (Ok(chosen), _) => chosen,
        (Err(_), [(only, _)]) => *only,
        (Err(_), []) if !visit.api => return visit.go(&organisation_first(&fund, &code)),
        (Err(_), _) => {
            let reasons = vec![Reason::new("no-organisation", "organisation", |t| t.application_choose_organisation().into())];
            return if visit.api { Err(Error::Invalid(reasons)) } else { begin_page(&visit, fund, code, reasons).await };
        }
    };
    match visit.perform(move |act| actions::start(act, round.id, organisation, lang)).await {
        Ok(application) => visit.done(&format!("/applications/{}", application.id), "", &application),
        // A second press of the button: the one that is there is what was wanted.
        Err(Error::Refused(reasons)) if !visit.api && reasons.iter().any(|reason| reason.code == "one-per-organisation") => {
            match visit.read(move |conn| records::draft_of(conn, organisation, round.id)).await? {
                Some(id) => visit.go(&format!("/applications/{id}")),
                None => begin_page(&visit, fund, code, reasons).await,
            }
        }
        Err(Error::Refused(reasons)) if !visit.api => begin_page(&visit, fund, code, reasons).await,
        Err(other) => Err(other),
    }
}

/// One line of the task list.
#[derive(serde::Serialize)]
struct Task {
    number: usize,
    step: &'static str,
    #[serde(skip)]
    label: &'static str,
    to: String,
    #[serde(flatten)]
    state: PartState,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/tasks.html")]
struct TasksPage {
    #[serde(skip)]
    p: Page,
    application: Application,
    round: crate::kernel::Bilingual,
    round_code: String,
    #[serde(skip)]
    fund: String,
    #[serde(skip)]
    office: programmes::Office,
    closes_at: Instant,
    /// The server's clock when the page was made: it alone decides.
    now: Instant,
    /// Why the deadline is later than it was, where it is.
    #[serde(skip)]
    deadline: Option<DeadlineDecision>,
    open: bool,
    days_left: i32,
    hours_left: i64,
    tasks: Vec<Task>,
    ready: usize,
    /// The parts that count: those that are left out as one may are neither ready nor not.
    asked_for: usize,
    /// The plan can be written only once the logframe has activities.
    plan_waits: bool,
    to_fix: usize,
    not_started: usize,
    #[serde(skip)]
    people: Vec<(String, Membership)>,
    may_sign: bool,
    /// How far the signature is, where the call asks for it.
    signature: Option<&'static str>,
    may_discard: bool,
    /// Other applications of the organisation that an untouched draft may begin with.
    earlier: Vec<Earlier>,
}
/// An application that was begun before.
#[derive(serde::Serialize)]
struct Earlier {
    id: ApplicationId,
    /// Its number and title.
    name: String,
}

impl TasksPage {
    /// A withdrawn application has its way back while the call is open.
    fn may_return(&self) -> bool {
        self.open && self.application.status == Status::Withdrawn
    }
    /// The part to go on with: the first that is to be fixed, else the first that was not begun.
    fn next(&self) -> Option<&Task> {
        let to_fix = self.tasks.iter().find(|task| matches!(task.state, PartState::ToFix(_)));
        to_fix.or_else(|| self.tasks.iter().find(|task| task.state == PartState::NotStarted))
    }
    fn group(&self, which: usize) -> &[Task] {
        let bounds = [0..3, 3..7, 7..10];
        bounds.get(which).and_then(|range| self.tasks.get(range.clone())).unwrap_or_default()
    }
}

/// What the task list is made of.
struct Known {
    application: Application,
    round: Round,
    programme: Programme,
    file: File,
    touched: Vec<Part>,
    people: Vec<(Person, Membership)>,
    earlier: Vec<Application>,
    deadline: Option<DeadlineDecision>,
    signature: Option<fn(Tr) -> &'static str>,
}

/// Nothing for who may read it and does not write it.
fn known(conn: &mut Conn, reader: &Actor, id: ApplicationId) -> Result<Option<Known>> {
    let application = records::find(conn, reader, id)?;
    if !rules::may_write(reader, &application) {
        return Ok(None);
    }
    let round = records::round_of(conn, &application)?;
    let programme = programmes::records::find(conn, application.programme_id)?;
    let file = records::draft_file(conn, &application)?;
    let touched: Vec<Part> = records::parts(conn, id)?.into_iter().map(|part| part.part).collect();
    let people = accounts::members(conn, application.organisation_id)?;
    let untouched = application.status == Status::Draft && touched.is_empty() && file.attachments.is_empty();
    let earlier = if untouched { records::others_of(conn, &application)? } else { vec![] };
    let deadline = deadline_records::in_force(conn, &application, &round)?;
    let signature = in_short(conn, &application, &round, &file)?;
    Ok(Some(Known { application, round, programme, file, touched, people, earlier, deadline, signature }))
}

/// What the task list says of a round that has been cancelled or is closed stands in the panel of the deadline.
async fn tasks(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let reader = actor.clone();
    let found = visit.read(move |conn| known(conn, &reader, id)).await?;
    // The office reads what was handed in.
    let Some(Known { application, round, programme, file, touched, people, earlier, deadline, signature }) = found else {
        return visit.go(&format!("/applications/{id}/read"));
    };
    let shortfalls = rules::shortfalls_of(&file, &round);
    let task = |(place, (step, state)): (usize, (&'static str, PartState))| Task {
        number: place + 1,
        step,
        label: step_label(step, visit.t()),
        to: step_address(step, id, application.organisation_id),
        state,
    };
    let tasks: Vec<Task> = step_states(&file, &round, &touched).into_iter().enumerate().map(task).collect();
    let count = |wanted: fn(&PartState) -> bool| tasks.iter().filter(|task| wanted(&task.state)).count();
    let (now, t) = (visit.now(), visit.t());
    let name = application.code.clone().unwrap_or_else(|| round.terms.name.say(t).to_owned());
    let view = TasksPage {
        p: visit
            .page_in(programme.frame())
            .with_crumbs(vec![Link::new(t.nav_my_applications(), "/applications"), Link::here(name)])
            .of_a_test(application.is_test),
        ready: count(|state| *state == PartState::Ready),
        asked_for: count(|state| *state != PartState::Optional),
        plan_waits: file.logframe.numbered_activities().is_empty(),
        to_fix: shortfalls.iter().filter(|reason| tasks.iter().any(|task| task.step == rules::part_of(reason) && task.state != PartState::NotStarted)).count(),
        not_started: count(|state| *state == PartState::NotStarted),
        open: round.state == RoundState::Published && round.takes_applications(now),
        days_left: now.day().days_until(round.closes_at.day()),
        hours_left: now.seconds_until(round.closes_at) / 3_600,
        closes_at: round.closes_at,
        now,
        deadline,
        fund: programme.slug.clone(),
        office: programme.terms.office.clone(),
        may_sign: rules::may_sign(&actor, &application),
        signature: signature.map(|words| words(t)),
        may_discard: rules::may_discard(&actor, &application) && rules::discarding(&application).is_empty(),
        earlier: earlier.into_iter().map(|one| Earlier { id: one.id, name: named(&one, t) }).collect(),
        people: people.into_iter().map(|(person, membership)| (person.name, membership)).collect(),
        round: round.terms.name,
        round_code: round.code,
        tasks,
        application,
    };
    visit.show(&view)
}

async fn copy(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let from = fields.get("from").parse().ok();
    let copied = visit.perform(move |act| copying::copy(act, id, from)).await?;
    visit.done(&format!("/applications/{id}"), visit.t().application_copied(), &copied)
}

/// `R1-22 Citizen-led Accountability`; a draft by its title alone.
fn named(application: &Application, t: Tr) -> String {
    let title = application.heading(t);
    match &application.code {
        Some(code) => format!("{code} {title}"),
        None if application.is_test => format!("{}: {title}", t.trial_word()),
        None => title.to_owned(),
    }
}

//! The office's page of one checklist: the file, the lines, the request, the proposal, the decision.
mod reply;

use super::rules::{self, may_check, may_decide};
use super::{Answer, Check, CheckState, Clarification, Decision, Line, Next, Outcome, Proposal, Verdict, actions, records};
use crate::applications::content::File;
use crate::applications::reading::FileView;
use crate::applications::{Application, Attachment};
use crate::calls::Round;
use crate::kernel::{Actor, ApplicationId, Bilingual, Day, Error, Instant, Reason, Result, Tr, must};
use crate::programmes::Programme;
use crate::store::Conn;
use crate::web::{Answer as Shown, Door, Fields, Link, Page, Visit, get, post};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/check-list", show).api("The checklist of the administrative evaluation of one application."),
        post("/applications/{application}/check-list", save)
            .api("Saves answers to lines of the checklist; fields are `line.KEY` and `note.KEY`, with the `version` that was seen."),
        post("/applications/{application}/check-list/beginning", begin).api("Begins the check of one application."),
        post("/applications/{application}/clarifications", ask)
            .of("/applications/{application}/check-list")
            .api("Asks the applicant for what is missing: `question`, `item` (keys of lines), `version`."),
        post("/applications/{application}/check-list/proposal", propose)
            .api("Proposes an `outcome` (passed or rejected) with `reason` (keys of lines) and `text`."),
        post("/applications/{application}/check-list/decision", decide)
            .api("Decides what somebody else proposed: `decision` is agree or send-back (with `dispute`)."),
        get("/applications/{application}/clarifications/{clarification}", reply::show).api("The request to the applicant and its answer."),
        post("/applications/{application}/clarifications/{clarification}", reply::send),
        post("/applications/{application}/clarifications/{clarification}/attachments/{attachment}/removal", reply::remove),
    ]
}

/// What the page is made from.
struct Looked {
    application: Application,
    programme: Programme,
    round: Round,
    check: Option<Check>,
    lines: Vec<Line>,
    asked: Option<Clarification>,
    papers: Vec<Attachment>,
    /// The frozen version: the only one that is checked.
    file: File,
    /// Where to go on, when here is nothing (more) to do for this person.
    next: Option<Next>,
}

fn look(conn: &mut Conn, actor: &Actor, id: ApplicationId) -> Result<Looked> {
    let application = records::find(conn, actor, id)?;
    let programme = crate::programmes::records::find(conn, application.programme_id)?;
    let round = crate::applications::records::round_of(conn, &application)?;
    let check = records::check_of(conn, id)?;
    let lines = records::lines_of(conn, id)?;
    let asked = records::clarification_of(conn, id)?;
    // Until it is sent the answer is the applicant's alone.
    let papers = asked.as_ref().filter(|asked| asked.answered_at.is_some()).map_or(Ok(vec![]), |asked| records::papers_of(conn, asked.id, id))?;
    let file = crate::applications::records::frozen_file(conn, id)?;
    let next = if is_turn_of(actor, &application, check.as_ref()) { None } else { records::next_for(conn, actor, &application)? };
    Ok(Looked { application, programme, round, check, lines, asked, papers, file, next })
}

/// Whether this person has something to decide here: as the first, or as the second.
fn is_turn_of(actor: &Actor, application: &Application, check: Option<&Check>) -> bool {
    let fund = application.programme_id;
    rules::still_there(application.status).is_empty()
        && !actor.writes_for(application.organisation_id)
        && check.is_none_or(|check| match check.state {
            CheckState::Proposed => may_decide(actor, fund) && rules::is_second_person(actor, check),
            state => state.is_to_check() && may_check(actor, fund),
        })
}

/// What stands in the forms: as it is kept, or as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    answers: Vec<Answer>,
    question: String,
    items: Vec<String>,
    reasons: Vec<String>,
    text: String,
    dispute: String,
    version: i32,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let mut answers: Vec<Answer> = vec![];
        for (name, _) in fields.pairs() {
            let Some(line) = name.strip_prefix("line.").or_else(|| name.strip_prefix("note.")) else { continue };
            if !answers.iter().any(|answer| answer.line == line) {
                let verdict = fields.get(&format!("line.{line}")).parse().ok();
                answers.push(Answer { line: line.to_owned(), verdict, note: fields.get(&format!("note.{line}")) });
            }
        }
        Self {
            answers,
            question: fields.get("question"),
            items: fields.all("item"),
            reasons: fields.all("reason"),
            text: fields.get("text"),
            dispute: fields.get("dispute"),
            version: fields.get("version").parse().unwrap_or(0),
        }
    }
    fn kept(looked: &Looked) -> Self {
        let no = |line: &&Line| line.verdict.or(line.machine) == Some(Verdict::No);
        let doubtful: Vec<String> = looked.lines.iter().filter(no).map(|line| line.line.clone()).collect();
        let check = looked.check.as_ref();
        let reasons = check.map(Check::reason_keys).filter(|reasons| !reasons.is_empty()).unwrap_or_else(|| doubtful.clone());
        Self {
            answers: looked.lines.iter().map(|line| Answer { line: line.line.clone(), verdict: line.verdict, note: line.note.clone() }).collect(),
            question: String::new(),
            items: doubtful,
            reasons,
            text: check.map_or_else(String::new, |check| check.note.clone()),
            dispute: String::new(),
            version: check.map_or(0, |check| check.version),
        }
    }
}

#[derive(serde::Serialize)]
struct LineView {
    key: String,
    /// Names of its fields, which complaints point to.
    #[serde(skip)]
    at: String,
    #[serde(skip)]
    note_at: String,
    number: i32,
    question: Bilingual,
    reason: Bilingual,
    evidence: Option<Bilingual>,
    machine: Option<Verdict>,
    verdict: Option<Verdict>,
    /// What the radio shows: the person's answer, or the machine's proposal.
    #[serde(skip)]
    shown: Option<Verdict>,
    note: String,
    clarifiable: bool,
    #[serde(skip)]
    asked: bool,
    #[serde(skip)]
    is_reason: bool,
    /// What somebody else saved while this was being typed.
    #[serde(skip)]
    #[expect(clippy::option_option, reason = "nobody saved meanwhile, or somebody took the answer away")]
    meanwhile: Option<Option<Verdict>>,
}
impl LineView {
    fn is(&self, verdict: &str) -> bool {
        self.shown.is_some_and(|shown| shown.as_str() == verdict)
    }
    fn machine_words(&self, t: &Tr) -> Option<&'static str> {
        let machine = self.machine?;
        match (self.verdict, machine) {
            (None, Verdict::Yes) => Some(t.check_machine_says_yes()),
            (None, Verdict::No) => Some(t.check_machine_says_no()),
            (None, Verdict::NotApplicable) => Some(t.check_machine_says_not_applicable()),
            (Some(said), machine) if said != machine => Some(t.check_machine_overruled()),
            _ => None,
        }
    }
    fn meanwhile_words(&self, t: &Tr) -> Option<String> {
        self.meanwhile.map(|verdict| {
            t.check_meanwhile(match verdict {
                Some(Verdict::Yes) => t.yes(),
                Some(Verdict::No) => t.no(),
                Some(Verdict::NotApplicable) => t.check_not_applicable(),
                None => t.check_nothing_yet(),
            })
        })
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "administrative_check/list.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    id: ApplicationId,
    code: String,
    title: String,
    organisation: String,
    requested: crate::kernel::Money,
    state: Option<CheckState>,
    check: Option<Check>,
    lines: Vec<LineView>,
    clarification: Option<Clarification>,
    #[serde(skip)]
    papers: Vec<Attachment>,
    #[serde(skip)]
    file: FileView,
    #[serde(skip)]
    typed: Typed,
    #[serde(skip)]
    now: Instant,
    /// The last day for an answer, if it were asked now.
    #[serde(skip)]
    due: Day,
    #[serde(skip)]
    due_days: u32,
    #[serde(skip)]
    version: i32,
    #[serde(skip)]
    stale: bool,
    can_begin: bool,
    can_check: bool,
    can_ask: bool,
    can_propose: bool,
    can_decide: bool,
    next: Option<Next>,
    /// It waits for a decision, and this person made the proposal.
    #[serde(skip)]
    own_proposal: bool,
}

impl ListPage {
    fn of(visit: &Visit, actor: &Actor, looked: Looked, typed: Option<Typed>, stale: bool) -> Self {
        let Looked { application, round, check, asked, .. } = &looked;
        let fund = application.programme_id;
        let mine = may_check(actor, fund) && !actor.writes_for(application.organisation_id) && rules::still_there(application.status).is_empty();
        let state = check.as_ref().map(|check| check.state);
        let is_typed = typed.is_some();
        let typed = typed.unwrap_or_else(|| Typed::kept(&looked));
        let can = |step| mine && state.is_some_and(|state| rules::next(state, step).is_some());
        let second = check.as_ref().is_some_and(|check| rules::is_second_person(actor, check));
        let proposed = state == Some(CheckState::Proposed);
        let lines = looked.lines.iter().map(|line| line_view(round, line, &typed, is_typed && stale)).collect();
        let code = application.code.clone().unwrap_or_default();
        let crumbs = vec![
            Link::new(&*round.code, format!("/{}/rounds/{}/board", looked.programme.slug, round.code)),
            Link::new(&*code, format!("/applications/{}", application.id)),
            Link::here(visit.t().check_title()),
        ];
        Self {
            p: visit.page_in(looked.programme.frame()).with_crumbs(crumbs),
            id: application.id,
            title: application.title.clone(),
            organisation: application.organisation_name.clone(),
            requested: application.requested,
            state,
            lines,
            now: visit.now(),
            due: visit.now().day().plus_working_days(round.terms.clarification_days),
            due_days: round.terms.clarification_days,
            version: check.as_ref().map_or(0, |check| check.version),
            can_begin: mine && check.is_none() && rules::may_not_begin(round, application.status, visit.now()).is_empty(),
            can_check: can(rules::Step::Answer),
            can_ask: can(rules::Step::Ask) && asked.is_none(),
            can_propose: can(rules::Step::Propose),
            can_decide: proposed && second && may_decide(actor, fund) && !actor.writes_for(application.organisation_id),
            own_proposal: proposed && !second,
            file: FileView::of(looked.file.clone(), round).with_papers_at(&format!("/applications/{}/files", application.id)),
            stale,
            typed,
            code,
            check: looked.check,
            next: looked.next,
            clarification: looked.asked,
            papers: looked.papers,
        }
    }
    fn answered(&self) -> i32 {
        self.check.as_ref().map_or(0, |check| check.answered)
    }
    fn is_rejection(&self) -> bool {
        self.check.as_ref().and_then(Check::outcome) == Some(Outcome::Rejected)
    }
    fn reasons(&self) -> Vec<&Bilingual> {
        let keys = self.check.as_ref().map(Check::reason_keys).unwrap_or_default();
        self.lines.iter().filter(|line| keys.contains(&line.key)).map(|line| &line.reason).collect()
    }
    fn verdict_words(&self, line: &LineView) -> &'static str {
        let t = self.p.t;
        match line.verdict {
            Some(Verdict::Yes) => t.yes(),
            Some(Verdict::No) => t.no(),
            Some(Verdict::NotApplicable) => t.check_not_applicable(),
            None => t.check_nothing_yet(),
        }
    }
    fn verdict_kind(&self, line: &LineView) -> &'static str {
        match line.verdict {
            Some(Verdict::Yes) => "ok",
            Some(Verdict::No) => "err",
            _ => "",
        }
    }
}

fn line_view(round: &Round, line: &Line, typed: &Typed, compare: bool) -> LineView {
    let wanted = round.terms.checklist.iter().find(|wanted| wanted.key == line.line);
    let said = typed.answers.iter().find(|answer| answer.line == line.line);
    let verdict = said.map_or(line.verdict, |said| said.verdict);
    LineView {
        key: line.line.clone(),
        at: format!("line.{}", line.line),
        note_at: format!("note.{}", line.line),
        number: line.position,
        question: wanted.map_or_else(|| Bilingual::same(&line.line), |wanted| wanted.question.clone()),
        reason: wanted.map_or_else(|| Bilingual::same(&line.line), |wanted| wanted.reason.clone()),
        evidence: serde_json::from_str(&line.evidence).ok(),
        machine: line.machine,
        verdict: line.verdict,
        shown: verdict.or(line.machine),
        note: said.map_or_else(|| line.note.clone(), |said| said.note.clone()),
        clarifiable: wanted.is_some_and(|wanted| wanted.clarifiable),
        asked: typed.items.contains(&line.line),
        is_reason: typed.reasons.contains(&line.line),
        meanwhile: (compare && verdict != line.verdict).then_some(line.verdict),
    }
}

async fn show(visit: Visit, path: Path<ApplicationId>) -> Shown {
    let (actor, id) = (visit.actor()?, *path);
    let looked = visit
        .read({
            let actor = actor.clone();
            move |conn| look(conn, &actor, id)
        })
        .await?;
    visit.show(&ListPage::of(&visit, &actor, looked, None, false))
}

/// The page again with everything that was typed, and why it was not taken. Programs get the reasons alone.
async fn again(visit: &Visit, id: ApplicationId, typed: Typed, why: Error) -> Shown {
    let (status, reasons, stale) = match why {
        Error::Invalid(reasons) | Error::Refused(reasons) if !visit.api => (StatusCode::UNPROCESSABLE_ENTITY, reasons, false),
        Error::Stale if !visit.api => (StatusCode::CONFLICT, vec![], true),
        other => return Err(other),
    };
    let actor = visit.actor()?;
    let looked = visit
        .read({
            let actor = actor.clone();
            move |conn| look(conn, &actor, id)
        })
        .await?;
    let mut view = ListPage::of(visit, &actor, looked, Some(typed), stale);
    view.p = view.p.with_errors(reasons);
    visit.show_with(status, &view)
}

fn address_of(id: ApplicationId) -> String {
    format!("/applications/{id}/check-list")
}

async fn begin(visit: Visit, path: Path<ApplicationId>, _: Fields) -> Shown {
    let id = *path;
    let check = visit.perform(move |act| actions::begin(act, id)).await?;
    visit.done(&address_of(id), visit.t().check_begun_notice(), &check)
}

/// Saves the answers first, so that they are kept whatever the next step says to them.
async fn save_answers(visit: &Visit, id: ApplicationId, typed: &Typed) -> Result<Check> {
    let (answers, version) = (typed.answers.clone(), typed.version);
    visit.perform(move |act| actions::answer(act, id, &answers, version)).await
}

async fn save(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Shown {
    let (id, typed) = (*path, Typed::read(&fields));
    match save_answers(&visit, id, &typed).await {
        Ok(check) => visit.done(&address_of(id), visit.t().check_saved(), &check),
        Err(why) => again(&visit, id, typed, why).await,
    }
}

async fn ask(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Shown {
    let (id, typed) = (*path, Typed::read(&fields));
    let version = match version_for(&visit, id, &typed).await {
        Ok(version) => version,
        Err(why) => return again(&visit, id, typed, why).await,
    };
    let (question, items) = (typed.question.clone(), typed.items.clone());
    match visit.perform(move |act| actions::ask(act, id, &question, &items, version)).await {
        Ok(asked) => visit.done(&address_of(id), &visit.t().check_asked_notice(visit.t().day(asked.last_day())), &asked),
        Err(why) => again(&visit, id, typed, why).await,
    }
}

/// The version for the step after: of the answers just saved, or the one that was seen where none came along.
async fn version_for(visit: &Visit, id: ApplicationId, typed: &Typed) -> Result<i32> {
    if typed.answers.is_empty() { Ok(typed.version) } else { Ok(save_answers(visit, id, typed).await?.version) }
}

async fn propose(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Shown {
    let (id, typed, actor) = (*path, Typed::read(&fields), visit.actor()?);
    // Who may not is told so, whatever the form lacks.
    visit.read(move |conn| must(may_check(&actor, crate::applications::records::find(conn, &actor, id)?.programme_id))).await?;
    let Ok(outcome) = fields.get("outcome").parse() else {
        return Err(Error::invalid(Reason::new("no-outcome", "outcome", |t| t.invalid_title().into())));
    };
    let version = match version_for(&visit, id, &typed).await {
        Ok(version) => version,
        Err(why) => return again(&visit, id, typed, why).await,
    };
    let reasons = if outcome == Outcome::Rejected { typed.reasons.clone() } else { vec![] };
    let proposal = Proposal { outcome, reasons, text: typed.text.clone() };
    match visit.perform(move |act| actions::propose(act, id, &proposal, version)).await {
        Ok(check) => visit.done(&address_of(id), visit.t().check_proposed_notice(), &check),
        Err(why) => again(&visit, id, typed, why).await,
    }
}

async fn decide(visit: Visit, path: Path<ApplicationId>, fields: Fields) -> Shown {
    let (id, typed) = (*path, Typed::read(&fields));
    let decision = if fields.get("decision") == "agree" { Decision::Agree } else { Decision::SendBack(typed.dispute.clone()) };
    let (version, t) = (typed.version, visit.t());
    match visit.perform(move |act| actions::decide(act, id, &decision, version)).await {
        Ok(check) => {
            let notice = match check.state {
                CheckState::Passed => t.check_decided_pass_notice(),
                CheckState::Rejected => t.check_decided_reject_notice(),
                _ => t.check_sent_back_notice(),
            };
            visit.done(&address_of(id), notice, &check)
        }
        // Somebody else was faster: the page says what stands now.
        Err(why) => again(&visit, id, Typed { answers: vec![], ..typed }, why).await,
    }
}

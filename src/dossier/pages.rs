//! The history of one application: public words for its applicant, every entry and letter for the office.
use super::{Milestone, Noted, PublicStatus, records, rules};
use crate::administrative_check::rules::SEES;
use crate::kernel::{ApplicationId, Instant, LetterId, Tr};
use crate::web::{Answer, Door, Link, Page, Visit, get};
use crate::workflow::outbox::{self, LetterState};
use crate::workflow::{LogEntry, Subject, log_without};
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = super::project_pages::doors();
    doors.extend(super::cost_pages::doors());
    doors.extend(super::mine_pages::doors());
    doors.extend(super::receipt_pages::doors());
    doors.extend(super::verification_pages::doors());
    doors.push(
        get("/applications/{application}/history", history)
            .api("What happened to an application: its status and milestones; for the office also every entry of its log and every letter."),
    );
    doors
}

/// What the office sees: something done, or a letter.
#[derive(serde::Serialize)]
struct Entry {
    at: Instant,
    who: String,
    what: String,
    letter: Option<(LetterId, LetterState)>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "dossier/history.html")]
struct History {
    #[serde(skip)]
    p: Page,
    id: ApplicationId,
    #[serde(skip)]
    fund: String,
    code: String,
    title: String,
    status: PublicStatus,
    milestones: Vec<Milestone>,
    /// None for the applicant.
    entries: Option<Vec<Entry>>,
    /// Whether what comes next is for this person to do.
    ours: bool,
}
impl History {
    fn letter_words(&self, state: &LetterState) -> &'static str {
        state.label(self.p.t)
    }
}

/// Every save of a draft is in the log; here it would only hide what happened.
const SAVED: &str = "application.part-saved";

fn entries(log: Vec<LogEntry>, letters: Vec<outbox::Posted>, t: Tr) -> Vec<Entry> {
    let done = log.into_iter().map(|entry| Entry { at: entry.at, what: entry.happened(t), who: entry.actor_name, letter: None });
    let sent =
        letters.into_iter().map(|letter| Entry { at: letter.created_at, who: letter.recipient, what: letter.subject, letter: Some((letter.id, letter.state)) });
    let mut all: Vec<Entry> = done.chain(sent).collect();
    all.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    all
}

async fn history(visit: Visit, path: Path<ApplicationId>) -> Answer {
    let (actor, id, t) = (visit.actor()?, *path, visit.t());
    let (application, programme, story, noted, entries, ours) = visit
        .read(move |conn| {
            let application = crate::applications::records::find(conn, &actor, id)?;
            let round = crate::calls::records::find(conn, application.round_id)?;
            let programme = crate::programmes::records::find(conn, application.programme_id)?;
            let story = records::stories(conn, &[(application.clone(), &round)])?;
            let subject = Subject::Application(id);
            let ours = actor.writes_for(application.organisation_id);
            let of_office = actor.is_any(SEES, application.programme_id) && !ours;
            let log = log_without(conn, subject, &[SAVED])?;
            let noted: Vec<Noted> = log.iter().map(|entry| Noted { at: entry.at, kind: entry.kind.clone() }).collect();
            let entries = if of_office { Some(entries(log, outbox::about(conn, subject)?, t)) } else { None };
            Ok((application, programme, story, noted, entries, ours))
        })
        .await?;
    let story = story.first().ok_or(crate::kernel::Error::NotFound)?;
    let name = application.code.clone().unwrap_or_else(|| application.heading(visit.t()).to_owned());
    let code = application.code.unwrap_or_default();
    let list = ours.then(|| Link::new(visit.t().nav_my_applications(), "/applications"));
    let crumbs = list.into_iter().chain([Link::new(name, format!("/applications/{id}")), Link::here(visit.t().dossier_history())]).collect();
    visit.show(&History {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        id,
        fund: programme.slug.clone(),
        code,
        title: application.title,
        status: rules::status_for_applicant(story, visit.now()),
        milestones: rules::milestones(story, &noted),
        entries,
        ours,
    })
}

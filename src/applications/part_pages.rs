//! What the pages of logframe, plan and budget share: opening a part, what is wrong with it, and where a save leads.
use super::content::{File, PartContent};
use super::{Application, Part, actions, records, rules};
use crate::calls::{self, Round};
use crate::kernel::{Actor, ApplicationId, Error, Reason, Result, Tr};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Fields, Link, Page, Visit};

/// A part of an application that its writers have open, with everything that its page looks at.
pub struct Opened {
    pub application: Application,
    pub round: Round,
    pub programme: Programme,
    pub file: File,
    /// Of the part: what a save says it began from.
    pub version: i32,
    /// Still a draft, and this person writes in it.
    pub writable: bool,
}

/// Opens a part for somebody of the organisation; the office reads what was handed in, not drafts.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn open(conn: &mut Conn, actor: &Actor, id: ApplicationId, part: Part) -> Result<Opened> {
    let application = records::find(conn, actor, id)?;
    if !actor.writes_for(application.organisation_id) {
        return Err(Error::NotFound);
    }
    let round = calls::records::find(conn, application.round_id)?;
    let programme = programmes::records::find(conn, application.programme_id)?;
    let file = records::draft_file(conn, &application)?;
    let (_, version) = records::part(conn, id, part)?;
    let writable = rules::may_write(actor, &application) && rules::writing(&application).is_empty();
    Ok(Opened { application, round, programme, file, version, writable })
}

impl Opened {
    /// The frame: crumbs, and what must be fixed. While somebody adds rows, boxes that are merely still empty are no errors.
    pub fn page(&self, visit: &Visit, title: &str, reasons: &[Reason]) -> Page {
        let t = visit.t();
        let name = self.application.code.clone().unwrap_or_else(|| self.round.terms.name.say(t).to_owned());
        let crumbs =
            vec![Link::new(t.nav_my_applications(), "/applications"), Link::new(name, format!("/applications/{}", self.application.id)), Link::here(title)];
        let building = visit.asked("at").is_some();
        let shown = reasons.iter().filter(|reason| self.version > 0 && !(building && reason.code.starts_with("no-"))).map(on_page).collect();
        visit.page_in(self.programme.frame()).with_crumbs(crumbs).with_errors(shown)
    }
}

/// The same reason on the part's own page: without the part's name before the field's.
pub fn on_page(reason: &Reason) -> Reason {
    let at = reason.at.split_once('#').map_or(reason.at.as_str(), |(_, field)| field);
    Reason { at: at.to_owned(), ..reason.clone() }
}

/// Gentle checks, by the field that they stand at.
pub struct Hints(pub Vec<Reason>);
impl Hints {
    pub fn on_page(hints: &[Reason]) -> Self {
        Self(hints.iter().map(on_page).collect())
    }
    pub fn at(&self, field: &str, t: &Tr) -> Option<&str> {
        self.0.iter().find(|hint| hint.at == field).map(|hint| hint.text.say(*t))
    }
}

/// The button that was pressed: `add`, `del`, `up`, `down` or `fill`, with what it names.
pub fn pressed(fields: &Fields) -> Option<(&'static str, String)> {
    ["add", "del", "up", "down", "fill"].into_iter().find(|verb| fields.has(verb)).map(|verb| (verb, fields.get(verb)))
}

/// How a save ended.
pub enum After {
    /// Saved; the answer leads on.
    Led(Answer),
    /// Not saved: the page comes again, with everything typed and these complaints.
    Again(Vec<Reason>),
}

/// Saves the part and leads on: to the row that a button made, back to a box that cannot be read, to the list, or to the next part.
pub async fn save(
    visit: &Visit,
    id: ApplicationId,
    content: PartContent,
    fields: &Fields,
    focus: Option<String>,
    unreadable: bool,
    next: &str,
) -> Result<After> {
    let part = content.part();
    let base = fields.get("version").parse().ok();
    let saved = match visit.perform(move |act| actions::save_part(act, id, content, base)).await {
        Ok(saved) => saved,
        Err(Error::Invalid(reasons)) => return Ok(After::Again(reasons)),
        Err(Error::Stale) => return Ok(After::Again(vec![Reason::new("stale", "", |t| t.part_stale().into())])),
        Err(other) => return Err(other),
    };
    let here = format!("/applications/{id}/{part}");
    let to = match (focus, fields.get("go").as_str()) {
        (Some(field), _) => format!("{here}?at={field}#{field}"),
        (None, "list") if !unreadable => format!("/applications/{id}"),
        (None, "next") if !unreadable => format!("/applications/{id}/{next}"),
        _ => here,
    };
    let t = visit.t();
    let notice = t.part_saved(t.clock(saved.saved_at));
    Ok(After::Led(visit.done(&to, &notice, &saved)))
}

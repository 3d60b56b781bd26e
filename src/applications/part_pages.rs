//! What the pages of all parts share: opening a part, what its form carries, what is wrong with it, and where a save leads.
use super::content::{File, PartContent, Partners};
use super::partnerships::Partnership;
use super::readiness_pages::{Ready, ready};
use super::reading::step_label;
use super::removed::{Bin, Removed};
use super::writing::{Sent, What, Written};
use super::{Application, Part, actions, boxes, budget, logframe, partnership_records, plan, records, rules};
use crate::accounts::colleagues::colleague;
use crate::calls::{Caps, Round};
use crate::kernel::merging::{Boxes, Meanwhile, Sheet, Typed};
use crate::kernel::{Actor, ApplicationId, Error, Instant, Reason, Result, Tr};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::saving::{Colleague, base, base_of, changed, shut_to_form};
use crate::web::{Answer, Fields, Link, Page, Visit, saving};

/// A part of an application that its writers have open, with everything that its page looks at.
pub struct Opened {
    pub application: Application,
    pub round: Round,
    pub programme: Programme,
    pub file: File,
    pub part: Part,
    /// Of the part; 0 where nobody has written in it.
    pub version: i32,
    pub saved_at: Option<Instant>,
    /// The rows that were taken out of it, the last one first.
    pub removed: Vec<Removed>,
    pub colleague: Option<Colleague>,
    /// Still a draft, and this person writes in it.
    pub writable: bool,
    /// Ready for signature: what is written now takes that away.
    pub ready: Option<Ready>,
    /// Of the partners' part: who writes and signs for them.
    pub partnerships: Vec<Partnership>,
}

/// Opens a part for somebody of the organisation; the office reads what was handed in, not drafts.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn open(conn: &mut Conn, actor: &Actor, id: ApplicationId, part: Part, now: Instant) -> Result<Opened> {
    let application = records::find(conn, actor, id)?;
    if !actor.writes_for(application.organisation_id) {
        return Err(Error::NotFound);
    }
    let round = records::round_of(conn, &application)?;
    let programme = programmes::records::find(conn, application.programme_id)?;
    let kept = records::parts(conn, id)?;
    let file = records::draft_file_of(conn, &application, &kept)?;
    let stored = kept.into_iter().find(|kept| kept.part == part);
    let colleague = match &stored {
        Some(stored) => colleague(conn, actor, stored.changed_by, stored.changed_at, now)?,
        None => None,
    };
    let writable = rules::may_write(actor, &application) && rules::writing(&application).is_empty();
    let ready = if writable { ready(conn, &application, &round, &file)? } else { None };
    let partnerships = if part == Part::Partners { partnership_records::of(conn, id)? } else { vec![] };
    let removed = stored.as_ref().map_or(Ok(Bin::default()), |stored| Bin::read(&stored.removed))?.rows();
    let (version, saved_at) = stored.map_or((0, None), |stored| (stored.version, Some(stored.changed_at)));
    Ok(Opened { application, round, programme, file, part, version, saved_at, removed, colleague, writable, ready, partnerships })
}

impl Opened {
    /// The frame: crumbs, and what must be fixed. While somebody adds rows, boxes that are merely still empty are no errors.
    pub fn page(&self, visit: &Visit, title: &str, reasons: &[Reason], again: Option<&Again>) -> Page {
        let t = visit.t();
        let name = self.application.code.clone().unwrap_or_else(|| self.round.terms.name.say(t).to_owned());
        let crumbs =
            vec![Link::new(t.nav_my_applications(), "/applications"), Link::new(name, format!("/applications/{}", self.application.id)), Link::here(title)];
        let building = visit.asked("at").is_some();
        let first = again.into_iter().flat_map(|again| &again.reasons).map(on_page);
        let lacking = reasons.iter().filter(|reason| self.version > 0 && !(building && rules::is_still_empty(reason))).map(on_page);
        let shown = first.chain(lacking).collect();
        visit.page_in(self.programme.frame()).with_crumbs(crumbs).with_errors(shown).of_a_test(self.application.is_test)
    }
    /// What its form carries.
    pub fn form(&self, visit: &Visit, again: Option<&Again>) -> Form {
        Form {
            application: self.application.id,
            part: self.part,
            version: self.version,
            base: base_of(&self.boxes()),
            saved_at: self.saved_at,
            closes_at: self.round.closes_at,
            now: visit.now(),
            colleague: self.colleague.clone(),
            meanwhile: again.map(|again| again.meanwhile.clone()).unwrap_or_default(),
            ready: self.ready.clone(),
            removed: self.removed.clone(),
            writer: visit.maybe_actor().and_then(|actor| actor.person).map(|person| person.to_string()).unwrap_or_default(),
        }
    }
    /// The boxes as they are kept; the plan's with those of activities that nobody has planned yet.
    pub fn boxes(&self) -> Boxes {
        match self.file.part(self.part) {
            PartContent::Plan(kept) => boxes::of(&PartContent::Plan(plan::complete(&kept, &self.file.logframe))),
            other => boxes::of(&other),
        }
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

/// The button that was pressed, with what it names.
pub fn pressed(fields: &Fields) -> Option<(&'static str, String)> {
    ["add", "copy", "del", "back", "up", "down", "fill"].into_iter().find(|verb| fields.has(verb)).map(|verb| (verb, fields.get(verb)))
}

/// How a save ended.
pub enum After {
    /// Saved; the answer leads on.
    Led(Answer),
    /// Not all of it: the page comes again, with everything typed.
    Again(Box<Opened>, Again),
}

/// What a page shows when somebody must look again.
pub struct Again {
    /// As it was typed.
    pub content: PartContent,
    pub reasons: Vec<Reason>,
    pub meanwhile: Vec<Meanwhile>,
}

/// What every form of a part carries besides its boxes.
#[derive(serde::Serialize)]
pub struct Form {
    pub application: ApplicationId,
    pub part: Part,
    pub version: i32,
    /// Names and marks of what stands in its boxes: a save sends them back.
    pub base: String,
    pub saved_at: Option<Instant>,
    pub closes_at: Instant,
    /// The server's clock when the page was made: it alone decides.
    pub now: Instant,
    pub colleague: Option<Colleague>,
    /// What two people changed at once.
    pub meanwhile: Vec<Meanwhile>,
    /// Ready for signature, where the call asks for it.
    pub ready: Option<Ready>,
    /// What was taken out of it last.
    pub removed: Vec<Removed>,
    /// Whose device keeps what could not be sent.
    #[serde(skip)]
    pub writer: String,
}

/// In the last days a draft says on every page that it is none of the applications yet.
const LAST_DAYS: i64 = 3;

impl Form {
    /// When the call closes and what the server's clock says: in Tirana's time both.
    pub fn clock(&self, t: &Tr) -> String {
        if self.now >= self.closes_at { t.part_closed(t.moment(self.closes_at)) } else { t.part_clock(t.moment(self.closes_at), t.clock(self.now)) }
    }
    /// What was taken out a moment ago: its way back stands beside the buttons that save.
    pub fn just_removed(&self) -> Option<&Removed> {
        self.removed.first().filter(|removed| removed.is_fresh(self.now))
    }
    pub fn is_near_the_end(&self) -> bool {
        self.now < self.closes_at && self.closes_at <= self.now.plus_days(LAST_DAYS)
    }
    pub fn saved_words(&self, t: &Tr) -> Option<String> {
        self.saved_at.map(|at| t.part_saved_at(t.clock(at)))
    }
}

/// Opens a part as this visitor.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub async fn opened(visit: &Visit, id: ApplicationId, part: Part) -> Result<Opened> {
    let actor = visit.actor()?;
    let now = visit.now();
    visit.read(move |conn| open(conn, &actor, id, part, now)).await
}

/// Saves the part and leads on: to the row that a button made, back to a box that cannot be read, to the list, or to the next part.
pub async fn save(visit: &Visit, id: ApplicationId, part: Part, fields: &Fields) -> Result<After> {
    let what = if fields.has("sheet") {
        What::Sheet(part, Sheet { typed: typed(part, fields), gone: fields.all("gone"), base: base(fields) })
    } else if fields.has("base") {
        What::Form(part, typed(part, fields))
    } else {
        What::All(Box::new(boxes::read(part, fields)), fields.get("version").parse().ok())
    };
    let sent = Sent { what, pressed: pressed(fields) };
    let written = match visit.perform(move |act| actions::write(act, id, sent)).await {
        Ok(written) => written,
        Err(Error::Invalid(reasons)) => {
            return Ok(After::Again(Box::new(opened(visit, id, part).await?), Again { content: boxes::read(part, fields), reasons, meanwhile: vec![] }));
        }
        Err(Error::NotFound) if !visit.api => return Ok(After::Led(shut_to_form(visit, &boxes::of(&boxes::read(part, fields))))),
        Err(other) => return Err(other),
    };
    if !written.meanwhile.is_empty() {
        return Ok(After::Again(Box::new(opened(visit, id, part).await?), both(part, written)));
    }
    let here = format!("/applications/{id}/{part}");
    let readable = !is_unreadable(&boxes::content(part, &written.boxes));
    let to = match (written.focus, fields.get("go").as_str()) {
        (Some(field), _) => format!("{here}?at={field}#{field}"),
        (None, "list") if readable => format!("/applications/{id}"),
        (None, "next") if readable => format!("/applications/{id}/{}", after(part)),
        _ => here,
    };
    let t = visit.t();
    let mut notice = t.part_saved(t.clock(written.saved.saved_at));
    if !written.stayed.is_empty() {
        notice = format!("{notice}. {}", t.workbook_stayed(written.stayed.len()));
    }
    // Whoever leaves the part should not learn on the last page that something in it is wrong.
    let wrong = if fields.has("go") && !visit.api { wrong(&opened(visit, id, part).await?) } else { 0 };
    if wrong > 0 {
        notice = format!("{notice}. {}", t.part_still_wrong(wrong, step_label(part.as_str(), t)));
    }
    Ok(After::Led(visit.done(&to, &notice, &written.saved)))
}

/// How much of a part is written and wrong; what is merely still empty does not count.
fn wrong(opened: &Opened) -> usize {
    let here = |reason: &&Reason| rules::part_of(reason) == opened.part.as_str() && !rules::is_still_empty(reason);
    rules::shortfalls_of(&opened.file, &opened.round).iter().filter(here).count()
}

/// What was typed stays in the boxes; what the other one wrote stands above. Saving again keeps what stands in the boxes.
pub fn both(part: Part, written: Written) -> Again {
    let mut boxes = written.boxes;
    for one in &written.meanwhile {
        boxes.put_all(&one.name, one.typed.clone());
    }
    Again { content: boxes::content(part, &boxes), reasons: saving::both(&written.meanwhile), meanwhile: written.meanwhile }
}

/// The boxes of a form with the marks of what it showed, without those whose other text its writer chose (`take`).
pub fn typed(part: Part, fields: &Fields) -> Vec<Typed> {
    changed(&boxes::of(&boxes::read(part, fields)), fields)
}

/// Whether a figure or an amount cannot be read: then its writer is led back to it.
fn is_unreadable(content: &PartContent) -> bool {
    let complaints = match content {
        PartContent::Logframe(logframe) => logframe::complaints(logframe),
        PartContent::Budget(budget) => budget::complaints(budget, &Partners::default(), &Caps::NONE, None),
        _ => vec![],
    };
    complaints.iter().any(|reason| reason.code == "unreadable")
}

/// The page after a part's, in the order of the form.
const fn after(part: Part) -> &'static str {
    match part {
        Part::Partners => "summary",
        Part::Summary => "description",
        Part::Description => "logframe",
        Part::Logframe => "plan",
        Part::Plan => "budget",
        Part::Budget => "capacity",
        Part::Capacity => "attachments",
        Part::Declarations => "check",
    }
}

//! How a part is written: whole by an import, or box by box from forms that several people may have open.
use super::boxes;
use super::content::{Logframe, PartContent};
use super::removed::Bin;
use super::{Application, Part, Saved, buttons, partnerships, plan, records, rules};
use crate::calls::Caps;
use crate::kernel::merging::{Boxes, Meanwhile, Sheet, Typed, lay, merge};
use crate::kernel::{ApplicationId, Day, Error, Instant, PersonId, ProgrammeId, Reason, Result, fault, fingerprint, must, unless};
use crate::workflow::{Act, Event, Recorded, Subject};

/// A part may be this large as JSON: ten times the longest that its limits allow.
const MOST_BYTES: usize = 500_000;

/// Only the fingerprint of what was written: the log proves the order of saves without keeping every draft.
#[derive(serde::Serialize)]
struct PartSaved {
    application: ApplicationId,
    part: Part,
    version: i32,
    sha256: String,
    #[serde(skip)]
    programme: ProgrammeId,
}
impl Event for PartSaved {
    const KIND: &'static str = "application.part-saved";
    fn subject(&self) -> Subject {
        Subject::Application(self.application)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// Saves a part, whatever it says: what is missing or too long is named at the check, never here.
///
/// # Errors
/// `Refused` when it is no draft any more; `Stale` when somebody saved the part after version `base`; `Invalid` only for what no page could have sent.
pub fn save_part(act: &mut Act<'_>, id: ApplicationId, content: PartContent, base: Option<i32>) -> Result<Recorded<Saved>> {
    let sent = Sent { what: What::All(Box::new(content), base), pressed: None };
    Ok(write(act, id, sent)?.map(|written| written.saved))
}

/// What was sent, and the button that was pressed.
#[derive(Clone, Debug)]
pub struct Sent {
    pub what: What,
    /// `add`, `copy`, `del`, `back`, `up`, `down` or `fill` with what it names.
    pub pressed: Option<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub enum What {
    /// The part as it shall be, by a program that saw this version; without a version it replaces whatever is there.
    All(Box<PartContent>, Option<i32>),
    /// A form, sent by a button, with the marks of what it showed.
    Form(Part, Vec<Typed>),
    /// Only the boxes that changed, sent without anybody's doing.
    Boxes(Part, Vec<Typed>),
    /// What its writer took over from a workbook, having seen what it changes.
    Sheet(Part, Sheet),
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Written {
    pub saved: Saved,
    /// As it is kept now.
    pub boxes: Boxes,
    /// What two people changed at once: kept is the other's, until somebody chooses.
    pub meanwhile: Vec<Meanwhile>,
    /// Rows that a workbook has no more, and that stay because somebody else changed them since.
    pub stayed: Vec<String>,
    /// The field in which its writer goes on.
    pub focus: Option<String>,
    /// Who saved the part before, and when.
    pub before: Option<(PersonId, Instant)>,
}

/// Puts what was sent into the part as it is kept now: a form's boxes are merged one by one, so nobody's text is lost and none refused.
///
/// # Errors
/// `Refused` when it is no draft any more; `Stale` when a program replaces what it has not seen; `Invalid` only for what no page could have sent.
pub fn write(act: &mut Act<'_>, id: ApplicationId, sent: Sent) -> Result<Recorded<Written>> {
    let (application, by) = writable(act, id)?;
    write_into(act, &application, by, sent)
}

/// The same for a draft and a writer who were asked about already.
///
/// # Errors
/// `Stale` and `Invalid` as above.
pub(super) fn write_into(act: &mut Act<'_>, application: &Application, by: PersonId, sent: Sent) -> Result<Recorded<Written>> {
    let id = application.id;
    let part = match &sent.what {
        What::All(content, _) => content.part(),
        What::Form(part, _) | What::Boxes(part, _) | What::Sheet(part, _) => *part,
    };
    let mut kept = Kept::find(act, id, part)?;
    // The plan's rows come from the logframe.
    let logframe = if part == Part::Plan { Some(logframe_of(act, id)?) } else { None };
    let by_itself = matches!(sent.what, What::Boxes(..));
    let (mut meanwhile, mut stayed) = (vec![], vec![]);
    let mut content = match sent.what {
        What::All(_, Some(version)) if version != kept.version => return Err(Error::Stale),
        What::All(content, _) => *content,
        What::Form(_, typed) | What::Boxes(_, typed) => {
            let mut boxes = boxes::of(&planned(kept.content.clone(), logframe.as_ref()));
            meanwhile = merge(&mut boxes, &typed, !by_itself);
            boxes::content(part, &boxes)
        }
        What::Sheet(_, sheet) => {
            let mut boxes = boxes::of(&kept.content);
            (meanwhile, stayed) = lay(&mut boxes, &sheet);
            let content = boxes::content(part, &boxes);
            kept.removed.fill(&boxes::of(&kept.content), &boxes::of(&content), act.now);
            content
        }
    };
    let focus = match &sent.pressed {
        Some((verb, what)) => press(act, application, &mut content, verb, what, &mut kept.removed)?,
        None => None,
    };
    if let (PartContent::Plan(plan), Some(logframe)) = (&mut content, &logframe) {
        *plan = plan::tidy(std::mem::take(&mut plan.rows), logframe);
    }
    let mut content = cleaned(content)?;
    choose_only_tier(act, application, &mut content)?;
    let boxes = boxes::of(&content);
    Ok(keep(act, application, &kept, content, by, by_itself)?.map(|saved| Written { saved, boxes, meanwhile, stayed, focus, before: kept.before }))
}

/// Does what a button says; the answer is the field in which its writer goes on. A row that it takes out is kept apart for `back`.
fn press(act: &mut Act<'_>, application: &Application, content: &mut PartContent, verb: &str, what: &str, removed: &mut Bin) -> Result<Option<String>> {
    let before = boxes::of(content);
    if verb == "back" {
        let mut boxes = before;
        let focus = removed.bring_back(what, &mut boxes);
        *content = boxes::content(content.part(), &boxes);
        return Ok(focus);
    }
    let caps = caps_for(act, application, verb)?;
    let focus = buttons::press(content, verb, what, &caps, &removed.keys());
    if verb == "del" {
        removed.fill(&before, &boxes::of(content), act.now);
    }
    Ok(focus)
}

/// Where the call has one size of grant only, it is chosen.
fn choose_only_tier(act: &mut Act<'_>, application: &Application, content: &mut PartContent) -> Result<()> {
    if let PartContent::Summary(summary) = content
        && summary.tier.is_empty()
        && let Some(only) = records::round_of(act.conn, application)?.terms.only_tier()
    {
        summary.tier.clone_from(&only.key);
    }
    Ok(())
}

/// The part with a row for every activity, where it is the plan.
fn planned(content: PartContent, logframe: Option<&Logframe>) -> PartContent {
    match (content, logframe) {
        (PartContent::Plan(plan), Some(logframe)) => PartContent::Plan(plan::complete(&plan, logframe)),
        (other, _) => other,
    }
}

fn logframe_of(act: &mut Act<'_>, id: ApplicationId) -> Result<Logframe> {
    match records::part(act.conn, id, Part::Logframe)?.0 {
        PartContent::Logframe(logframe) => Ok(logframe),
        _ => Err(fault("the logframe's part is no logframe")),
    }
}

/// Only the button that fills in the most allowed must know the call's caps.
fn caps_for(act: &mut Act<'_>, application: &Application, verb: &str) -> Result<Caps> {
    if verb != "fill" {
        return Ok(Caps::NONE);
    }
    Ok(records::round_of(act.conn, application)?.terms.caps_of(&application.tier))
}

fn writable(act: &mut Act<'_>, id: ApplicationId) -> Result<(Application, PersonId)> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    unless(rules::writing(&application))?;
    Ok((application, act.actor.person.ok_or(Error::Forbidden)?))
}

/// A part as it is kept, with what the next save must know.
struct Kept {
    content: PartContent,
    version: i32,
    /// Who saved it last and when.
    before: Option<(PersonId, Instant)>,
    /// When the log last had an entry about it.
    noted_at: Option<Instant>,
    removed: Bin,
}
impl Kept {
    fn find(act: &mut Act<'_>, id: ApplicationId, part: Part) -> Result<Self> {
        Ok(match records::stored_part(act.conn, id, part)? {
            Some(stored) => Self {
                content: PartContent::read(part, &stored.content).map_err(fault)?,
                version: stored.version,
                before: Some((stored.changed_by, stored.changed_at)),
                noted_at: Some(stored.noted_at),
                removed: Bin::read(&stored.removed)?,
            },
            None => Self { content: PartContent::empty(part), version: 0, before: None, noted_at: None, removed: Bin::default() },
        })
    }
}

fn cleaned(content: PartContent) -> Result<PartContent> {
    let mut content = content.cleaned().map_err(fault)?;
    if let PartContent::Declarations(declarations) = &mut content {
        // The wording that was agreed to is frozen at submission, never sent by a form.
        declarations.wordings.clear();
    }
    if let PartContent::Summary(summary) = &mut content
        && let Ok(day) = summary.starts_on.parse::<Day>()
    {
        // A box for days knows a day in one spelling only, and would show any other as empty.
        summary.starts_on = day.to_string();
    }
    if let PartContent::Partners(partners) = &mut content {
        // So is what a partner signed: it is kept with who signed it.
        partners.partners.iter_mut().for_each(|partner| partner.signed = None);
    }
    Ok(content)
}

/// `in_a_run`: nobody pressed anything, so an entry of the last minutes by the same person stands for this save too.
fn keep(act: &mut Act<'_>, application: &Application, kept: &Kept, content: PartContent, by: PersonId, in_a_run: bool) -> Result<Recorded<Saved>> {
    let json = content.written().map_err(fault)?;
    if json.len() > MOST_BYTES {
        return Err(Error::invalid(Reason::new("too-large", "", |t| t.too_large_text("500 kB"))));
    }
    let (id, part) = (application.id, content.part());
    let same = in_a_run && kept.before.is_some_and(|(who, _)| who == by);
    let run = act.run(kept.noted_at.filter(|_| same));
    let stored = super::StoredPart {
        application_id: id,
        part,
        version: kept.version + 1,
        changed_at: act.now,
        changed_by: by,
        noted_at: run.unwrap_or(act.now),
        content: json,
        removed: kept.removed.written()?,
    };
    records::put_part(act.conn, &stored)?;
    records::keep_in_step(act.conn, application, &content, act.now)?;
    if let (PartContent::Partners(before), PartContent::Partners(now)) = (&kept.content, &content)
        && before.partners.iter().any(|partner| now.partners.iter().all(|other| other.key != partner.key))
    {
        partnerships::end_without_rows(act, application, now)?;
    }
    let saved = Saved { part, version: stored.version, saved_at: act.now };
    if let Some(entry) = run {
        return act.covered_by(entry, saved);
    }
    act.record(
        &PartSaved { application: id, part, version: stored.version, sha256: fingerprint(stored.content.as_bytes()), programme: application.programme_id },
        saved,
    )
}

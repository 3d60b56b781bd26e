//! Budget and logframe as Excel workbooks: the download, and the page that shows what a filled-in one would change. That page carries
//! everything in its form and sends it as the part's own form does, so nothing is kept in between and nothing changes before it is sent.
use super::content::PartContent;
use super::part_pages::{self, Form, Opened};
use super::workbook::about::{About, SHEET};
use super::workbook::budget_sheet::{self, Source};
use super::workbook::changes::{self, Change, Fate, Speech, Sum};
use super::workbook::rules::{self, Filled};
use super::workbook::{Whose, logframe_sheet, opening};
use super::{Part, boxes, budget, logframe, reading};
use crate::calls::Caps;
use crate::kernel::merging::{Boxes, lay, row_of};
use crate::kernel::{ApplicationId, Error, Reason, Result, Tr, fingerprint, folded};
use crate::web::{Answer, Door, Link, Page, Upload, Visit, get, percent_encoded, post};
use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/budget/workbook", |visit: Visit, path: Address| download(visit, path, Part::Budget)),
        post("/applications/{application}/budget/workbook", |visit: Visit, path: Address, form: Multipart| upload(visit, path, form, Part::Budget)),
        get("/applications/{application}/logframe/workbook", |visit: Visit, path: Address| download(visit, path, Part::Logframe)),
        post("/applications/{application}/logframe/workbook", |visit: Visit, path: Address, form: Multipart| upload(visit, path, form, Part::Logframe)),
    ]
}

type Address = web::Path<ApplicationId>;

async fn download(visit: Visit, path: Address, part: Part) -> Answer {
    let opened = part_pages::opened(&visit, path.into_inner(), part).await?;
    let t = visit.t();
    let name = file_name(&opened, t);
    let bytes = visit.off_thread(move || workbook(&opened, t)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent_encoded(&name))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}

/// `buxheti-r1-22.xlsx`, before there is a code with the first words of the title.
fn file_name(opened: &Opened, t: Tr) -> String {
    let application = &opened.application;
    let whose = application.code.as_deref().unwrap_or(&application.title);
    let named = format!("{} {whose}", reading::step_label(opened.part.as_str(), t));
    let plain = folded(&named);
    let mut words: Vec<&str> = vec![];
    for word in plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if words.iter().map(|known| known.len() + 1).sum::<usize>() + word.len() > 60 {
            break;
        }
        words.push(word);
    }
    format!("{}.xlsx", words.join("-"))
}

/// So many characters a cell of Excel holds. A draft may hold more until it is submitted.
const CELL: usize = 32_767;

fn workbook(opened: &Opened, t: Tr) -> Result<Vec<u8>> {
    let (file, round) = (&opened.file, &opened.round);
    let long = opened.boxes().iter().flat_map(|(_, values)| values).find(|text| text.chars().count() > CELL).cloned();
    if let Some(long) = long {
        let begins: String = long.chars().take(40).collect();
        return Err(Error::refused(Reason::new("too-long-for-excel", "", |t| t.workbook_too_long(begins.as_str()))));
    }
    let names = [file.summary.title.as_str(), file.organisation.name.as_str(), round.terms.name.say(t)];
    let named = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ");
    let whose = Whose { application: opened.application.id, version: opened.version, named };
    if opened.part == Part::Logframe {
        return logframe_sheet::write(&file.logframe, &whose, t);
    }
    let source = Source {
        budget: &file.budget,
        logframe: &file.logframe,
        partners: &file.partners,
        lead: &file.organisation.name,
        caps: round.terms.decided_caps(&file.summary.tier),
        tier: round.tier(&file.summary.tier),
    };
    budget_sheet::write(&source, &whose, t)
}

/// A row that the workbook would change, in words.
#[derive(serde::Serialize)]
struct Shown {
    fate: Fate,
    row: String,
    /// Its first cell; nothing where the row is not in the workbook.
    cell: String,
    before: Vec<(&'static str, String)>,
    after: Vec<(&'static str, String)>,
}

/// A box that somebody else changed since the workbook was made.
#[derive(serde::Serialize)]
struct Both {
    name: String,
    words: String,
    theirs: String,
    ours: String,
}

/// What taking the workbook over would mean.
#[derive(serde::Serialize, Default)]
struct Proposal {
    /// Wrong cells: as long as there are any, nothing can be taken over.
    faults: Vec<Reason>,
    changes: Vec<Shown>,
    both: Vec<Both>,
    /// Rows that stay because somebody else changed them, although the workbook has them no more.
    stayed: Vec<String>,
    sums: Vec<Sum>,
    /// What would still be in the way of submitting, each with its cell.
    complaints: Vec<Reason>,
    /// Somebody saved the part after the workbook was made.
    is_older: bool,
    /// Only the order of rows differs.
    is_reordered: bool,
    /// What its form sends.
    #[serde(skip)]
    boxes: Vec<(String, String)>,
    #[serde(skip)]
    gone: Vec<String>,
}
impl Proposal {
    fn is_ready(&self) -> bool {
        !self.changes.is_empty() || !self.both.is_empty() || self.is_reordered
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/workbook.html")]
struct WorkbookPage {
    #[serde(skip)]
    p: Page,
    form: Form,
    /// None where the file could not be read at all.
    proposal: Option<Proposal>,
}
impl WorkbookPage {
    /// Nothing can be taken over: another file is asked for.
    fn must_come_again(&self) -> bool {
        self.proposal.as_ref().is_none_or(|proposal| !proposal.faults.is_empty())
    }
}

/// Who may write here is asked before anything is read.
async fn upload(visit: Visit, path: Address, form: Multipart, part: Part) -> Answer {
    let opened = part_pages::opened(&visit, path.into_inner(), part).await?;
    if !opened.writable {
        return Err(Error::refused(Reason::new("not-writable", "", |t| t.part_locked().into())));
    }
    let sent = match Upload::held(&visit, form, opening::MOST_BYTES).await {
        Ok(sent) => sent,
        Err(Error::Invalid(reasons)) => return page(&visit, &opened, Err(reasons)),
        Err(other) => return Err(other),
    };
    let Some((name, bytes)) = sent else {
        return page(&visit, &opened, Err(vec![Reason::new("no-file", "workbook", |t| t.workbook_choose_file().into())]));
    };
    let t = visit.t();
    let (opened, judged) = visit
        .off_thread(move || {
            let judged = judge(&opened, bytes, &name, t);
            Ok((opened, judged))
        })
        .await?;
    page(&visit, &opened, judged.map_err(|reason| vec![reason]))
}

fn page(visit: &Visit, opened: &Opened, judged: std::result::Result<Proposal, Vec<Reason>>) -> Answer {
    let t = visit.t();
    let part = reading::step_label(opened.part.as_str(), t);
    let mut p = opened.page(visit, t.workbook_title(), &[], None);
    let here = format!("/applications/{}/{}", opened.application.id, opened.part);
    let last = p.crumbs.len().saturating_sub(1);
    p.crumbs.insert(last, Link::new(part, here.clone()));
    // What was sent is not asked for again in another language: the link leads to the part.
    p.path = here;
    let (proposal, reasons) = match judged {
        Ok(proposal) => (Some(proposal), vec![]),
        Err(reasons) => (None, reasons),
    };
    p.errors = reasons;
    let view = WorkbookPage { form: opened.form(visit, None), proposal, p };
    if view.must_come_again() { visit.show_again(&view) } else { visit.show(&view) }
}

/// What the file says, held against the draft.
fn judge(opened: &Opened, bytes: Vec<u8>, name: &str, t: Tr) -> std::result::Result<Proposal, Reason> {
    let seed = fingerprint(&bytes).get(..7).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
    let mut workbook = opening::open(bytes, name).map_err(|closed| closed.reason(name))?;
    let about = About::read(&workbook.sheet(SHEET).map_err(|closed| closed.reason(name))?)?;
    if about.application != opened.application.id {
        return Err(Reason::new("workbook-other-application", "workbook", |t| t.workbook_other_application().into()));
    }
    if about.part != opened.part {
        return Err(Reason::new("workbook-other-part", "workbook", |t| t.workbook_other_part(reading::step_label(about.part.as_str(), t))));
    }
    let sheet = workbook.sheet(&about.sheet).map_err(|closed| closed.reason(name))?;
    let kept = opened.boxes();
    let filled = rules::read(&sheet, &about, &kept, seed);
    if filled.faults.is_empty() {
        Ok(Proposal { is_older: about.version != opened.version, ..propose(opened, &kept, &filled, t) })
    } else {
        Ok(Proposal { faults: filled.faults, ..Proposal::default() })
    }
}

fn propose(opened: &Opened, kept: &Boxes, filled: &Filled, t: Tr) -> Proposal {
    let mut laid = kept.clone();
    let (meanwhile, stayed) = lay(&mut laid, &filled.sheet);
    let (before, after) = (boxes::content(opened.part, kept), boxes::content(opened.part, &laid));
    let changes = changes::between(kept, &laid);
    let speech = Speech::new(&opened.file, &before, &after, t);
    let mut sent = laid.clone();
    for one in &meanwhile {
        sent.put_all(&one.name, one.typed.clone());
    }
    let both = meanwhile.iter().map(|one| Both {
        words: [speech.row(row_of(&one.name)).as_str(), speech.field(&one.name)].join(" · "),
        theirs: speech.text(&one.name, &one.theirs),
        ours: speech.text(&one.name, &one.typed.join("\n")),
        name: one.name.clone(),
    });
    Proposal {
        is_reordered: changes.is_empty() && before != after,
        both: both.collect(),
        stayed: stayed.iter().map(|row| speech.row(row)).collect(),
        gone: changes.iter().filter(|change| change.fate == Fate::Removed).map(|change| change.row.clone()).collect(),
        changes: changes.iter().map(|change| shown(change, &speech, filled)).collect(),
        sums: sums(opened, &before, &after, t),
        complaints: complaints(opened, &after, filled),
        boxes: sent.pairs(),
        ..Proposal::default()
    }
}

fn shown(change: &Change, speech: &Speech<'_>, filled: &Filled) -> Shown {
    let texts = |which: fn(&(String, String, String)) -> &str| -> Vec<(&'static str, String)> {
        let said = |one: &(String, String, String)| (speech.field(&one.0), speech.text(&one.0, which(one)));
        // Of a row that comes or goes only what it says; of one that changes also what is empty.
        change.boxes.iter().map(said).filter(|(_, text)| change.fate == Fate::Changed || !text.is_empty()).collect()
    };
    // A row is named by the cell that says what it is.
    let names = ["description", "text"].map(|field| format!("{}.{field}", change.row));
    Shown {
        fate: change.fate,
        row: speech.row(&change.row),
        cell: names.iter().chain([&change.row]).find_map(|name| filled.places.get(name)).cloned().unwrap_or_default(),
        before: texts(|(_, before, _)| before),
        after: texts(|(_, _, after)| after),
    }
}

fn sums(opened: &Opened, before: &PartContent, after: &PartContent, t: Tr) -> Vec<Sum> {
    let (PartContent::Budget(before), PartContent::Budget(after)) = (before, after) else { return vec![] };
    let caps = opened.round.terms.decided_caps(&opened.file.summary.tier).unwrap_or(Caps::NONE);
    changes::sums(&budget::totals(before, &caps), &budget::totals(after, &caps), t)
}

fn complaints(opened: &Opened, after: &PartContent, filled: &Filled) -> Vec<Reason> {
    let (file, round) = (&opened.file, &opened.round);
    let reasons = match after {
        PartContent::Budget(budget) => {
            let caps = round.terms.decided_caps(&file.summary.tier).unwrap_or(Caps::NONE);
            budget::complaints(budget, &file.partners, &caps, round.tier(&file.summary.tier))
        }
        PartContent::Logframe(logframe) => logframe::complaints(logframe),
        _ => vec![],
    };
    let named = |reason: Reason| {
        let field = part_pages::on_page(&reason).at;
        match filled.places.get(&field) {
            Some(place) => Reason::new(&reason.code, reason.at.clone(), |t| format!("{place}: {}", reason.text.say(t))),
            None => reason,
        }
    };
    reasons.into_iter().map(named).collect()
}

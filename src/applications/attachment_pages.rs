//! The page of the papers that the call asks for: a checklist with an upload each, what the organisation's profile has of them, what is
//! there twice or no longer valid.
use super::actions::{self, Kept, Paper};
use super::content::PartnerSignature;
use super::papers::Attached;
use super::part_pages::{Form, Opened};
use super::rules::{Space, Twin, Worth};
use super::{Attachment, Part, part_pages, records, rules, sending};
use crate::accounts::{OrganisationPaper, paper_records, paper_rules};
use crate::calls::{Document, Round};
use crate::kernel::{Actor, ApplicationId, AttachmentId, Bilingual, Day, Error, FileKind, Instant, OrganisationId, PaperId, Reason, Result, Scan, Tr};
use crate::store::Conn;
use crate::web::{Answer, Door, Fields, Limits, Page, Upload, Visit, get, post};
use crate::workflow::Files;
use actix_multipart::Multipart;
use actix_web::web;
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/applications/{application}/attachments", show).api("The documents that the call asks for, and those that are there."),
        post("/applications/{application}/attachments", upload),
        post("/applications/{application}/attachments/kept", take_kept).api("Attaches a paper of the organisation's profile: `document` and `paper`."),
        post("/attachments/{attachment}/validity", date).of("/applications").api("Says until when a paper is valid: `valid_until`."),
        post("/attachments/{attachment}/removal", remove).of("/applications"),
    ]
}

/// A document that the call asks for, with what is there.
#[derive(serde::Serialize)]
struct Slot {
    key: String,
    name: Bilingual,
    hint: Bilingual,
    partner: String,
    required: bool,
    /// What the partner's own person signed in the system instead.
    signed: Option<PartnerSignature>,
    /// Where it is ready to be printed and signed; empty where there is no such thing.
    model: String,
    kinds: Vec<FileKind>,
    megabytes: i64,
    /// Its last valid day is asked for.
    validity: bool,
    /// Whether the organisation's profile keeps such papers.
    keepable: bool,
    papers: Vec<There>,
    kept: Vec<Offered>,
    coming: Vec<Coming>,
}
impl Slot {
    fn endings(&self) -> String {
        FileKind::all_endings(&self.kinds)
    }
    const fn most_bytes(&self) -> i64 {
        1_000_000 * self.megabytes
    }
    fn taken(&self, t: &Tr) -> String {
        t.paper_taken(FileKind::listed(&self.kinds, t), self.megabytes)
    }
}

#[derive(serde::Serialize)]
struct There {
    id: AttachmentId,
    name: String,
    bytes: i64,
    uploaded_at: Instant,
    valid_until: Option<Day>,
    /// Its last day is over, or the call wants one that is later.
    too_old: bool,
    /// The document under which the very same file is there too.
    twin: Option<Bilingual>,
    scan: Option<Scan>,
}

/// A file that began to come, and of which a part is here.
#[derive(Clone, serde::Serialize)]
struct Coming {
    name: String,
    got: i64,
    bytes: i64,
}

/// A paper of the organisation's profile that could be this document.
#[derive(serde::Serialize)]
struct Offered {
    id: PaperId,
    name: String,
    valid_until: Option<Day>,
    worth: Worth,
}
impl Offered {
    fn is_usable(&self) -> bool {
        matches!(self.worth, Worth::Good | Worth::Unsaid)
    }
    /// In words: "valid until 31 December 2017", or why it is of no use.
    fn said(&self, t: &Tr) -> String {
        match (self.worth, self.valid_until) {
            (Worth::Expired, Some(last)) => t.paper_expired_on(t.day(last)),
            (Worth::TooShort, Some(last)) => t.paper_too_short(t.day(last)),
            (_, Some(last)) => t.paper_valid_until(t.day(last)),
            (_, None) => String::new(),
        }
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/attachments.html")]
struct AttachmentsPage {
    #[serde(skip)]
    p: Page,
    application: ApplicationId,
    organisation: OrganisationId,
    writable: bool,
    /// When the call closes, and what a change would take away.
    #[serde(skip)]
    form: Form,
    slots: Vec<Slot>,
    /// Papers of partners who are no longer in the application, or that the call does not ask for any more.
    others: Vec<There>,
    shortfalls: Vec<Reason>,
    space: Space,
    all_megabytes: i64,
    most_papers: usize,
    /// What was typed beside a file that was refused, and under which document.
    #[serde(skip)]
    typed: Fields,
}
impl AttachmentsPage {
    fn typed<'f>(&'f self, slot: &Slot, name: &str) -> &'f str {
        if self.typed.raw("document") == slot.key { self.typed.raw(name) } else { "" }
    }
}

/// Everything that the page looks at.
struct Looked {
    opened: Opened,
    papers: Vec<Attachment>,
    profile: Vec<OrganisationPaper>,
    /// What this person began to send, by document, with how much of it is here.
    coming: Vec<(String, Coming)>,
}

fn look(conn: &mut Conn, files: &Files, actor: &Actor, id: ApplicationId, now: Instant) -> Result<Looked> {
    // Papers are no part of their own: they hang at the application, so any part's page opens them.
    let opened = part_pages::open(conn, actor, id, Part::Partners, now)?;
    let papers = records::attachments(conn, id)?;
    let profile = paper_records::papers_of(conn, opened.application.organisation_id)?;
    let mut coming = vec![];
    for one in sending::unfinished(conn, actor, id)? {
        let got = files.length(&one.id.to_string())?;
        if got > 0 {
            coming.push((one.document, Coming { name: one.name, got, bytes: one.bytes }));
        }
    }
    Ok(Looked { opened, papers, profile, coming })
}

async fn looked(visit: &Visit, id: ApplicationId) -> Result<Looked> {
    let (actor, now, files) = (visit.actor()?, visit.now(), visit.app.files.clone());
    visit.read(move |conn| look(conn, &files, &actor, id, now)).await
}

impl Looked {
    fn there(&self, paper: &Attachment, document: Option<&Document>, today: Day) -> There {
        let named = rules::papers(&self.opened.file, &self.opened.round);
        let same = self.papers.iter().filter(|other| other.sha256 == paper.sha256 && other.document != paper.document);
        let twin =
            same.filter_map(|other| named.iter().find(|(key, _, _)| *key == other.document)).map(|(_, asked, partner)| rules::called(asked, *partner)).next();
        let closing = self.opened.round.closes_at.day();
        let worth = document.map(|document| rules::worth(paper.valid_until, document, closing, today));
        There {
            id: paper.id,
            name: paper.name.clone(),
            bytes: paper.bytes,
            uploaded_at: paper.uploaded_at,
            valid_until: paper.valid_until,
            too_old: matches!(worth, Some(Worth::Expired | Worth::TooShort)),
            twin,
            scan: self.opened.file.attachments.iter().find(|note| note.sha256 == paper.sha256).and_then(|note| note.scan),
        }
    }
    /// The declaration of the applicant, or of the partner whose key stands behind the document's.
    fn model_of(&self, key: &str) -> String {
        let address = format!("/applications/{}/declaration.pdf", self.opened.application.id);
        key.split_once('.').map_or_else(|| address.clone(), |(_, partner)| format!("{address}?partner={partner}"))
    }
    fn slot(&self, key: &str, document: &Document, partner: Option<&str>, today: Day) -> Slot {
        let (round, kind) = (&self.opened.round, rules::kept_as(&self.opened.round, key));
        let papers: Vec<&Attachment> = self.papers.iter().filter(|paper| paper.document == key).collect();
        let fresh = |kept: &&OrganisationPaper| Some(kept.kind) == kind && papers.iter().all(|paper| paper.sha256 != kept.sha256);
        let offered = |kept: &OrganisationPaper| Offered {
            id: kept.id,
            name: kept.name.clone(),
            valid_until: kept.valid_until,
            worth: rules::worth(kept.valid_until, document, round.closes_at.day(), today),
        };
        Slot {
            key: key.to_owned(),
            name: document.name.clone(),
            hint: document.hint.clone(),
            partner: partner.unwrap_or_default().to_owned(),
            required: rules::must_bring(&self.opened.file, key, document),
            signed: rules::signed_here(&self.opened.file, key, document).cloned(),
            model: if document.model && crate::workflow::pdf::HERE { self.model_of(key) } else { String::new() },
            kinds: document.taken().to_vec(),
            megabytes: document.most_bytes() / 1_000_000,
            validity: document.validity,
            keepable: kind.is_some(),
            kept: self.profile.iter().filter(fresh).map(offered).collect(),
            papers: papers.iter().map(|paper| self.there(paper, Some(document), today)).collect(),
            coming: self.coming.iter().filter(|(document, _)| document == key).map(|(_, one)| one.clone()).collect(),
        }
    }
}

fn view(visit: &Visit, looked: &Looked, reasons: Vec<Reason>, typed: Fields) -> AttachmentsPage {
    let opened = &looked.opened;
    let today = visit.now().day();
    let named = rules::papers(&opened.file, &opened.round);
    let others = looked.papers.iter().filter(|paper| !named.iter().any(|(key, _, _)| *key == paper.document));
    let shortfalls = rules::shortfalls_of(&opened.file, &opened.round).into_iter().filter(|reason| rules::part_of(reason) == "attachments");
    let mut p = opened.page(visit, visit.t().application_step_attachments(), &[], None);
    p.errors = reasons;
    AttachmentsPage {
        application: opened.application.id,
        organisation: opened.application.organisation_id,
        writable: opened.writable,
        form: opened.form(visit, None),
        slots: named.iter().map(|(key, document, partner)| looked.slot(key, document, *partner, today)).collect(),
        others: others.map(|paper| looked.there(paper, None, today)).collect(),
        shortfalls: shortfalls.collect(),
        space: rules::space(&opened.file),
        all_megabytes: rules::MOST_BYTES / 1_000_000,
        most_papers: rules::MOST_PAPERS,
        typed,
        p,
    }
}

async fn show(visit: Visit, path: web::Path<ApplicationId>) -> Answer {
    let looked = looked(&visit, path.into_inner()).await?;
    visit.show(&view(&visit, &looked, vec![], Fields::default()))
}

/// The page again: what stands in the way beside its document, and what was typed there.
async fn again(visit: &Visit, id: ApplicationId, reasons: Vec<Reason>, typed: Fields) -> Answer {
    let looked = looked(visit, id).await?;
    visit.show_again(&view(visit, &looked, reasons, typed))
}

/// What may be sent under this document; the house's own limits where the call knows no such document.
pub(super) fn limits_of(round: &Round, key: &str) -> Limits {
    rules::document_of(round, key).map_or_else(Limits::default, |document| Limits { bytes: document.most_bytes(), kinds: document.taken().to_vec() })
}

/// Every complaint about a document stands beside it, whatever the file box was called.
pub(super) fn beside(document: &str, reasons: Vec<Reason>) -> Vec<Reason> {
    let at = |reason: &Reason| if reason.at.starts_with("until-") { reason.at.clone() } else { document.to_owned() };
    reasons.into_iter().map(|reason| Reason { at: at(&reason), ..reason }).collect()
}

/// Who may write here is asked before anything reaches the disk.
async fn upload(visit: Visit, path: web::Path<ApplicationId>, form: Multipart) -> Answer {
    let id = path.into_inner();
    let opened = looked(&visit, id).await?.opened;
    if !opened.writable {
        return Err(Error::refused(Reason::new("not-writable", "", |t| t.part_locked().into())));
    }
    let (sent, refused) = Upload::read_kindly(&visit, form, |fields| limits_of(&opened.round, fields.raw("document"))).await?;
    let (fields, document) = (sent.fields.clone(), sent.fields.get("document"));
    if !refused.is_empty() {
        return again(&visit, id, beside(&document, refused), fields).await;
    }
    let Some(file) = sent.file else {
        let reasons = vec![Reason::new("no-file", &*document, |t| t.application_choose_file().into())];
        return again(&visit, id, reasons, fields).await;
    };
    let paper = Paper { document: document.clone(), stored: file.stored, name: file.name, media_type: file.media_type.to_owned() };
    let (kept, unread) = kept_of(&fields, &document);
    match visit.perform(move |act| actions::attach_with(act, id, paper, kept)).await {
        // The file is here; its day is asked for again.
        Ok(_) if unread.is_some() => again(&visit, id, unread.into_iter().collect(), fields).await,
        Ok(attached) => {
            let notice = notice(&attached, visit.t());
            visit.done(&format!("/applications/{id}/attachments#slot-{document}"), &notice, &attached)
        }
        Err(Error::Refused(reasons)) => again(&visit, id, beside(&document, reasons), fields).await,
        Err(other) => Err(other),
    }
}

/// What stands beside the file: its last day, and whether the profile keeps it too. A day that cannot be read is a complaint.
pub(super) fn kept_of(fields: &Fields, document: &str) -> (Kept, Option<Reason>) {
    let (valid_until, unread) = match paper_rules::last_day(fields.raw("valid_until"), &format!("until-{document}")) {
        Ok(day) => (day, None),
        Err(reason) => (None, Some(reason)),
    };
    (Kept { valid_until, in_profile: fields.raw("keep") == "yes" && unread.is_none() }, unread)
}

/// What is said of a paper that has come: also where it was there before, and where the profile did not take it.
pub(super) fn notice(attached: &Attached, t: Tr) -> String {
    let name = attached.attachment.name.as_str();
    let first = match &attached.twin {
        Some(Twin::Same) => t.paper_sent_again(name),
        Some(Twin::Elsewhere(document)) => t.paper_elsewhere(document.say(t), name),
        None => t.application_paper_added(name),
    };
    let not_kept = attached.not_kept.iter().map(|reason| reason.text.say(t));
    std::iter::once(first.as_str()).chain(not_kept).collect::<Vec<_>>().join(" ")
}

async fn take_kept(visit: Visit, path: web::Path<ApplicationId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let document = fields.get("document");
    let paper: Option<PaperId> = fields.raw("paper").parse().ok();
    let key = document.clone();
    match visit.perform(move |act| actions::attach_kept(act, id, &key, paper)).await {
        Ok(attached) => {
            let notice = notice(&attached, visit.t());
            visit.done(&format!("/applications/{id}/attachments#slot-{document}"), &notice, &attached)
        }
        Err(Error::Refused(reasons)) if !visit.api => again(&visit, id, beside(&document, reasons), fields).await,
        Err(other) => Err(other),
    }
}

async fn date(visit: Visit, path: web::Path<AttachmentId>, fields: Fields) -> Answer {
    let (id, actor) = (path.into_inner(), visit.actor()?);
    let application = visit.read(move |conn| records::attachment(conn, &actor, id)).await?.1.id;
    let typed = fields.get("valid_until");
    match visit.perform(move |act| actions::set_validity(act, id, &typed)).await {
        Ok(paper) => visit.done(&format!("/applications/{application}/attachments#slot-{}", paper.document), visit.t().paper_dated(), &paper),
        Err(Error::Invalid(reasons)) if !visit.api => again(&visit, application, reasons, fields).await,
        Err(other) => Err(other),
    }
}

async fn remove(visit: Visit, path: web::Path<AttachmentId>, _fields: Fields) -> Answer {
    let id = path.into_inner();
    let removed = visit.perform(move |act| actions::detach(act, id)).await?;
    let notice = visit.t().application_paper_removed(removed.name.as_str());
    visit.done(&format!("/applications/{}/attachments#slot-{}", removed.application_id, removed.document), &notice, &removed)
}

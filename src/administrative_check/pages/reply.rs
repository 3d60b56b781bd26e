//! The applicant's page of one request: what is asked, until when, the answer with its files.
use crate::administrative_check::{Clarification, Paper, actions, records};
use crate::applications::{Application, Attachment};
use crate::kernel::{ApplicationId, AttachmentId, Bilingual, ClarificationId, Error, Instant, Reason, Result};
use crate::programmes::Programme;
use crate::web::{Answer as Shown, Fields, Limits, Link, Page, Upload, Visit};
use actix_multipart::Multipart;
use actix_web::web::Path;
use askama::Template;

#[derive(serde::Serialize)]
struct Item {
    key: String,
    words: Bilingual,
}

#[derive(Template, serde::Serialize)]
#[template(path = "administrative_check/clarification.html")]
struct ReplyPage {
    #[serde(skip)]
    p: Page,
    id: ApplicationId,
    code: String,
    title: String,
    clarification: Clarification,
    items: Vec<Item>,
    files: Vec<Attachment>,
    open: bool,
    /// Whether this person may answer.
    ours: bool,
    #[serde(skip)]
    office: String,
    #[serde(skip)]
    answer: String,
    #[serde(skip)]
    chosen: String,
}
impl ReplyPage {
    fn answered_at(&self) -> Option<Instant> {
        self.clarification.answered_at
    }
    fn words_of(&self, key: &str) -> String {
        self.items.iter().find(|item| item.key == key).map_or_else(String::new, |item| item.words.say(self.p.t).to_owned())
    }
}

struct Looked {
    application: Application,
    asked: Clarification,
    programme: Programme,
    items: Vec<Item>,
    files: Vec<Attachment>,
}

async fn look(visit: &Visit, application: ApplicationId, id: ClarificationId) -> Result<Looked> {
    let actor = visit.actor()?;
    visit
        .read(move |conn| {
            let (application, asked) = records::find_clarification(conn, &actor, application, id)?;
            let programme = crate::programmes::records::find(conn, application.programme_id)?;
            let round = crate::applications::records::round_of(conn, &application)?;
            let files = records::papers_of(conn, id, application.id)?;
            let items = asked.items_of(&round.terms.checklist).into_iter();
            let items = items.map(|line| Item { key: line.key.clone(), words: line.reason.clone() }).collect();
            Ok(Looked { application, asked, programme, items, files })
        })
        .await
}

fn view(visit: &Visit, looked: Looked, typed: Option<&Fields>) -> Result<ReplyPage> {
    let Looked { application, asked, programme, items, files } = looked;
    let actor = visit.actor()?;
    let code = application.code.unwrap_or_default();
    let crumbs = vec![Link::new(&*code, format!("/applications/{}", application.id)), Link::here(visit.t().check_question_title())];
    Ok(ReplyPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs),
        id: application.id,
        code,
        title: application.title,
        items,
        files,
        open: asked.takes_answers(visit.now()),
        ours: actor.writes_for(application.organisation_id),
        office: programme.terms.office.email.clone(),
        answer: typed.map_or_else(|| asked.answer.clone().unwrap_or_default(), |fields| fields.get("answer")),
        chosen: typed.map_or_else(String::new, |fields| fields.get("item")),
        clarification: asked,
    })
}

pub(super) async fn show(visit: Visit, path: Path<(ApplicationId, ClarificationId)>) -> Shown {
    let (application, id) = path.into_inner();
    let looked = look(&visit, application, id).await?;
    visit.show(&view(&visit, looked, None)?)
}

/// One form: keeps the text and one file (`do=keep`), or sends the answer (`do=send`).
pub(super) async fn send(visit: Visit, path: Path<(ApplicationId, ClarificationId)>, form: Multipart) -> Shown {
    let (application, id) = path.into_inner();
    // Before anything is read: a stranger's file never reaches the disk, nor does one for somebody else's request.
    let looked = look(&visit, application, id).await?;
    if !visit.actor()?.writes_for(looked.application.organisation_id) {
        return Err(Error::Forbidden);
    }
    let (upload, refused) = Upload::read_kindly(&visit, form, |_| Limits::default()).await?;
    let fields = upload.fields;
    if !refused.is_empty() {
        return again(&visit, looked, &fields, refused);
    }
    let text = fields.get("answer");
    let paper = upload.file.map(|file| Paper { line: fields.get("item"), stored: file.stored, name: file.name, media_type: file.media_type.into() });
    let here = format!("/applications/{application}/clarifications/{id}");
    let sends = fields.get("do") == "send";
    let done = if sends {
        visit.perform(move |act| actions::reply(act, application, id, &text, paper.as_ref()).map(|done| done.map(|_| ()))).await
    } else {
        visit.perform(move |act| actions::prepare_reply(act, application, id, &text, paper.as_ref())).await
    };
    match done {
        Ok(()) if sends => visit.done(&here, "", &()),
        Ok(()) => visit.done(&format!("{here}#files"), visit.t().check_question_kept(), &()),
        Err(Error::Invalid(reasons) | Error::Refused(reasons)) => {
            let looked = look(&visit, application, id).await?;
            again(&visit, looked, &fields, reasons)
        }
        Err(other) => Err(other),
    }
}

/// The page again, with what was typed and what must be fixed.
fn again(visit: &Visit, looked: Looked, typed: &Fields, reasons: Vec<Reason>) -> Shown {
    let mut view = view(visit, looked, Some(typed))?;
    view.p = view.p.with_errors(reasons);
    visit.show_again(&view)
}

pub(super) async fn remove(visit: Visit, path: Path<(ApplicationId, ClarificationId, AttachmentId)>, _: Fields) -> Shown {
    let (application, id, paper) = path.into_inner();
    visit.perform(move |act| actions::remove_paper(act, application, id, paper)).await?;
    visit.done(&format!("/applications/{application}/clarifications/{id}#files"), visit.t().check_question_removed(), &())
}

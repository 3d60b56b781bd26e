//! Pages of a partner's person: the application's task list, their own part, their own signature. And the buttons of those who lead:
//! inviting a partner, ending its access.
use super::content::{PartContent, Partner, Summary};
use super::part_pages::{self, Again, Form};
use super::partnerships::{self, Own, Signing};
use super::reading::{step_label, step_states};
use super::rules::{self, PartState};
use super::{Part, Status, boxes, draft_pages, records};
use crate::accounts::colleagues::colleague;
use crate::calls::Round;
use crate::kernel::merging::Boxes;
use crate::kernel::{ApplicationId, Bilingual, Error, Lang, PartnershipId, Reason, Result, clean};
use crate::programmes::places::{self, Place};
use crate::programmes::{self, Programme};
use crate::web::saving::{Colleague, base_of, shut_to_boxes, shut_to_form};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Their doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        post("/applications/{application}/partners/{partner}/invitation", ask_in).api("Invites a partner to write its own part and sign it."),
        get("/partnerships/{partnership}", show).api("A partner's own part of an application, and how far the whole is."),
        post("/partnerships/{partnership}", save),
        get("/partnerships/{partnership}/boxes", show_boxes).api("What stands in the boxes of a partner's own part, with their marks."),
        post("/partnerships/{partnership}/boxes", save_boxes).api("Saves single boxes of a partner's own part: `name`, `mark`, `text`."),
        post("/partnerships/{partnership}/signature", sign).api("Signs a partner's declaration: `signed_name`, `signed_as`, `agreed`."),
        post("/partnerships/{partnership}/end", end).of("/applications").api("Ends a partner's access to an application, by those who lead it."),
    ]
}

/// One line of the task list; only one's own part is open.
#[derive(serde::Serialize)]
struct Step {
    number: usize,
    step: &'static str,
    #[serde(skip)]
    label: &'static str,
    #[serde(flatten)]
    state: PartState,
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/own_part.html")]
struct OwnPage {
    #[serde(skip)]
    p: Page,
    id: PartnershipId,
    title: String,
    lead: String,
    round: Bilingual,
    status: Status,
    form: Form,
    writable: bool,
    partner: Partner,
    /// What the part still lacks; a signature comes after it.
    missing: Vec<Reason>,
    steps: Vec<Step>,
    wording: Bilingual,
    /// It was signed, and says something else now.
    outdated: bool,
    signed_name: String,
    signed_as: String,
    /// What the partner declares to know: the project in short.
    project: Summary,
    #[serde(skip)]
    places: &'static [Place],
}
impl OwnPage {
    fn field(&self, name: &str) -> String {
        format!("partners.{}.{name}", self.partner.key)
    }
    fn place(&self) -> &str {
        places::name(&self.partner.municipality)
    }
    /// In the language of the page, where it was written in that.
    fn in_short(&self) -> &str {
        let Summary { summary_sq, summary_en, .. } = &self.project;
        let (first, other) = if self.p.lang == Lang::Sq { (summary_sq, summary_en) } else { (summary_en, summary_sq) };
        if first.trim().is_empty() { other } else { first }
    }
    fn area(&self) -> String {
        self.project.municipalities.iter().map(|code| places::name(code)).collect::<Vec<_>>().join(", ")
    }
}

/// What the page looks at.
struct Looked {
    own: Own,
    round: Round,
    programme: Programme,
    colleague: Option<Colleague>,
}

async fn looked(visit: &Visit, id: PartnershipId) -> Result<Looked> {
    let (actor, now) = (visit.actor()?, visit.now());
    visit
        .read(move |conn| {
            let own = partnerships::open(conn, &actor, id)?;
            let round = records::round_of(conn, &own.application)?;
            let programme = programmes::records::find(conn, own.application.programme_id)?;
            let last = own.stored.as_ref().map(|stored| (stored.changed_by, stored.changed_at));
            let colleague = last.map(|(who, at)| colleague(conn, &actor, who, at, now)).transpose()?.flatten();
            Ok(Looked { own, round, programme, colleague })
        })
        .await
}

/// The boxes of this partner alone.
fn own_boxes(partner: &Partner) -> Boxes {
    boxes::of(&PartContent::Partners(super::content::Partners { partners: vec![partner.clone()] }))
}

fn form_of(visit: &Visit, looked: &Looked, again: Option<&Again>) -> Form {
    let own = &looked.own;
    Form {
        application: own.application.id,
        part: Part::Partners,
        version: own.stored.as_ref().map_or(0, |stored| stored.version),
        base: base_of(&own_boxes(&own.partner)),
        saved_at: own.stored.as_ref().map(|stored| stored.changed_at),
        closes_at: looked.round.closes_at,
        now: visit.now(),
        colleague: looked.colleague.clone(),
        meanwhile: again.map(|again| again.meanwhile.clone()).unwrap_or_default(),
        ready: None,
        removed: vec![],
        writer: visit.maybe_actor().and_then(|actor| actor.person).map(|person| person.to_string()).unwrap_or_default(),
    }
}

/// The page; again with what was typed and what is wrong.
fn page(visit: &Visit, looked: Looked, again: Option<Again>, typed: Signing, complaints: Vec<Reason>) -> Answer {
    let t = visit.t();
    let form = form_of(visit, &looked, again.as_ref());
    let Looked { own, round, programme, .. } = looked;
    let failed = again.is_some() || !complaints.is_empty();
    let mut reasons = complaints;
    let mut partner = own.partner.clone();
    if let Some(again) = again {
        reasons.extend(again.reasons);
        if let PartContent::Partners(partners) = again.content {
            partner = partners.partners.into_iter().find(|row| row.key == partner.key).unwrap_or(partner);
        }
    }
    let draft = own.application.status == Status::Draft;
    let steps = if draft { step_states(&own.file, &round, &own.touched) } else { vec![] };
    let step = |(place, (step, state)): (usize, (&'static str, PartState))| Step { number: place + 1, step, label: step_label(step, t), state };
    let title = own.application.heading(t).to_owned();
    let crumbs = vec![Link::new(t.nav_my_applications(), "/applications"), Link::here(title.clone())];
    let view = OwnPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons.iter().map(part_pages::on_page).collect()),
        id: own.partnership.id,
        title,
        lead: own.application.organisation_name.clone(),
        status: own.application.status,
        form,
        writable: draft,
        missing: rules::partner_lacks(&own.partner).iter().map(part_pages::on_page).collect(),
        steps: steps.into_iter().enumerate().map(step).collect(),
        wording: round.terms.partner_wording(),
        outdated: own.partnership.signed_at.is_some() && own.partner.signed.is_none(),
        round: round.terms.name,
        partner,
        signed_name: typed.name,
        signed_as: typed.capacity,
        project: own.file.summary,
        places: places::all(),
    };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

async fn show(visit: Visit, path: Path<PartnershipId>) -> Answer {
    let looked = looked(&visit, path.into_inner()).await?;
    let typed = Signing { name: visit.actor()?.name.clone(), ..Signing::default() };
    page(&visit, looked, None, typed, vec![])
}

/// Saves what was typed; whoever may not write here any more gets it back.
async fn save(visit: Visit, path: Path<PartnershipId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let typed = part_pages::typed(Part::Partners, &fields);
    let written = match visit.perform(move |act| partnerships::write_own(act, id, typed)).await {
        Err(Error::NotFound) if !visit.api => return shut_to_form(&visit, &boxes::of(&boxes::read(Part::Partners, &fields))),
        other => other?,
    };
    if !written.meanwhile.is_empty() {
        let again = part_pages::both(Part::Partners, written);
        return page(&visit, looked(&visit, id).await?, Some(again), Signing::default(), vec![]);
    }
    let saved = visit.t().part_saved(visit.t().clock(written.saved.saved_at));
    visit.done(&format!("/partnerships/{id}"), &saved, &written.saved)
}

async fn show_boxes(visit: Visit, path: Path<PartnershipId>) -> Answer {
    let looked = looked(&visit, path.into_inner()).await?;
    let stored = looked.own.stored.as_ref();
    let state = draft_pages::Known {
        version: stored.map_or(0, |stored| stored.version),
        saved_at: stored.map(|stored| stored.changed_at),
        colleague: looked.colleague.clone(),
        out_of_size: None,
    };
    Ok(draft_pages::state(&visit, state, &own_boxes(&looked.own.partner)))
}

async fn save_boxes(visit: Visit, path: Path<PartnershipId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let typed = draft_pages::typed(&fields)?;
    let names: Vec<String> = typed.iter().map(|typed| typed.name.clone()).collect();
    let (actor, now) = (visit.actor()?, visit.now());
    let written = match visit.perform(move |act| partnerships::write_own(act, id, typed)).await {
        Err(Error::NotFound) => return Ok(shut_to_boxes(&visit)),
        other => other?,
    };
    let before = written.before;
    let others = visit.read(move |conn| Ok(before.map(|(who, at)| colleague(conn, &actor, who, at, now)).transpose()?.flatten())).await?;
    Ok(draft_pages::kept(&visit, &names, written, others, None))
}

async fn sign(visit: Visit, path: Path<PartnershipId>, fields: Fields) -> Answer {
    let id = path.into_inner();
    let typed = Signing { name: clean(fields.raw("signed_name")), capacity: clean(fields.raw("signed_as")), agreed: fields.has("agreed") };
    let signing = typed.clone();
    match visit.perform(move |act| partnerships::sign(act, id, &signing)).await {
        Ok(signature) => visit.done(&format!("/partnerships/{id}#sign"), visit.t().partner_signed_now(), &signature),
        Err(Error::Invalid(reasons)) if !visit.api => page(&visit, looked(&visit, id).await?, None, typed, reasons),
        Err(other) => Err(other),
    }
}

async fn ask_in(visit: Visit, path: Path<(ApplicationId, String)>, _: Fields) -> Answer {
    let (id, partner) = path.into_inner();
    invite(&visit, id, partner).await
}

/// Invites the partner of this row; afterwards its page says so.
pub async fn invite(visit: &Visit, id: ApplicationId, partner: String) -> Answer {
    let row = partner.clone();
    let invited = visit.perform(move |act| partnerships::invite(act, id, &partner)).await?;
    visit.done(&format!("/applications/{id}/partners#partners.{row}"), visit.t().partner_invited(), &invited)
}

async fn end(visit: Visit, path: Path<PartnershipId>, _: Fields) -> Answer {
    end_one(&visit, path.into_inner()).await
}

/// Ends a partner's access; afterwards the partners' page says so.
pub async fn end_one(visit: &Visit, id: PartnershipId) -> Answer {
    let application = visit.perform(move |act| partnerships::end(act, id)).await?;
    visit.done(&format!("/applications/{application}/partners"), visit.t().partner_was_ended(), &application)
}

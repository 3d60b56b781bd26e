//! The office's page for correcting a call: a changed file is shown as what it would change, and published with a reason.
use super::{Change, Entry, actions, records, rules};
use crate::applications::records as applications;
use crate::calls::file::{ParsedRound, read};
use crate::calls::pages::found;
use crate::calls::rules::{LONGEST_REASON, flaws, may_publish};
use crate::calls::{Phase, Round};
use crate::kernel::{Bilingual, Error, Reason, Result, must};
use crate::programmes::Programme;
use crate::web::{Answer, Door, Fields, Link, Page, Upload, Visit, get, post};
use actix_multipart::Multipart;
use actix_web::web::Path;
use askama::Template;

/// Their doors.
pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/corrigenda", show).api("What changed in a round since it was published, for the office."),
        post("/{fund}/rounds/{round}/corrigenda/preview", preview),
        post("/{fund}/rounds/{round}/corrigenda", publish).api("Publishes a corrigendum: `text` (the whole programme file, changed) and `reason`."),
    ]
}

/// A programme file is some tens of kilobytes.
const MOST_BYTES: usize = 400_000;
/// More faults than this are not shown at once.
const MOST_FAULTS: usize = 20;

#[derive(Template, serde::Serialize)]
#[template(path = "corrigenda/office.html")]
struct OfficePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    phase: Phase,
    corrigenda: Vec<Entry>,
    may_correct: bool,
    /// What the file that was sent would change.
    #[serde(skip)]
    changes: Vec<Change>,
    /// The file itself: it goes with the form, so that nothing is kept in between.
    #[serde(skip)]
    text: String,
    #[serde(skip)]
    reason: String,
    /// Nothing stands in the way but the reason.
    #[serde(skip)]
    may_go: bool,
}

/// What was sent: nothing yet, or a file with what it would change.
#[derive(Default)]
struct Sent {
    changes: Vec<Change>,
    text: String,
    reason: String,
    may_go: bool,
}

async fn office_page(visit: &Visit, address: (String, String), sent: Sent, reasons: Vec<Reason>) -> Result<OfficePage> {
    let (programme, round) = found(visit, address).await?;
    let (actor, now, id) = (visit.actor()?, visit.now(), round.id);
    let corrigenda = visit.read(move |conn| records::of_round(conn, id)).await?;
    let t = visit.t();
    let rounds = Link::new(t.nav_rounds(), format!("/{}/rounds", programme.slug));
    let crumbs = vec![rounds, Link::new(&*round.code, format!("/{}/rounds/{}", programme.slug, round.code)), Link::here(t.corrigendum_title())];
    Ok(OfficePage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        phase: round.phase(now),
        may_correct: may_publish(&actor, &round) && matches!(round.phase(now), Phase::Coming | Phase::Open),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
        corrigenda,
        changes: sent.changes,
        text: sent.text,
        reason: sent.reason,
        may_go: sent.may_go,
    })
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    visit.show(&office_page(&visit, path.into_inner(), Sent::default(), vec![]).await?)
}

/// The round of this file as it would be, when the file has no fault and says of the fund what is known.
fn wanted(programme: &Programme, round: &Round, text: &str) -> std::result::Result<ParsedRound, Vec<Reason>> {
    let named = |line: usize, text: &str| Reason::new("bad-file", "file", |t| t.corrigendum_fault(line, text));
    let file = read("", text).map_err(|complaints| complaints.iter().take(MOST_FAULTS).map(|one| named(one.line, &one.text)).collect::<Vec<_>>())?;
    if file.slug != programme.slug || !rules::same_fund(&programme.terms, &file.fund) {
        return Err(vec![Reason::new("other-fund", "file", |t| t.corrigendum_other_fund().into())]);
    }
    let Some(wanted) = file.rounds.into_iter().find(|wanted| wanted.code == round.code) else {
        return Err(vec![Reason::new("no-round", "file", |t| t.corrigendum_no_round(round.code.as_str()))]);
    };
    let faults: Vec<Reason> = flaws(&programme.terms, &wanted).into_iter().map(|flaw| Reason::new("bad-file", "file", |_| flaw.text.clone())).collect();
    if faults.is_empty() { Ok(wanted) } else { Err(faults) }
}

/// What the file would change, and what stands in the way of it but the reason.
async fn looked_at(visit: &Visit, programme: &Programme, round: &Round, text: &str) -> Result<(Option<ParsedRound>, Vec<Change>, Vec<Reason>)> {
    let wanted = match wanted(programme, round, text) {
        Ok(wanted) => wanted,
        Err(reasons) => return Ok((None, vec![], reasons)),
    };
    let (id, now) = (round.id, visit.now());
    let submitted = visit.read(move |conn| applications::count_submitted_in(conn, id)).await?;
    let changes = rules::changes(round, &wanted);
    let reasons = rules::against_changes(round, &wanted, &changes, submitted, now);
    Ok((Some(wanted), changes, reasons))
}

async fn preview(visit: Visit, path: Path<(String, String)>, form: Multipart) -> Answer {
    let address = path.into_inner();
    let (programme, round) = found(&visit, address.clone()).await?;
    must(may_publish(&*visit.actor()?, &round))?;
    let (text, unread) = match Upload::held(&visit, form, MOST_BYTES).await? {
        Some((_, bytes)) => String::from_utf8(bytes).map_or((String::new(), true), |text| (text, false)),
        None => (String::new(), true),
    };
    if unread {
        let reasons = vec![Reason::new("no-file", "file", |t| t.corrigendum_no_file().into())];
        return visit.show_again(&office_page(&visit, address, Sent::default(), reasons).await?);
    }
    let (_, changes, reasons) = looked_at(&visit, &programme, &round, &text).await?;
    let may_go = reasons.is_empty();
    let view = office_page(&visit, address, Sent { changes, text, reason: String::new(), may_go }, reasons).await?;
    if may_go { visit.show(&view) } else { visit.show_again(&view) }
}

async fn publish(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let address = path.into_inner();
    let (programme, round) = found(&visit, address.clone()).await?;
    must(may_publish(&*visit.actor()?, &round))?;
    let (text, reason) = (fields.raw("text").replace("\r\n", "\n"), fields.get("reason"));
    let (wanted, changes, mut reasons) = looked_at(&visit, &programme, &round, &text).await?;
    let Some(wanted) = wanted else {
        return if visit.api { Err(Error::Invalid(reasons)) } else { visit.show_again(&office_page(&visit, address, Sent::default(), reasons).await?) };
    };
    let (id, why) = (round.id, reason.clone());
    match visit.perform(move |act| actions::publish(act, id, &wanted, &why)).await {
        Ok(made) => {
            let to = format!("/{}/rounds/{}/corrigenda", programme.slug, round.code);
            visit.done(&to, &visit.t().corrigendum_was_published(made.letters, made.number), &made)
        }
        Err(Error::Refused(refused)) if !visit.api => {
            let may_go = reasons.is_empty();
            reasons = refused;
            visit.show_again(&office_page(&visit, address, Sent { changes, text, reason, may_go }, reasons).await?)
        }
        Err(other) => Err(other),
    }
}

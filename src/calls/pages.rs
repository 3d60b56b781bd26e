//! The office's rounds: the list with dates, money and links to the work, and one round with its terms as the office reads them.
use super::rules::{may_cancel, may_publish};
use super::{Phase, Round, RoundState, actions, records, rules};
use crate::accounts::LegalForm;
use crate::kernel::{Basis, Day, Error, Instant, Money, Reason, Result, Room, RoundId, Tr};
use crate::programmes::{self, Programme, places};
use crate::web::{Answer, Door, Fields, Link, Page, Visit, get, post};
use actix_web::web::Path;
use askama::Template;
use std::borrow::Borrow;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds", list).api("The fund's rounds: state, dates, money."),
        get("/{fund}/rounds/{round}", show).api("One round with all its terms, for the office."),
        post("/{fund}/rounds/{round}/publication", publish).api("Publishes a round that is a draft."),
    ]
}

#[derive(Template, serde::Serialize)]
#[template(path = "calls/list.html")]
struct ListPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    rounds: Vec<Line>,
    total: Money,
    envelope: Money,
    /// Who works on the applications sees the board.
    sees_board: bool,
    sees_summary: bool,
}

/// A round in the list.
#[derive(serde::Serialize)]
struct Line {
    code: String,
    name: crate::kernel::Bilingual,
    phase: Phase,
    opens_at: Instant,
    closes_at: Instant,
    envelope: Money,
}

async fn list(visit: Visit, path: Path<String>) -> Answer {
    let (actor, slug, now) = (visit.actor()?, path.into_inner(), visit.now());
    let asks = actor.clone();
    let (programme, rounds) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            if !asks.opens(Room::Rounds, programme.id) {
                return Err(Error::NotFound);
            }
            let rounds = records::of_programme(conn, programme.id)?;
            Ok((programme, rounds))
        })
        .await?;
    let t = visit.t();
    let p = visit.page_in(programme.frame()).with_crumbs(vec![home(&programme, t), Link::here(t.calls_rounds_title())]);
    let line = |round: &Round| Line {
        code: round.code.clone(),
        name: round.terms.name.clone(),
        phase: round.phase(now),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        envelope: round.envelope,
    };
    let view = ListPage {
        p,
        rounds: rounds.iter().map(line).collect(),
        total: rounds.iter().map(|round| round.envelope).sum(),
        envelope: programme.terms.envelope,
        sees_board: actor.opens(Room::Board, programme.id),
        sees_summary: actor.opens(Room::Summary, programme.id),
        slug: programme.slug,
    };
    visit.show(&view)
}

fn home(programme: &Programme, t: Tr) -> Link {
    Link::new(programme.terms.name.say(t), format!("/{}", programme.slug))
}

#[derive(Template, serde::Serialize)]
#[template(path = "calls/round.html")]
struct RoundPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    id: RoundId,
    code: String,
    phase: Phase,
    opens_at: Instant,
    closes_at: Instant,
    extended_from: Option<Instant>,
    questions_close: Instant,
    answers_due: Instant,
    published_at: Option<Instant>,
    envelope: Money,
    terms: super::Terms,
    may_publish: bool,
    may_cancel: bool,
    sees_board: bool,
    sees_summary: bool,
    sees_questions: bool,
    /// What was typed, when it could not be taken.
    #[serde(skip)]
    reason: String,
}

impl RoundPage {
    fn places(&self) -> String {
        self.terms.municipalities.iter().map(|code| places::name(code)).collect::<Vec<_>>().join(", ")
    }
    fn legal_forms(&self, t: impl Borrow<Tr>) -> String {
        let t = *t.borrow();
        self.terms.legal_forms.iter().map(|form| legal_form(*form, t)).collect::<Vec<_>>().join(", ")
    }
    fn shares(&self, payments: &[Basis], t: impl Borrow<Tr>) -> String {
        payments.iter().map(|share| t.borrow().percent(share)).collect::<Vec<_>>().join(" + ")
    }
    fn questions_until(&self, t: impl Borrow<Tr>) -> String {
        super::last_moment(*t.borrow(), self.questions_close)
    }
    fn answers_until(&self, t: impl Borrow<Tr>) -> String {
        super::last_moment(*t.borrow(), self.answers_due)
    }
    fn results_by(&self) -> Day {
        self.closes_at.day().plus_days(self.terms.results_days)
    }
}

/// A legal form as a call names it.
#[must_use]
pub fn legal_form(form: LegalForm, t: Tr) -> &'static str {
    match form {
        LegalForm::Association => t.calls_legal_form_association(),
        LegalForm::Foundation => t.calls_legal_form_foundation(),
        LegalForm::Center => t.calls_legal_form_center(),
    }
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let view = round_page(&visit, path.into_inner()).await?;
    visit.show(&view)
}

/// The fund and the round at this address, for whoever works for the fund.
pub async fn found(visit: &Visit, (slug, code): (String, String)) -> Result<(Programme, Round)> {
    let actor = visit.actor()?;
    visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            if !actor.opens(Room::Rounds, programme.id) {
                return Err(Error::NotFound);
            }
            let round = records::by_code(conn, programme.id, &code)?;
            Ok((programme, round))
        })
        .await
}

async fn round_page(visit: &Visit, path: (String, String)) -> Result<RoundPage> {
    let (actor, now) = (visit.actor()?, visit.now());
    let (programme, round) = found(visit, path).await?;
    let t = visit.t();
    let rounds = Link::new(t.calls_rounds_title(), format!("/{}/rounds", programme.slug));
    let p = visit.page_in(programme.frame()).with_crumbs(vec![home(&programme, t), rounds, Link::here(&round.code)]);
    Ok(RoundPage {
        p,
        id: round.id,
        phase: round.phase(now),
        may_publish: may_publish(&actor, &round) && rules::hindrances_to_publish(&round, now).is_empty(),
        may_cancel: may_cancel(&actor, &round) && round.state != RoundState::Cancelled && !round.is_closed(now),
        sees_board: actor.opens(Room::Board, programme.id),
        sees_summary: actor.opens(Room::Summary, programme.id),
        sees_questions: actor.opens(Room::Questions, programme.id),
        questions_close: round.questions_close(),
        answers_due: round.answers_due(),
        slug: programme.slug,
        code: round.code,
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        extended_from: round.extended_from,
        published_at: round.published_at,
        envelope: round.envelope,
        terms: round.terms,
        reason: String::new(),
    })
}

/// What a move of a round brought.
#[derive(serde::Serialize)]
pub struct Moved {
    pub code: String,
    pub state: RoundState,
    pub letters: usize,
}

async fn publish(visit: Visit, path: Path<(String, String)>, _: Fields) -> Answer {
    let (programme, round) = found(&visit, path.into_inner()).await?;
    let (round, letters) = visit.perform(move |act| actions::publish(act, round.id)).await?;
    let notice = visit.t().calls_published(&round.code, letters);
    let to = format!("/{}/rounds/{}", programme.slug, round.code);
    visit.done(&to, &notice, &Moved { code: round.code, state: round.state, letters })
}

/// The round's page again with the reason that was typed, and why it was not taken.
pub async fn show_again(visit: &Visit, address: (String, String), reason: String, complaints: Vec<Reason>) -> Answer {
    let mut view = round_page(visit, address).await?;
    view.reason = reason;
    view.p = view.p.with_errors(complaints);
    visit.show_again(&view)
}

//! `GET /{fund}/calls/{round}/self-check`: may we apply? Five questions, answered before anybody has an account; nothing is kept.
use super::home_link;
use crate::accounts::LegalForm;
use crate::applications::content::months_typed;
use crate::applications::rules::{Intention, Judgement, self_check};
use crate::calls::{self, Phase, Terms};
use crate::kernel::places::{self, Place};
use crate::kernel::{Money, Reason};
use crate::programmes;
use crate::web::{Answer, Link, Page, Visit};
use actix_web::web::Path;
use askama::Template;

#[derive(Template, serde::Serialize)]
#[template(path = "portal/self_check.html")]
struct SelfCheckPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    phase: Phase,
    #[serde(skip)]
    terms: Terms,
    /// As it was typed and chosen.
    asked: Asked,
    judgement: Judgement,
}

/// The five answers, as text.
#[derive(Clone, Default, serde::Serialize)]
struct Asked {
    legal_form: String,
    seat: String,
    place: String,
    amount: String,
    months: String,
}

impl Asked {
    fn of(visit: &Visit) -> Self {
        let text = |name: &str| visit.asked(name).map(|text| text.trim().chars().take(40).collect()).unwrap_or_default();
        Self { legal_form: text("legal_form"), seat: text("seat"), place: text("place"), amount: text("amount"), months: text("months") }
    }

    /// What was meant, and what cannot be read.
    fn understood(&self) -> (Intention, Vec<Reason>) {
        let known = |code: &str| places::find(code).map(|place| place.code.clone());
        let mut intention = Intention {
            legal_form: self.legal_form.parse().ok(),
            seat: known(&self.seat),
            place: known(&self.place),
            amount: Money::typed(&self.amount).filter(|amount| *amount > Money::ZERO),
            months: months_typed(&self.months).filter(|months| *months > 0),
        };
        let mut complaints = vec![];
        if intention.amount.is_none() && !self.amount.is_empty() {
            complaints.push(Reason::new("bad-amount", "amount", |t| t.self_check_bad_amount().into()));
        }
        if intention.months.is_none() && !self.months.is_empty() {
            complaints.push(Reason::new("bad-months", "months", |t| t.self_check_bad_months().into()));
        }
        if !complaints.is_empty() {
            // Nothing is judged while an answer cannot be read: half a verdict would be taken for a whole one.
            intention = Intention::default();
        }
        (intention, complaints)
    }
}

impl SelfCheckPage {
    /// All municipalities of the country: who sits outside the area should read so.
    fn everywhere(&self) -> &'static [Place] {
        places::all()
    }
    fn forms(&self) -> &'static [LegalForm] {
        LegalForm::ALL
    }
    fn call(&self) -> String {
        format!("/{}/calls/{}", self.slug, self.code)
    }
}

pub(super) async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (slug, code) = path.into_inner();
    let (programme, round) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let round = calls::records::published(conn, programme.id, &code)?;
            Ok((programme, round))
        })
        .await?;
    let t = visit.t();
    let asked = Asked::of(&visit);
    let (intention, complaints) = asked.understood();
    let call = Link::new(round.terms.name.say(t), format!("/{}/calls/{}", programme.slug, round.code));
    let failed = !complaints.is_empty();
    let p = visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), call, Link::here(t.self_check_title())]).with_errors(complaints);
    let view = SelfCheckPage {
        p,
        judgement: self_check(&intention, &round, &programme.terms.municipalities),
        phase: round.phase(visit.now()),
        slug: programme.slug,
        code: round.code,
        terms: round.terms,
        asked,
    };
    if failed { visit.show_again(&view) } else { visit.show(&view) }
}

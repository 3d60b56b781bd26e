//! May we apply? Answered from five questions before anybody has an account; by the same rules as at the submission.
use super::{doubts, ineligible};
use crate::accounts::LegalForm;
use crate::calls::{Round, Tier};
use crate::kernel::{Bilingual, Money, Reason, Tr, both};
use crate::programmes::places;

/// What somebody says of an organisation and of what it has in mind; what was not answered is not judged.
#[derive(Clone, Debug, Default)]
pub struct Intention {
    pub legal_form: Option<LegalForm>,
    /// Code of the municipality of the seat.
    pub seat: Option<String>,
    /// Code of the municipality of the project.
    pub place: Option<String>,
    /// EUR asked of the fund.
    pub amount: Option<Money>,
    pub months: Option<i32>,
}

/// What speaks for and against applying.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Judgement {
    pub fits: Vec<Bilingual>,
    /// It may be handed in, but the administrative evaluation would ask.
    pub doubts: Vec<Reason>,
    pub against: Vec<Reason>,
}

/// Everything at once, question by question.
#[must_use]
pub fn self_check(intention: &Intention, round: &Round, area: &[String]) -> Judgement {
    let mut judgement = Judgement::default();
    if let Some(form) = intention.legal_form {
        let against = ineligible(form, round);
        judgement.take(against, |judgement| &mut judgement.against, || both(|t| t.self_check_form_fits(form.label(t))));
    }
    if let Some(seat) = &intention.seat {
        judgement.take(doubts(seat, round, area), |judgement| &mut judgement.doubts, || both(|t| t.self_check_seat_fits(places::name(seat))));
    }
    if let Some(place) = &intention.place {
        let inside = round.terms.municipalities.iter().any(|code| code == place);
        let against = (!inside).then(|| Reason::new("place-outside", "place", |t| t.self_check_place_outside(places::name(place), round.code.as_str())));
        judgement.take(against.into_iter().collect(), |judgement| &mut judgement.against, || both(|t| t.self_check_place_fits(places::name(place))));
    }
    if intention.amount.is_some() || intention.months.is_some() {
        let fitting: Vec<&Tier> = round.terms.tiers.iter().filter(|tier| intention.fits(tier)).collect();
        let against = fitting.is_empty().then(|| Reason::new("no-tier", "amount", |t| t.self_check_no_tier(sizes(round, t))));
        judgement.take(
            against.into_iter().collect(),
            |judgement| &mut judgement.against,
            || both(|t| t.self_check_tier_fits(fitting.iter().map(|tier| tier.name.say(t)).collect::<Vec<_>>().join(", "))),
        );
    }
    judgement
}

impl Judgement {
    fn take(&mut self, reasons: Vec<Reason>, into: fn(&mut Self) -> &mut Vec<Reason>, fits: impl FnOnce() -> Bilingual) {
        if reasons.is_empty() {
            self.fits.push(fits());
        }
        into(self).extend(reasons);
    }
    /// Whether anything was answered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fits.is_empty() && self.doubts.is_empty() && self.against.is_empty()
    }
}

impl Intention {
    fn fits(&self, tier: &Tier) -> bool {
        let money = self.amount.is_none_or(|amount| tier.at_least <= amount && amount <= tier.at_most);
        money && self.months.is_none_or(|months| (tier.months_at_least..=tier.months_at_most).contains(&months))
    }
}

/// `small: €5,000–10,000, 6–12 months`, for each.
fn sizes(round: &Round, t: Tr) -> String {
    round.terms.tiers.iter().map(|tier| format!("{}: {}, {}", tier.name.say(t), tier.amounts(t), tier.durations(t))).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(code: &str) -> (Round, Vec<String>) {
        let file = crate::calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap();
        let found = file.rounds.iter().find(|round| round.code == code).unwrap();
        let round = found.published();
        (round, file.fund.municipalities.clone())
    }
    fn counts(intention: &Intention) -> (usize, Vec<String>, Vec<String>) {
        let (round, area) = round("R3");
        let judged = self_check(intention, &round, &area);
        let codes = |reasons: &[Reason]| reasons.iter().map(|reason| reason.code.clone()).collect();
        (judged.fits.len(), codes(&judged.doubts), codes(&judged.against))
    }

    #[test]
    fn each_question_is_judged_by_the_rule_of_the_submission() {
        let fitting = Intention {
            legal_form: Some(LegalForm::Association),
            seat: Some("puke".into()),
            place: Some("kukes".into()),
            amount: Some(Money::cents(1_000_000)),
            months: Some(12),
        };
        assert_eq!(counts(&fitting), (4, vec![], vec![]));
        assert_eq!(counts(&Intention::default()), (0, vec![], vec![]), "nothing was asked");
        let outside = Intention { seat: Some("vlore".into()), place: Some("vlore".into()), amount: Some(Money::cents(1_000_100)), ..fitting.clone() };
        assert_eq!(counts(&outside), (1, vec!["seat-outside".into()], vec!["place-outside".into(), "no-tier".into()]));
        let long = Intention { months: Some(13), ..fitting };
        assert_eq!(counts(&long).2, ["no-tier"]);
    }
}

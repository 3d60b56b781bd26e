//! `GET /{fund}/calls/{round}`: everything an applicant must know before applying, and the way in.
use super::home_link;
use crate::applications::{self, Begun, Candidate, Status};
use crate::calls::pages::legal_form;
use crate::calls::{self, Phase, Round};
use crate::corrigenda::{self, Entry};
use crate::kernel::{Bilingual, Day, Instant, Money, Tr};
use crate::programmes::{self, places};
use crate::questions;
use crate::web::{Answer, Link, Page, Visit, percent_encoded};
use actix_web::web::Path;
use askama::Template;
use std::borrow::Borrow;

#[derive(Template, serde::Serialize)]
#[template(path = "portal/call.html")]
struct CallPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    phase: Phase,
    opens_at: Instant,
    closes_at: Instant,
    /// The deadline as it was published, where it was extended since.
    extended_from: Option<Instant>,
    /// Everything that changed since it was published, the newest first.
    #[serde(skip)]
    corrigenda: Vec<Entry>,
    published_at: Option<Instant>,
    /// Published answers.
    answers: i64,
    /// Until when questions are taken, while they are.
    #[serde(skip)]
    questions_until: Option<String>,
    envelope: Money,
    terms: calls::Terms,
    #[serde(skip)]
    left: String,
    #[serde(skip)]
    closing: String,
    /// How much of the open time is gone, in thousandths.
    #[serde(skip)]
    gone: i64,
    #[serde(skip)]
    steps: Vec<Step>,
    /// The organisations that the visitor writes for, each with what speaks against its applying.
    #[serde(skip)]
    candidates: Vec<Candidate>,
    /// Nobody who works for the fund applies to it.
    #[serde(skip)]
    is_staff: bool,
}

/// A line of the timetable.
struct Step {
    /// `done`, `now`, or nothing.
    class: &'static str,
    what: String,
    when: String,
    more: String,
}

/// Municipalities of a county.
struct County {
    name: &'static str,
    places: String,
}

impl CallPage {
    /// The organisations that the visitor may begin an application for.
    fn able(&self) -> Vec<&Candidate> {
        self.candidates.iter().filter(|candidate| candidate.may_begin()).collect()
    }
    /// What the visitor's organisations have begun or handed in already.
    fn begun(&self) -> Vec<(&Candidate, &Begun)> {
        self.candidates.iter().flat_map(|candidate| candidate.begun.iter().map(move |begun| (candidate, begun))).collect()
    }
    /// Whoever may begin an application, or may once there is an account or an organisation.
    fn may_begin(&self) -> bool {
        !self.is_staff && (self.candidates.is_empty() || self.candidates.iter().any(Candidate::may_begin))
    }
    /// Where an application is begun.
    fn beginning(&self) -> String {
        format!("/{}/calls/{}/applications", self.slug, self.code)
    }
    /// The way to a page that leads on to the beginning.
    fn through(&self, path: &str) -> String {
        format!("{path}?then={}", percent_encoded(&self.beginning()))
    }
    /// Where the first button leads: to an account, or straight to the beginning.
    fn first_step(&self) -> String {
        if self.p.actor.is_none() { self.through("/sign-up") } else { self.beginning() }
    }
    fn legal_forms(&self, t: impl Borrow<Tr>) -> String {
        let t = *t.borrow();
        self.terms.legal_forms.iter().map(|form| legal_form(*form, t)).collect::<Vec<_>>().join(", ")
    }
    fn counties(&self) -> Vec<County> {
        let mut counties: Vec<(&'static str, Vec<&str>)> = vec![];
        for code in &self.terms.municipalities {
            let county = places::county(code);
            match counties.iter_mut().find(|(name, _)| *name == county) {
                Some((_, list)) => list.push(places::name(code)),
                None => counties.push((county, vec![places::name(code)])),
            }
        }
        counties.sort_unstable();
        counties.into_iter().map(|(name, list)| County { name, places: list.join(", ") }).collect()
    }
    fn says_for_whom(&self) -> bool {
        self.terms.tiers.iter().any(|tier| !tier.meant_for.sq.is_empty())
    }
    /// A share of 30 points and less, in thousandths of the bar.
    fn bar(&self, points: i64) -> i64 {
        let most = self.terms.grid.sections.iter().map(calls::Section::most).max().unwrap_or(1).max(1);
        points * 1_000 / most
    }
    fn required(&self) -> Vec<&Bilingual> {
        self.terms.documents.iter().filter(|document| document.required).map(|document| &document.name).collect()
    }
}

pub(super) async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (inner, address) = (visit.clone(), path.into_inner());
    visit.remember(|| async move { page(inner, address).await }).await
}

async fn page(visit: Visit, (slug, code): (String, String)) -> Answer {
    let actor = visit.maybe_actor();
    let asks = actor.clone();
    let (programme, round, candidates, corrigenda, answers) = visit
        .read(move |conn| {
            let programme = programmes::records::by_slug(conn, &slug)?;
            let round = calls::records::published(conn, programme.id, &code)?;
            let area = &programme.terms.municipalities;
            let candidates = asks.map(|actor| applications::records::candidates(conn, &actor, &round, area)).transpose()?.unwrap_or_default();
            let corrigenda = corrigenda::records::of_round(conn, round.id)?;
            let answers = questions::records::count_published(conn, round.id, &questions::records::Sought::default())?;
            Ok((programme, round, candidates, corrigenda, answers))
        })
        .await?;
    let (t, now) = (visit.t(), visit.now());
    let p = visit.page_in(programme.frame()).with_crumbs(vec![home_link(&programme, t), Link::here(round.terms.name.say(t))]);
    let view = CallPage {
        p,
        phase: round.phase(now),
        left: round.time_left(t, now),
        closing: round.closing_sentence(t),
        gone: gone(&round, now),
        steps: steps(&round, t, now),
        is_staff: actor.is_some_and(|actor| actor.roles.iter().any(|(fund, _)| *fund == Some(programme.id))),
        candidates,
        answers,
        questions_until: questions_until(&round, t, now),
        slug: programme.slug,
        code: round.code,
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        extended_from: round.extended_from,
        corrigenda,
        published_at: round.published_at,
        envelope: round.envelope,
        terms: round.terms,
    };
    visit.show(&view)
}

fn questions_until(round: &Round, t: Tr, now: Instant) -> Option<String> {
    round.takes_questions(now).then(|| t.question_until(calls::last_moment(t, round.questions_close().min(round.closes_at))))
}

fn gone(round: &Round, now: Instant) -> i64 {
    let whole = round.opens_at.seconds_until(round.closes_at).max(1);
    (round.opens_at.seconds_until(now) * 1_000 / whole).clamp(0, 1_000)
}

/// The timetable in the order of time, with today in its place.
fn steps(round: &Round, t: Tr, now: Instant) -> Vec<Step> {
    let terms = &round.terms;
    let until = |end: Instant, what: &str, more: String| (end, what.to_owned(), calls::last_moment(t, end), more);
    let on = |day: Day, what: &str, more: String| (day.end(), what.to_owned(), t.day(day), more);
    let mut lines = vec![
        (round.opens_at, t.portal_step_opens().to_owned(), t.moment(round.opens_at), String::new()),
        until(round.questions_close(), t.portal_step_questions(), String::new()),
        until(round.answers_due(), t.portal_step_answers(), t.portal_step_answers_more().into()),
        (round.closes_at, t.portal_step_deadline().to_owned(), t.moment(round.closes_at), t.portal_tirana_time().into()),
        on(round.closes_at.day().plus_days(terms.results_days), t.portal_step_results(), t.portal_step_results_more().into()),
    ];
    lines.extend(terms.trainings.iter().map(|training| on(training.on, training.what.say(t), training.place.clone())));
    lines.sort_by_key(|(at, ..)| *at);
    let mut steps = vec![];
    let mut today = (round.phase(now) == Phase::Open).then(|| Step {
        class: "now",
        what: t.portal_step_today().into(),
        when: t.day(now.day()),
        more: round.time_left(t, now),
    });
    for (at, what, when, more) in lines {
        if at > now {
            steps.extend(today.take());
        }
        steps.push(Step { class: if at <= now { "done" } else { "" }, what, when, more });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Lang;

    #[test]
    fn today_stands_in_its_place_in_the_timetable_and_only_while_the_call_is_open() {
        let parsed = calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap().rounds.remove(2);
        let round = parsed.published();
        let classes = |at: &str| steps(&round, Tr(Lang::En), Instant::at_tirane(at).unwrap()).iter().map(|step| step.class).collect::<Vec<_>>();
        assert_eq!(classes("2017-09-14T12:00"), ["", "", "", "", ""]);
        assert_eq!(classes("2017-10-01T12:00"), ["done", "now", "", "", "", ""]);
        assert_eq!(classes("2017-10-20T12:00"), ["done", "done", "done", "now", "", ""]);
        assert_eq!(classes("2017-10-25T17:00"), ["done", "done", "done", "done", ""]);
        assert_eq!(gone(&round, round.closes_at), 1_000);
    }
}

//! The office's questions of a call: what waits, who asked, the answer in both languages, and publishing all of them at once.
use super::rules::{self, Draft};
use super::{Question, State, Topic, actions, records};
use crate::calls::pages::found;
use crate::calls::{Phase, Round, last_moment};
use crate::kernel::{Bilingual, Error, Instant, Lang, QuestionId, Reason, Result, Room};
use crate::programmes::Programme;
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, post};
use actix_web::web::Path;
use askama::Template;

/// Their doors.
pub(super) fn doors() -> Vec<Door> {
    vec![
        get("/{fund}/rounds/{round}/questions", list).api("The questions about a call with who asked them, for the office; state and page choose."),
        get("/{fund}/rounds/{round}/questions/{question}", show).api("One question, for the office."),
        post("/{fund}/rounds/{round}/questions/{question}", answer)
            .api("Keeps an answer: `topic`, `wording_sq`, `answer_sq`, `wording_en`, `answer_en` (one language at least), or `same_as`; with `version`."),
        post("/{fund}/rounds/{round}/answers", publish).api("Publishes every answer that is kept, and tells everybody concerned."),
    ]
}

/// The fund and the round, for whoever sees who asked.
async fn found_here(visit: &Visit, address: (String, String)) -> Result<(Programme, Round)> {
    let (programme, round) = found(visit, address).await?;
    if visit.actor()?.opens(Room::Questions, programme.id) { Ok((programme, round)) } else { Err(Error::NotFound) }
}

fn crumbs(visit: &Visit, programme: &Programme, round: &Round) -> Vec<Link> {
    let round_page = format!("/{}/rounds/{}", programme.slug, round.code);
    vec![Link::new(visit.t().nav_rounds(), format!("/{}/rounds", programme.slug)), Link::new(&*round.code, round_page)]
}

#[derive(serde::Serialize)]
struct Tab {
    #[serde(skip)]
    name: &'static str,
    state: State,
    count: i64,
    current: bool,
}

/// A question in the list.
#[derive(serde::Serialize)]
struct Line {
    id: QuestionId,
    topic: Topic,
    question: String,
    lang: Lang,
    asked_by: String,
    asked_at: Instant,
    number: Option<i32>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "questions/office.html")]
struct OfficePage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    paging: Paging,
    answers_due: Instant,
    /// Answers are still to come, and their time has passed.
    late: bool,
    ready: i64,
    may_publish: bool,
}

impl OfficePage {
    fn due(&self) -> String {
        last_moment(self.p.t, self.answers_due)
    }
    fn nothing(&self) -> bool {
        self.lines.is_empty()
    }
}

async fn office_page(visit: &Visit, address: (String, String), reasons: Vec<Reason>) -> Result<OfficePage> {
    let (programme, round) = found_here(visit, address).await?;
    let (actor, now) = (visit.actor()?, visit.now());
    let state: State = visit.asked("state").and_then(|word| word.parse().ok()).unwrap_or(State::Open);
    let (reader, here, asked) = (actor.clone(), round.clone(), visit.asked("page"));
    let (counts, rows, paging) = visit
        .read(move |conn| {
            let counts = records::counts(conn, here.id)?;
            let total = count_of(&counts, state);
            let paging = Paging::new(asked.as_deref(), total);
            let rows = records::in_state(conn, &reader, &here, state, paging.size, paging.offset())?;
            Ok((counts, rows, paging))
        })
        .await?;
    let t = visit.t();
    let tab = |one: &State| Tab { name: one.label(t), state: *one, count: count_of(&counts, *one), current: *one == state };
    let line = |(question, name): (Question, String)| Line {
        id: question.id,
        topic: question.topic,
        question: question.asked,
        lang: question.lang,
        asked_by: name,
        asked_at: question.asked_at,
        number: question.number,
    };
    let ready = count_of(&counts, State::Answered);
    let waiting = ready + count_of(&counts, State::Open);
    let mut crumbs = crumbs(visit, &programme, &round);
    crumbs.push(Link::here(t.question_title()));
    Ok(OfficePage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        tabs: State::ALL.iter().map(tab).collect(),
        lines: rows.into_iter().map(line).collect(),
        paging,
        answers_due: round.answers_due().min(round.closes_at),
        late: waiting > 0 && round.answers_due() <= now && now < round.closes_at,
        ready,
        may_publish: rules::may_publish(&actor, &round) && matches!(round.phase(now), Phase::Coming | Phase::Open),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
    })
}

fn count_of(counts: &[(State, i64)], state: State) -> i64 {
    counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count)
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Answer {
    visit.show(&office_page(&visit, path.into_inner(), vec![]).await?)
}

async fn publish(visit: Visit, path: Path<(String, String)>, _: Fields) -> Answer {
    let address = path.into_inner();
    let (programme, round) = found_here(&visit, address.clone()).await?;
    #[derive(serde::Serialize)]
    struct Done {
        answers: usize,
        letters: usize,
    }
    match visit.perform(move |act| actions::publish(act, round.id)).await {
        Ok((answers, letters)) => {
            let to = format!("/{}/rounds/{}/questions?state=published", programme.slug, round.code);
            visit.done(&to, &visit.t().question_were_published(answers, letters), &Done { answers, letters })
        }
        Err(Error::Refused(reasons)) if !visit.api => visit.show_again(&office_page(&visit, address, reasons).await?),
        Err(other) => Err(other),
    }
}

/// Another question that this one may be the same as.
#[derive(serde::Serialize)]
struct Other {
    id: QuestionId,
    words: String,
}

#[derive(Template, serde::Serialize)]
#[template(path = "questions/question.html")]
struct QuestionPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    id: QuestionId,
    state: State,
    asked: String,
    lang: Lang,
    asked_by: String,
    asked_at: Instant,
    topic: Topic,
    wording: Bilingual,
    answer: Bilingual,
    same_as: Option<QuestionId>,
    answered_by: String,
    answered_at: Option<Instant>,
    number: Option<i32>,
    version: i32,
    others: Vec<Other>,
    may_answer: bool,
}

impl QuestionPage {
    fn topics(&self) -> &'static [Topic] {
        Topic::ALL
    }
    fn is_about(&self, topic: &Topic) -> bool {
        self.topic == *topic
    }
    fn points_to(&self, other: &QuestionId) -> bool {
        self.same_as == Some(*other)
    }
}

type Address = (String, String, QuestionId);

async fn question_page(visit: &Visit, (slug, code, id): Address, typed: Option<(Draft, i32)>, reasons: Vec<Reason>) -> Result<QuestionPage> {
    let (programme, round) = found_here(visit, (slug, code)).await?;
    let actor = visit.actor()?;
    let (reader, here) = (actor.clone(), round.clone());
    let (question, asked_by, others) = visit
        .read(move |conn| {
            let question = records::find(conn, &reader, &here, id)?;
            let asker = crate::accounts::records::person(conn, question.asked_by)?;
            Ok((question, asker.name, records::answered(conn, here.id)?))
        })
        .await?;
    let t = visit.t();
    let mut crumbs = crumbs(visit, &programme, &round);
    crumbs.push(Link::new(t.question_title(), format!("/{}/rounds/{}/questions", programme.slug, round.code)));
    crumbs.push(Link::here(question.topic.label(t)));
    let other = |other: Question| {
        let text = super::said(&other.wording_sq, &other.wording_en, t.0).text;
        let begin: String = text.chars().take(90).collect();
        Other { id: other.id, words: other.number.map_or_else(|| begin.clone(), |number| format!("{number}. {begin}")) }
    };
    let version = typed.as_ref().map_or(question.version, |(_, version)| *version);
    let draft = typed.map_or_else(|| kept(&question), |(draft, _)| draft);
    Ok(QuestionPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        may_answer: rules::may_answer(&actor, &round) && rules::leads_to(question.state, rules::Move::Answer).is_some(),
        others: others.into_iter().filter(|other| other.id != id).map(other).collect(),
        slug: programme.slug,
        code: round.code,
        id,
        state: question.state,
        lang: question.lang,
        asked_by,
        asked_at: question.asked_at,
        topic: draft.topic.unwrap_or(question.topic),
        wording: draft.wording,
        answer: draft.answer,
        same_as: draft.same_as,
        answered_by: question.answered_by_name,
        answered_at: question.answered_at,
        number: question.number,
        version,
        asked: question.asked,
    })
}

/// What stands in the form: what is kept; before anything is, the question in the words in which it was asked.
fn kept(question: &Question) -> Draft {
    let mut wording = question.wording();
    if question.state == State::Open {
        match question.lang {
            Lang::Sq => wording.sq.clone_from(&question.asked),
            Lang::En => wording.en.clone_from(&question.asked),
        }
    }
    Draft { topic: Some(question.topic), wording, answer: question.answer(), same_as: question.same_as }
}

async fn show(visit: Visit, path: Path<Address>) -> Answer {
    visit.show(&question_page(&visit, path.into_inner(), None, vec![]).await?)
}

async fn answer(visit: Visit, path: Path<Address>, fields: Fields) -> Answer {
    let address = path.into_inner();
    let (programme, round) = found_here(&visit, (address.0.clone(), address.1.clone())).await?;
    let draft = Draft {
        topic: fields.get("topic").parse().ok(),
        wording: Bilingual { sq: fields.get("wording_sq"), en: fields.get("wording_en") },
        answer: Bilingual { sq: fields.get("answer_sq"), en: fields.get("answer_en") },
        same_as: fields.get("same_as").parse().ok(),
    };
    let version = fields.get("version").parse().unwrap_or(0);
    let (id, typed) = (address.2, draft.clone());
    match visit.perform(move |act| actions::answer(act, round.id, id, version, &draft)).await {
        Ok(question) => {
            #[derive(serde::Serialize)]
            struct Done {
                id: QuestionId,
                state: State,
                version: i32,
            }
            let to = format!("/{}/rounds/{}/questions", programme.slug, round.code);
            visit.done(&to, visit.t().question_was_answered(), &Done { id, state: question.state, version: question.version + 1 })
        }
        Err(Error::Invalid(reasons)) if !visit.api => visit.show_again(&question_page(&visit, address, Some((typed, version)), reasons).await?),
        Err(other) => Err(other),
    }
}

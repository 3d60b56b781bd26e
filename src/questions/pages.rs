//! What the public reads of the questions about a call, and the form for asking. Nothing here knows who asked, but of one's own questions.
use super::{Published, Question, State, Topic, actions, office_pages, records, rules};
use crate::calls::{self, Phase, Round};
use crate::kernel::{Bilingual, Error, Instant, QuestionId, Reason, Result, Tr};
use crate::programmes::{self, Programme};
use crate::web::{Answer, Door, Fields, Link, Page, Paging, Visit, get, percent_encoded, post};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![
        get("/{fund}/calls/{round}/questions", show).api("The published answers about a call; q, topic, order (topic or newest) and page choose among them."),
        post("/{fund}/calls/{round}/questions", ask).api("Asks about a call, until the cut-off: `topic`, `question`."),
        post("/{fund}/calls/{round}/questions/{question}/withdrawal", withdraw).api("Takes one's own question back, while it is not public."),
    ];
    doors.extend(office_pages::doors());
    doors
}

/// Answers of one page.
const ON_A_PAGE: i64 = 20;

/// A published answer with what it points to.
#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    published: Published,
    /// The number of the question whose answer it is too.
    same_as: Option<i32>,
}

/// One's own question.
#[derive(serde::Serialize)]
struct Mine {
    id: QuestionId,
    topic: Topic,
    question: String,
    asked_at: Instant,
    state: State,
    number: Option<i32>,
}
impl Mine {
    fn of(question: Question) -> Self {
        // Whether an answer lies ready is the office's business until it is public.
        let state = if question.state == State::Answered { State::Open } else { question.state };
        Self { id: question.id, topic: question.topic, question: question.asked, asked_at: question.asked_at, state, number: question.number }
    }
    fn may_withdraw(&self) -> bool {
        self.state == State::Open
    }
}

/// What was typed into the form, when it could not be taken.
#[derive(Clone, Default)]
struct Typed {
    topic: Option<Topic>,
    text: String,
}

#[derive(Template, serde::Serialize)]
#[template(path = "questions/public.html")]
struct QuestionsPage {
    #[serde(skip)]
    p: Page,
    slug: String,
    code: String,
    name: Bilingual,
    phase: Phase,
    /// Questions are taken until here, and answered by there.
    questions_close: Instant,
    answers_due: Instant,
    takes_questions: bool,
    answers: Vec<Row>,
    paging: Paging,
    /// All of them, whatever was looked for.
    all: i64,
    mine: Vec<Mine>,
    #[serde(skip)]
    sought: records::Sought,
    #[serde(skip)]
    may_ask: bool,
    #[serde(skip)]
    typed: Typed,
}

impl QuestionsPage {
    fn topics(&self) -> &'static [Topic] {
        Topic::ALL
    }
    fn address(&self) -> String {
        format!("/{}/calls/{}/questions", self.slug, self.code)
    }
    fn through(&self, path: &str) -> String {
        format!("{path}?then={}", percent_encoded(&self.address()))
    }
    fn is_chosen(&self, topic: &Topic) -> bool {
        self.sought.topic == Some(*topic)
    }
    fn is_typed(&self, topic: &Topic) -> bool {
        self.typed.topic == Some(*topic)
    }
    fn is_sought(&self) -> bool {
        !self.sought.text.is_empty() || self.sought.topic.is_some()
    }
    fn last_moment(&self, end: &Instant) -> String {
        calls::last_moment(self.p.t, *end)
    }
}

fn sought(visit: &Visit) -> records::Sought {
    let asked = |name: &str| visit.asked(name).unwrap_or_default();
    records::Sought { text: asked("q").chars().take(100).collect(), topic: asked("topic").parse().ok(), by_topic: asked("order") == "topic" }
}

fn round_here(conn: &mut crate::store::Conn, (slug, code): &(String, String)) -> Result<(Programme, Round)> {
    let programme = programmes::records::by_slug(conn, slug)?;
    let round = calls::records::published(conn, programme.id, code)?;
    Ok((programme, round))
}

async fn page(visit: &Visit, address: (String, String), typed: Typed, reasons: Vec<Reason>) -> Result<QuestionsPage> {
    let (actor, wanted, asked) = (visit.maybe_actor(), sought(visit), visit.asked("page"));
    let (reader, sought) = (actor.clone(), wanted.clone());
    let (programme, round, answers, paging, all, mine) = visit
        .read(move |conn| {
            let (programme, round) = round_here(conn, &address)?;
            let all = records::count_published(conn, round.id, &records::Sought::default())?;
            let found = if wanted.text.is_empty() && wanted.topic.is_none() { all } else { records::count_published(conn, round.id, &wanted)? };
            let paging = Paging::of_size(asked.as_deref(), found, ON_A_PAGE);
            let published = records::published(conn, round.id, &wanted, paging.size, paging.offset())?;
            let pointed: Vec<QuestionId> = published.iter().filter_map(|one| one.same_as).collect();
            let targets = records::pointed_to(conn, &pointed)?;
            let person = reader.and_then(|actor| actor.person);
            let mine = person.map(|person| records::asked_by(conn, person, round.id)).transpose()?.unwrap_or_default();
            Ok((programme, round, rows(published, &targets), paging, all, mine))
        })
        .await?;
    let (t, now) = (visit.t(), visit.now());
    let call = Link::new(round.terms.name.say(t), format!("/{}/calls/{}", programme.slug, round.code));
    let crumbs = vec![Link::new(programme.terms.name.say(t), format!("/{}", programme.slug)), call, Link::here(t.question_title())];
    Ok(QuestionsPage {
        p: visit.page_in(programme.frame()).with_crumbs(crumbs).with_errors(reasons),
        phase: round.phase(now),
        questions_close: round.questions_close().min(round.closes_at),
        answers_due: round.answers_due().min(round.closes_at),
        takes_questions: round.takes_questions(now),
        may_ask: actor.is_some_and(|actor| rules::may_ask(&actor, &round)),
        slug: programme.slug,
        code: round.code,
        name: round.terms.name,
        answers,
        paging,
        all,
        mine: mine.into_iter().map(Mine::of).collect(),
        sought,
        typed,
    })
}

/// What points to another answer says that answer.
fn rows(published: Vec<Published>, targets: &[Published]) -> Vec<Row> {
    let row = |mut one: Published| {
        let target = one.same_as.and_then(|same| targets.iter().find(|other| other.id == same));
        if let Some(target) = target {
            (one.answer_sq, one.answer_en) = (target.answer_sq.clone(), target.answer_en.clone());
        }
        Row { same_as: target.and_then(|target| target.number), published: one }
    };
    published.into_iter().map(row).collect()
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Answer {
    let (inner, address) = (visit.clone(), path.into_inner());
    let make = || async move { inner.show(&page(&inner, address, Typed::default(), vec![]).await?) };
    visit.remember(make).await
}

/// What a program is told of its question.
#[derive(serde::Serialize)]
struct Taken {
    id: QuestionId,
    state: State,
    asked_at: Instant,
}

async fn ask(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let address = path.into_inner();
    let here = address.clone();
    visit.actor()?;
    let round = visit.read(move |conn| round_here(conn, &here)).await?.1;
    let typed = Typed { topic: fields.get("topic").parse().ok(), text: fields.get("question") };
    let (topic, text, lang, id) = (typed.topic, typed.text.clone(), visit.lang, round.id);
    let (status, reasons) = match visit.perform(move |act| actions::ask(act, id, topic, &text, lang)).await {
        Ok(question) => {
            let to = format!("/{}/calls/{}/questions#mine", address.0, address.1);
            let taken = Taken { id: question.id, state: question.state, asked_at: question.asked_at };
            return visit.done(&to, visit.t().question_was_asked(), &taken);
        }
        Err(Error::Invalid(reasons)) if !visit.api => (StatusCode::UNPROCESSABLE_ENTITY, reasons),
        // What was typed is there when the time has passed.
        Err(Error::Slow(_)) if !visit.api => (StatusCode::TOO_MANY_REQUESTS, vec![Reason::new("slow", "question", |t: Tr| t.question_too_many().into())]),
        Err(other) => return Err(other),
    };
    visit.show_with(status, &page(&visit, address, typed, reasons).await?)
}

async fn withdraw(visit: Visit, path: Path<(String, String, QuestionId)>, _: Fields) -> Answer {
    let (fund, code, question) = path.into_inner();
    let here = (fund.clone(), code.clone());
    visit.actor()?;
    let round = visit.read(move |conn| round_here(conn, &here)).await?.1.id;
    let taken = visit.perform(move |act| actions::withdraw(act, round, question)).await?;
    let to = format!("/{fund}/calls/{code}/questions#mine");
    visit.done(&to, visit.t().question_was_withdrawn(), &Taken { id: taken.id, state: taken.state, asked_at: taken.asked_at })
}

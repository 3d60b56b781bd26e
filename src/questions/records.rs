//! Questions in the database. The public's look-ups never touch the columns of who asked.
use super::{Published, Question, State, Topic};
use crate::accounts::Person;
use crate::calls::Round;
use crate::kernel::{Actor, Error, PersonId, QuestionId, Result, Room, RoundId, folded};
use crate::store::schema::{people, questions};
use crate::store::{Conn, MultiBackend, count_all};
use crate::workflow::letters::Recipient;
use diesel::prelude::*;

/// What this person sees of the questions themselves: the office all of a call, everybody else their own.
#[must_use]
pub fn visible_to(actor: &Actor, round: &Round) -> questions::BoxedQuery<'static, MultiBackend> {
    let here = questions::table.filter(questions::round_id.eq(round.id)).into_boxed();
    if actor.opens(Room::Questions, round.programme_id) {
        return here;
    }
    let own: Vec<PersonId> = actor.person.into_iter().collect();
    here.filter(questions::asked_by.eq_any(own))
}

/// One question of a call among those this person sees.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to see.
pub fn find(conn: &mut Conn, actor: &Actor, round: &Round, id: QuestionId) -> Result<Question> {
    Ok(visible_to(actor, round).filter(questions::id.eq(id)).select(Question::as_select()).first(conn)?)
}

/// What this person has asked about a call, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn asked_by(conn: &mut Conn, person: PersonId, round: RoundId) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(questions::asked_by.eq(person))
        .filter(questions::round_id.eq(round))
        .order((questions::asked_at.desc(), questions::id.desc()))
        .limit(50)
        .select(Question::as_select())
        .load(conn)?)
}

/// How many questions of a call there are in each state.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn counts(conn: &mut Conn, round: RoundId) -> Result<Vec<(State, i64)>> {
    Ok(questions::table.filter(questions::round_id.eq(round)).group_by(questions::state).select((questions::state, count_all())).load(conn)?)
}

/// Questions of a call in one state, in the order in which they were asked, each with who asked it.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn in_state(conn: &mut Conn, actor: &Actor, round: &Round, state: State, limit: i64, offset: i64) -> Result<Vec<(Question, String)>> {
    let rows: Vec<Question> = visible_to(actor, round)
        .filter(questions::state.eq(state))
        .order((questions::asked_at, questions::id))
        .limit(limit)
        .offset(offset)
        .select(Question::as_select())
        .load(conn)?;
    let names = crate::accounts::records::names_of(conn, rows.iter().map(|question| Some(question.asked_by)))?;
    let named = |question: Question| {
        let name = names.get(&question.asked_by).cloned().unwrap_or_default();
        (question, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// Every answer of a call that is kept and not public, in the order in which the questions were asked.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn ready(conn: &mut Conn, round: RoundId) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(questions::round_id.eq(round))
        .filter(questions::state.eq(State::Answered))
        .order((questions::asked_at, questions::id))
        .select(Question::as_select())
        .load(conn)?)
}

/// These questions.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn these(conn: &mut Conn, ids: &[QuestionId]) -> Result<Vec<Question>> {
    Ok(questions::table.filter(questions::id.eq_any(ids.to_vec())).select(Question::as_select()).load(conn)?)
}

/// Questions with an answer of their own that another may point to, the newest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn answered(conn: &mut Conn, round: RoundId) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(questions::round_id.eq(round))
        .filter(questions::state.eq_any([State::Answered, State::Published]))
        .filter(questions::same_as.is_null())
        .order((questions::asked_at.desc(), questions::id.desc()))
        .limit(200)
        .select(Question::as_select())
        .load(conn)?)
}

/// A new question.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn insert(conn: &mut Conn, question: &Question) -> Result<()> {
    diesel::insert_into(questions::table).values(question).execute(conn)?;
    Ok(())
}

/// Keeps a question as it is now.
///
/// # Errors
/// `Stale` when it changed since it was read, or a number was given in the same moment.
pub fn keep(conn: &mut Conn, next: &Question) -> Result<()> {
    let as_read = questions::table.find(next.id).filter(questions::version.eq(next.version));
    let kept = diesel::update(as_read)
        .set((
            questions::state.eq(next.state),
            questions::topic.eq(next.topic),
            questions::wording_sq.eq(&next.wording_sq),
            questions::wording_en.eq(&next.wording_en),
            questions::answer_sq.eq(&next.answer_sq),
            questions::answer_en.eq(&next.answer_en),
            questions::same_as.eq(next.same_as),
            questions::answered_by_name.eq(&next.answered_by_name),
            questions::answered_at.eq(next.answered_at),
            questions::number.eq(next.number),
            questions::published_at.eq(next.published_at),
            questions::search.eq(&next.search),
            questions::version.eq(next.version + 1),
        ))
        .execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The highest number that was given in a call; 0 before the first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn last_number(conn: &mut Conn, round: RoundId) -> Result<i32> {
    let last: Option<i32> = questions::table.filter(questions::round_id.eq(round)).select(diesel::dsl::max(questions::number)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// Whom what is said about a call concerns beside its applicants: everybody who asked and did not take it back, once.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn askers_of(conn: &mut Conn, round: RoundId) -> Result<Vec<Recipient>> {
    let mut askers: Vec<Person> = questions::table
        .inner_join(people::table)
        .filter(questions::round_id.eq(round))
        .filter(questions::state.ne(State::Withdrawn))
        .filter(people::disabled_at.is_null())
        .order((people::email, people::id))
        .select(Person::as_select())
        .load(conn)?;
    askers.dedup_by_key(|person| person.id);
    Ok(askers.iter().map(crate::accounts::records::recipient).collect())
}

/// What is looked for among the published answers.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    pub text: String,
    pub topic: Option<Topic>,
    pub by_topic: bool,
}

/// The only columns that leave for the public.
#[diesel::dsl::auto_type(no_type_alias)]
fn public_columns() -> _ {
    (
        questions::id,
        questions::number,
        questions::topic,
        questions::wording_sq,
        questions::wording_en,
        questions::answer_sq,
        questions::answer_en,
        questions::same_as,
        questions::published_at,
    )
}

fn published_like(round: RoundId, sought: &Sought) -> questions::BoxedQuery<'static, MultiBackend> {
    let mut query = questions::table.filter(questions::round_id.eq(round)).filter(questions::state.eq(State::Published)).into_boxed();
    for word in folded(&sought.text).replace(['%', '_'], " ").split_whitespace() {
        query = query.filter(questions::search.like(format!("%{word}%")));
    }
    if let Some(topic) = sought.topic {
        query = query.filter(questions::topic.eq(topic));
    }
    query
}

/// How many published answers a search finds.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count_published(conn: &mut Conn, round: RoundId, sought: &Sought) -> Result<i64> {
    Ok(published_like(round, sought).count().get_result(conn)?)
}

/// Published answers, the newest first or by what they are about.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn published(conn: &mut Conn, round: RoundId, sought: &Sought, limit: i64, offset: i64) -> Result<Vec<Published>> {
    let query = published_like(round, sought).limit(limit).offset(offset).select(public_columns());
    Ok(if sought.by_topic { query.order((questions::topic, questions::number)).load(conn)? } else { query.order(questions::number.desc()).load(conn)? })
}

/// These published answers, whatever was looked for: what others point to.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn pointed_to(conn: &mut Conn, ids: &[QuestionId]) -> Result<Vec<Published>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    Ok(questions::table.filter(questions::id.eq_any(ids.to_vec())).filter(questions::state.eq(State::Published)).select(public_columns()).load(conn)?)
}

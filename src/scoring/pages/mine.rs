//! The evaluator's list: what is to be read, until when, how far it is.
use crate::kernel::{Actor, AssignmentId, Bilingual, Day, Error, Instant, Result, Role, RoundId};
use crate::programmes;
use crate::scoring::{AssignmentState, records};
use crate::store::Conn;
use crate::web::{Answer, Link, Page, Paging, Visit};
use askama::Template;

#[derive(Template, serde::Serialize)]
#[template(path = "scoring/mine.html")]
struct MinePage {
    #[serde(skip)]
    p: Page,
    rounds: Vec<MyRound>,
    rows: Vec<MyAssignment>,
    paging: Paging,
}

/// How far one is in a round.
#[derive(Clone, Debug, serde::Serialize)]
struct MyRound {
    id: RoundId,
    code: String,
    fund: Bilingual,
    signed: i64,
    all: i64,
    due: Option<Day>,
    declared_at: Option<Instant>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct MyAssignment {
    id: AssignmentId,
    code: String,
    /// The title, once it may be read; before that the applicant's name.
    name: String,
    round: String,
    due_on: Day,
    state: AssignmentState,
    /// The declaration is made: the conflict can be checked, the sheet opened.
    declared: bool,
    round_id: RoundId,
    late: bool,
}

pub(super) async fn mine(visit: Visit) -> Answer {
    let actor = visit.actor()?;
    if !actor.roles.iter().any(|(_, role)| *role == Role::Evaluator) {
        return Err(Error::NotFound);
    }
    let (asked, today) = (visit.asked("page"), visit.now().day());
    let (rounds, rows, paging) = visit.read(move |conn| my_evaluations(conn, &actor, asked.as_deref(), today)).await?;
    let page = visit.page().with_crumbs(vec![Link::here(visit.t().scoring_mine_title())]);
    visit.show(&MinePage { p: page, rounds, rows, paging })
}

fn my_evaluations(conn: &mut Conn, actor: &Actor, asked: Option<&str>, today: Day) -> Result<(Vec<MyRound>, Vec<MyAssignment>, Paging)> {
    let counts = records::my_counts(conn, actor)?;
    let total = counts.iter().map(|(.., count)| count).sum();
    let paging = Paging::new(asked, total);
    let declarations = match actor.person {
        Some(person) => records::declarations(conn, person)?,
        None => vec![],
    };
    let declared_at = |round: RoundId| declarations.iter().find(|(declared, _)| *declared == round).map(|(_, at)| *at);
    let mut ids: Vec<RoundId> = counts.iter().map(|(round, ..)| *round).collect();
    ids.sort_unstable();
    ids.dedup();
    let funds = if ids.is_empty() { vec![] } else { programmes::records::all(conn)? };
    let rounds = records::rounds_named(conn, &ids)?.into_iter().map(|(id, code, programme)| {
        let of_round = || counts.iter().filter(move |(round, state, ..)| *round == id && *state != AssignmentState::Recused);
        MyRound {
            id,
            code,
            fund: funds.iter().find(|fund| fund.id == programme).map(|fund| fund.terms.name.clone()).unwrap_or_default(),
            signed: of_round().filter(|(_, state, ..)| *state == AssignmentState::Submitted).map(|(.., count)| count).sum(),
            all: of_round().map(|(.., count)| count).sum(),
            due: of_round().filter(|(_, state, ..)| *state != AssignmentState::Submitted).filter_map(|(_, _, due, _)| *due).min(),
            declared_at: declared_at(id),
        }
    });
    let rounds = rounds.collect();
    let rows = records::my_rows(conn, actor, paging.size, paging.offset())?.into_iter().map(|row| {
        let (state, round_id) = (row.assignment.state, row.assignment.round_id);
        let may_read = row.assignment.cleared_at.is_some() && row.assignment.counts();
        MyAssignment {
            id: row.assignment.id,
            code: row.code.unwrap_or_default(),
            name: if may_read { row.title } else { row.organisation_name },
            round: row.round_code,
            due_on: row.assignment.due_on,
            state,
            declared: declared_at(round_id).is_some(),
            round_id,
            late: row.assignment.due_on < today && !matches!(state, AssignmentState::Submitted | AssignmentState::Recused),
        }
    });
    let rows = rows.collect();
    Ok((rounds, rows, paging))
}

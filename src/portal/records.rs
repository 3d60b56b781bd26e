//! What the public may see, from the rows of all stages: contracts that both sides signed, and counts.
use super::{Awarded, Funnel, Project, Tally, Wanted};
use crate::administrative_check::CheckState;
use crate::awards::AwardOutcome;
use crate::calls::Round;
use crate::contracts::State;
use crate::kernel::{Day, Instant, Lang, Money, ProgrammeId, Result, RoundId, folded};
use crate::store::schema::{application_places, application_themes, applications, award_outcomes, awards, checks, contracts, evaluations};
use crate::store::{Conn, MultiBackend, sum_money};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// The outcome that makes a name public.
const AWARDED: AwardOutcome = AwardOutcome::Awarded;

fn public(programme: ProgrammeId) -> contracts::BoxedQuery<'static, MultiBackend> {
    contracts::table.filter(contracts::programme_id.eq(programme)).filter(contracts::state.eq_any(State::PROJECTS.to_vec())).into_boxed()
}

fn wanted(programme: ProgrammeId, wanted: &Wanted) -> contracts::BoxedQuery<'static, MultiBackend> {
    let mut query = public(programme);
    for word in folded(&wanted.text).split_whitespace().take(6) {
        // What the database would read as a pattern is no part of any word.
        let word: String = word.chars().filter(|letter| !matches!(letter, '%' | '_' | '\\')).collect();
        query = query.filter(contracts::search.like(format!("%{word}%")));
    }
    if !wanted.municipality.is_empty() {
        let there = application_places::table.filter(application_places::municipality.eq(wanted.municipality.clone()));
        query = query.filter(
            contracts::municipality.eq(wanted.municipality.clone()).or(contracts::application_id.eq_any(there.select(application_places::application_id))),
        );
    }
    if !wanted.theme.is_empty() {
        let about = application_themes::table.filter(application_themes::theme.eq(wanted.theme.clone()));
        query = query.filter(contracts::application_id.eq_any(about.select(application_themes::application_id)));
    }
    if let Some(round) = wanted.round {
        query = query.filter(contracts::round_id.eq(round));
    }
    if !wanted.tier.is_empty() {
        query = query.filter(contracts::tier.eq(wanted.tier.clone()));
    }
    if let Some(state) = wanted.state {
        query = query.filter(contracts::state.eq(state));
    }
    query
}

/// How many projects there are of what is wanted.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn count(conn: &mut Conn, programme: ProgrammeId, what: &Wanted) -> Result<i64> {
    Ok(wanted(programme, what).count().get_result(conn)?)
}

/// A page of them: the latest first.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn page(conn: &mut Conn, programme: ProgrammeId, what: &Wanted, limit: i64, offset: i64) -> Result<Vec<Project>> {
    Ok(wanted(programme, what).order((contracts::starts_on.desc(), contracts::code)).limit(limit).offset(offset).select(Project::as_select()).load(conn)?)
}

/// The project with this code.
///
/// # Errors
/// `NotFound` when there is none that the public may see.
pub fn project(conn: &mut Conn, programme: ProgrammeId, code: &str) -> Result<Project> {
    Ok(public(programme).filter(contracts::code.eq(code.to_owned())).select(Project::as_select()).first(conn)?)
}

/// In which language the project was written.
///
/// # Errors
/// `NotFound` when there is no such application.
pub fn language(conn: &mut Conn, project: &Project) -> Result<Lang> {
    Ok(applications::table.find(project.application_id).select(applications::lang).first(conn)?)
}

/// Projects and their money by the municipality where they count.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn by_municipality(conn: &mut Conn, programme: ProgrammeId) -> Result<BTreeMap<String, Tally>> {
    let rows: Vec<(String, i64, Money)> = contracts::table
        .filter(contracts::programme_id.eq(programme))
        .filter(contracts::state.eq_any(State::PROJECTS.to_vec()))
        .group_by(contracts::municipality)
        .select((contracts::municipality, count_star(), sum_money(contracts::amount)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(code, projects, money)| (code, Tally { projects, money })).collect())
}

/// Projects, their money and their first start, by round.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn by_round(conn: &mut Conn, programme: ProgrammeId) -> Result<BTreeMap<RoundId, (Tally, Option<Day>)>> {
    let rows: Vec<(RoundId, i64, Money, Option<Day>)> = contracts::table
        .filter(contracts::programme_id.eq(programme))
        .filter(contracts::state.eq_any(State::PROJECTS.to_vec()))
        .group_by(contracts::round_id)
        .select((contracts::round_id, count_star(), sum_money(contracts::amount), diesel::dsl::min(contracts::starts_on)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(round, projects, money, first)| (round, (Tally { projects, money }, first))).collect())
}

/// How far the applications of these rounds came. Five statements, however many rounds.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn funnels(conn: &mut Conn, rounds: &[Round]) -> Result<BTreeMap<RoundId, Funnel>> {
    let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
    let mut funnels: BTreeMap<RoundId, Funnel> = ids.iter().map(|id| (*id, Funnel::default())).collect();
    let received: Vec<(RoundId, i64)> = applications::table
        .filter(applications::round_id.eq_any(ids.clone()))
        .filter(applications::status.eq(crate::applications::Status::Submitted))
        .group_by(applications::round_id)
        .select((applications::round_id, count_star()))
        .load(conn)?;
    fill(&mut funnels, received, |funnel, count| funnel.received = count);
    let passed: Vec<(RoundId, i64)> = checks::table
        .filter(checks::round_id.eq_any(ids.clone()))
        .filter(checks::state.eq(CheckState::Passed))
        .group_by(checks::round_id)
        .select((checks::round_id, count_star()))
        .load(conn)?;
    fill(&mut funnels, passed, |funnel, count| funnel.passed = count);
    let above: Vec<(RoundId, i64)> = evaluations::table
        .filter(evaluations::round_id.eq_any(ids.clone()))
        .filter(evaluations::eligible.eq(true))
        .group_by(evaluations::round_id)
        .select((evaluations::round_id, count_star()))
        .load(conn)?;
    fill(&mut funnels, above, |funnel, count| funnel.above_threshold = count);
    let awarded: Vec<(RoundId, (i64, Money))> = award_outcomes::table
        .filter(award_outcomes::round_id.eq_any(ids.clone()))
        .filter(award_outcomes::outcome.eq(AWARDED))
        .group_by(award_outcomes::round_id)
        .select((award_outcomes::round_id, (count_star(), sum_money(award_outcomes::amount))))
        .load(conn)?;
    fill(&mut funnels, awarded, |funnel, (count, money)| {
        funnel.awarded = count;
        funnel.money = money;
    });
    let decided: Vec<(RoundId, Instant)> = awards::table.filter(awards::round_id.eq_any(ids)).select((awards::round_id, awards::decided_at)).load(conn)?;
    fill(&mut funnels, decided, |funnel, at| funnel.decided_at = Some(at));
    Ok(funnels)
}

fn fill<T>(funnels: &mut BTreeMap<RoundId, Funnel>, rows: Vec<(RoundId, T)>, set: impl Fn(&mut Funnel, T)) {
    for (round, value) in rows {
        if let Some(funnel) = funnels.get_mut(&round) {
            set(funnel, value);
        }
    }
}

/// The awarded of a round, in the order of their places.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn awarded(conn: &mut Conn, round: RoundId) -> Result<Vec<Awarded>> {
    Ok(award_outcomes::table
        .inner_join(applications::table)
        .filter(award_outcomes::round_id.eq(round))
        .filter(award_outcomes::outcome.eq(AWARDED))
        .order(award_outcomes::place)
        .select((
            applications::code.assume_not_null(),
            applications::title,
            applications::organisation_name,
            applications::tier,
            applications::municipality,
            award_outcomes::amount,
            applications::id,
        ))
        .load(conn)?)
}

/// Codes of the round's projects that have a public sheet, with their states.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn sheets_of(conn: &mut Conn, round: RoundId) -> Result<BTreeMap<String, State>> {
    let rows: Vec<(String, State)> = contracts::table
        .filter(contracts::round_id.eq(round))
        .filter(contracts::state.eq_any(State::PROJECTS.to_vec()))
        .select((contracts::code, contracts::state))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Which of these rounds have their award decision.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn decided(conn: &mut Conn, rounds: &[Round]) -> Result<Vec<RoundId>> {
    let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
    Ok(awards::table.filter(awards::round_id.eq_any(ids)).select(awards::round_id).load(conn)?)
}

//! Rankings and decisions in the database. Who may look is asked with the round's fund before anything here is called.
use super::rules::{Candidate, Readiness};
use super::{Award, AwardOutcome, Decided};
use crate::administrative_check::CheckState;
use crate::applications::Status;
use crate::calls::Round;
use crate::kernel::{ApplicationId, Error, Instant, Money, OrganisationId, ProgrammeId, Result, RoundId};
use crate::scoring::EvaluationState;
use crate::store::schema::{applications, award_outcomes, awards, checks, evaluations};
use crate::store::{Conn, sum_money};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// An application with its settled evaluation: what the ranking orders, and what its row says.
#[derive(Clone, Debug, Queryable)]
pub struct Evaluated {
    pub application: ApplicationId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub code: Option<String>,
    pub title: String,
    pub tier: String,
    pub municipality: String,
    pub requested: Money,
    pub submitted_at: Option<Instant>,
    pub points: Option<i64>,
    pub sections: String,
    pub gap: Option<i64>,
    pub eligible: bool,
}

impl Evaluated {
    fn candidate(&self, held: &BTreeMap<OrganisationId, Money>) -> Candidate {
        Candidate {
            application: self.application,
            code: self.code.clone().unwrap_or_default(),
            organisation: self.organisation,
            points: self.points.unwrap_or(0),
            sections: serde_json::from_str(&self.sections).unwrap_or_default(),
            eligible: self.eligible,
            requested: self.requested,
            submitted_at: self.submitted_at.unwrap_or(Instant::new(jiff::Timestamp::MIN)),
            held: held.get(&self.organisation).copied().unwrap_or(Money::ZERO),
        }
    }
}

/// Everything that a ranking is made of, read together. Six statements, whatever the number of applications.
#[derive(Clone, Debug)]
pub struct Standing {
    pub evaluated: BTreeMap<ApplicationId, Evaluated>,
    pub candidates: Vec<Candidate>,
    pub readiness: Readiness,
}

/// How a round stands now.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn standing(conn: &mut Conn, round: &Round, now: Instant) -> Result<Standing> {
    let rows = evaluated(conn, round.id)?;
    let held = held(conn, round.programme_id, round.id)?;
    let candidates: Vec<Candidate> = rows.iter().map(|row| row.candidate(&held)).collect();
    let readiness = readiness(conn, round.id, rows.len(), now)?;
    Ok(Standing { evaluated: rows.into_iter().map(|row| (row.application, row)).collect(), candidates, readiness })
}

fn evaluated(conn: &mut Conn, round: RoundId) -> Result<Vec<Evaluated>> {
    Ok(applications::table
        .inner_join(checks::table.on(checks::application_id.eq(applications::id)))
        .inner_join(evaluations::table.on(evaluations::application_id.eq(applications::id)))
        .filter(applications::round_id.eq(round))
        .filter(checks::state.eq(CheckState::Passed))
        // One that was withdrawn after the decision stays in it.
        .filter(
            evaluations::state.eq(EvaluationState::Final).or(evaluations::state.eq(EvaluationState::Settled).and(applications::status.eq(Status::Submitted))),
        )
        .order(applications::serial)
        .select((
            applications::id,
            applications::organisation_id,
            applications::organisation_name,
            applications::code,
            applications::title,
            applications::tier,
            applications::municipality,
            applications::requested,
            applications::submitted_at,
            evaluations::points,
            evaluations::sections,
            evaluations::gap,
            evaluations::eligible,
        ))
        .load(conn)?)
}

/// What each organisation was awarded in the fund's other rounds.
fn held(conn: &mut Conn, programme: ProgrammeId, except: RoundId) -> Result<BTreeMap<OrganisationId, Money>> {
    let sums: Vec<(OrganisationId, Money)> = award_outcomes::table
        .inner_join(applications::table)
        .filter(applications::programme_id.eq(programme))
        .filter(applications::round_id.ne(except))
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .group_by(applications::organisation_id)
        .select((applications::organisation_id, sum_money(award_outcomes::amount)))
        .load(conn)?;
    Ok(sums.into_iter().collect())
}

fn readiness(conn: &mut Conn, round: RoundId, settled: usize, now: Instant) -> Result<Readiness> {
    let (submitted, checked): (i64, i64) = applications::table
        .left_join(checks::table.on(checks::application_id.eq(applications::id)))
        .filter(applications::round_id.eq(round))
        .filter(applications::status.eq(Status::Submitted))
        .select((crate::store::count_all(), diesel::dsl::count(checks::decided_at.nullable())))
        .get_result(conn)?;
    let passed = crate::scoring::records::passed_count(conn, round)?;
    let awaited = crate::applications::deadline_records::awaited_in(conn, round, now)?;
    let whole = |count: i64| usize::try_from(count).unwrap_or(0);
    Ok(Readiness { unchecked: whole(submitted - checked), unsettled: whole(passed).saturating_sub(settled), awaited: whole(awaited) })
}

/// The decision of a round, if there is one.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn award(conn: &mut Conn, round: RoundId) -> Result<Option<Award>> {
    Ok(awards::table.find(round).select(Award::as_select()).first(conn).optional()?)
}

/// What was decided on an application, if anything was.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn outcome_of(conn: &mut Conn, application: ApplicationId) -> Result<Option<Decided>> {
    Ok(award_outcomes::table.find(application).select(Decided::as_select()).first(conn).optional()?)
}

/// Everything that was decided in a round, by place.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn outcomes_in(conn: &mut Conn, round: RoundId) -> Result<Vec<Decided>> {
    Ok(award_outcomes::table.filter(award_outcomes::round_id.eq(round)).order(award_outcomes::place).select(Decided::as_select()).load(conn)?)
}

/// What is awarded in a round, by place: what contracts are made of.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn awarded_in(conn: &mut Conn, round: RoundId) -> Result<Vec<Decided>> {
    Ok(award_outcomes::table
        .filter(award_outcomes::round_id.eq(round))
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .order(award_outcomes::place)
        .select(Decided::as_select())
        .load(conn)?)
}

/// The first application that is left on the reserve list and was not withdrawn.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn first_in_reserve(conn: &mut Conn, round: RoundId) -> Result<Option<ApplicationId>> {
    Ok(award_outcomes::table
        .inner_join(applications::table)
        .filter(applications::status.eq(Status::Submitted))
        .filter(award_outcomes::round_id.eq(round))
        .filter(award_outcomes::outcome.eq(AwardOutcome::Reserve))
        .order(award_outcomes::place)
        .select(award_outcomes::application_id)
        .first(conn)
        .optional()?)
}

/// Awarded applications that were withdrawn: what was awarded to them is the round's again.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn withdrawn_awards(conn: &mut Conn) -> Result<Vec<ApplicationId>> {
    Ok(award_outcomes::table
        .inner_join(applications::table)
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .filter(applications::status.eq(Status::Withdrawn))
        .order(award_outcomes::application_id)
        .limit(100)
        .select(award_outcomes::application_id)
        .load(conn)?)
}

/// What an organisation is awarded in all rounds of a fund.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn held_by(conn: &mut Conn, programme: ProgrammeId, organisation: OrganisationId) -> Result<Money> {
    Ok(award_outcomes::table
        .inner_join(applications::table)
        .filter(applications::programme_id.eq(programme))
        .filter(applications::organisation_id.eq(organisation))
        .filter(award_outcomes::outcome.eq(AwardOutcome::Awarded))
        .select(sum_money(award_outcomes::amount))
        .get_result(conn)?)
}

/// Writes the decision. The round is its key, so there is one: of two at once, the second is `Stale`.
///
/// # Errors
/// `Stale` when the round is decided already.
pub fn insert(conn: &mut Conn, award: &Award, outcomes: &[Decided]) -> Result<()> {
    diesel::insert_into(awards::table).values(award).execute(conn)?;
    for outcome in outcomes {
        diesel::insert_into(award_outcomes::table).values(outcome).execute(conn)?;
    }
    Ok(())
}

/// Changes what was decided on one application, and the sum of the round with it, if nobody did so since it was read.
///
/// # Errors
/// `Stale` when somebody did.
pub fn change(conn: &mut Conn, award: &Award, before: &Decided, after: &Decided) -> Result<()> {
    let sum = award.awarded - before.amount + after.amount;
    let round = awards::table.filter(awards::round_id.eq(award.round_id)).filter(awards::awarded.eq(award.awarded));
    let one = diesel::update(round).set(awards::awarded.eq(sum)).execute(conn)?;
    let row = award_outcomes::table.filter(award_outcomes::application_id.eq(before.application_id)).filter(award_outcomes::outcome.eq(before.outcome));
    let other = diesel::update(row)
        .set((award_outcomes::outcome.eq(after.outcome), award_outcomes::amount.eq(after.amount), award_outcomes::note.eq(&after.note)))
        .execute(conn)?;
    if (one, other) == (1, 1) { Ok(()) } else { Err(Error::Stale) }
}

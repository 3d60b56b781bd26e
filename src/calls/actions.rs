//! What is done with a round: imported from a file, published, extended, cancelled.
use super::file::{ParsedFile, ParsedRound};
use super::{Round, RoundState, records, rules};
use crate::accounts;
use crate::kernel::{Bilingual, Instant, Money, PersonId, ProgrammeId, Result, RoundId, must, unless};
use crate::programmes::{self, Programme};
use crate::workflow::letters::{Letter, Recipient};
use crate::workflow::{Act, Event, Recorded, Subject};

/// What happened to a round: `round.imported`, `round.published`, `round.extended`, `round.cancelled`.
macro_rules! event {
    ($(#[$meta:meta])* $name:ident, $kind:literal, { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(serde::Serialize)]
        struct $name<'a> {
            id: RoundId,
            programme: ProgrammeId,
            code: &'a str,
            $($field: $type),*
        }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::Round(self.id)
            }
            fn programme(&self) -> Option<ProgrammeId> {
                Some(self.programme)
            }
        }
    };
}
event!(Imported, "round.imported", { opens_at: Instant, closes_at: Instant, envelope: Money, terms: &'a super::Terms });
event!(Published, "round.published", { opens_at: Instant, closes_at: Instant, envelope: Money, letters: usize });
event!(Amended, "round.amended", { opens_at: Instant, envelope: Money, terms: &'a super::Terms });
event!(Extended, "round.extended", { closed_before: Instant, closes_at: Instant, reason: &'a str, letters: usize });
event!(Cancelled, "round.cancelled", { reason: &'a str, letters: usize });

/// What an import brought.
#[derive(Clone, Debug)]
pub struct Import {
    pub programme: Programme,
    pub rounds: Vec<Round>,
}

/// Takes a fund and its rounds from a file. The same file again changes nothing; a round that is still a draft is brought up to date.
///
/// # Errors
/// `Forbidden` for anybody but the system and an administrator; `Refused` when a published round would change; then nothing changes at all.
pub fn import(act: &mut Act<'_>, file: &ParsedFile) -> Result<Recorded<Import>> {
    let recorded = programmes::actions::import(act, &file.slug, &file.fund)?;
    let programme = programmes::records::by_slug(act.conn, &file.slug)?;
    let known = records::of_programme(act.conn, programme.id)?;
    let same_code = |round: &ParsedRound| known.iter().find(|known| known.code == round.code);
    let fixed = |round: &ParsedRound| {
        let known = same_code(round)?;
        Some(rules::hindrances_to_import(&round.code, known.state, rules::differs(known, round)))
    };
    unless(file.rounds.iter().filter_map(fixed).flatten().collect())?;
    let rounds: Result<Vec<Round>> = file.rounds.iter().map(|round| import_round(act, programme.id, same_code(round), round)).collect();
    let rounds = rounds?;
    Ok(recorded.map(|programme| Import { programme, rounds }))
}

fn import_round(act: &mut Act<'_>, programme: ProgrammeId, known: Option<&Round>, round: &ParsedRound) -> Result<Round> {
    let kept = match known {
        Some(known) if !rules::differs(known, round) => return Ok(known.clone()),
        Some(known) => records::change(act.conn, known, round)?,
        None => records::add(act.conn, programme, round)?,
    };
    let event =
        Imported { id: kept.id, programme, code: &kept.code, opens_at: kept.opens_at, closes_at: kept.closes_at, envelope: kept.envelope, terms: &kept.terms };
    Ok(act.record(&event, kept.clone())?.into_inner())
}

/// Publishes a round: from its opening instant on, applications are taken. Everybody who works in the area is told (E02); how many were, comes back.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn publish(act: &mut Act<'_>, id: RoundId) -> Result<Recorded<(Round, usize)>> {
    let round = records::find(act.conn, id)?;
    must(rules::may_publish(act.actor, &round))?;
    unless(rules::hindrances_to_publish(&round, act.now))?;
    let round = records::publish(act.conn, &round, act.now)?;
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    let letters = tell_the_area(act, &programme, &round, "E02", &Why { reason: "", closed_before: round.closes_at, told: Told::default() })?;
    let event =
        Published { id, programme: programme.id, code: &round.code, opens_at: round.opens_at, closes_at: round.closes_at, envelope: round.envelope, letters };
    act.record(&event, (round.clone(), letters))
}

/// Gives a round that is public other terms; its deadline stays. What may change, and who is told, the corrigenda's stage knows.
///
/// # Errors
/// `Forbidden` for whom it is not to do; `Stale`.
pub fn amend(act: &mut Act<'_>, known: &Round, wanted: &ParsedRound) -> Result<Recorded<Round>> {
    must(rules::may_publish(act.actor, known))?;
    let round = records::amend(act.conn, known, wanted)?;
    let event =
        Amended { id: round.id, programme: round.programme_id, code: &round.code, opens_at: round.opens_at, envelope: round.envelope, terms: &round.terms };
    act.record(&event, round.clone())
}

/// Moves the deadline of an open round for everybody. Who was told of the call is told of it, and why (E03), and so are those who have
/// begun to apply, whom the applications' stage names.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn extend(act: &mut Act<'_>, id: RoundId, until: Option<Instant>, reason: &str, told: Told<'_>) -> Result<Recorded<(Round, usize)>> {
    let known = records::find(act.conn, id)?;
    must(rules::may_extend(act.actor, &known))?;
    let programme = programmes::records::find(act.conn, known.programme_id)?;
    let next_opens = records::next_opening(act.conn, programme.id, known.closes_at)?;
    let mut reasons = rules::hindrances_to_extend(&known, &programme.terms, next_opens, until, act.now);
    reasons.extend(rules::against_reason(reason));
    unless(reasons)?;
    let round = records::extend(act.conn, &known, until.unwrap_or(known.closes_at), rules::questions_basis(&known, act.now))?;
    let letters = tell_the_area(act, &programme, &round, "E03", &Why { reason, closed_before: known.closes_at, told })?;
    let event = Extended { id, programme: programme.id, code: &round.code, closed_before: known.closes_at, closes_at: round.closes_at, reason, letters };
    act.record(&event, (round.clone(), letters))
}

/// Cancels a round before its deadline; who was told of it is told of its end, and why (E07), and so are those who have begun to apply,
/// whom the applications' stage names.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn cancel(act: &mut Act<'_>, id: RoundId, reason: &str, applicants: &[Recipient]) -> Result<Recorded<(Round, usize)>> {
    let known = records::find(act.conn, id)?;
    must(rules::may_cancel(act.actor, &known))?;
    unless(rules::hindrances_to_cancel(&known, act.now))?;
    rules::check_reason(reason)?;
    let round = records::cancel(act.conn, &known)?;
    let programme = programmes::records::find(act.conn, round.programme_id)?;
    // Nobody hears of the end of what they never heard of.
    let letters = if known.state == RoundState::Published {
        tell_the_area(act, &programme, &round, "E07", &Why { reason, closed_before: round.closes_at, told: Told { applicants, spared: &[] } })?
    } else {
        0
    };
    let event = Cancelled { id, programme: programme.id, code: &round.code, reason, letters };
    act.record(&event, (round.clone(), letters))
}

/// What the letters about a call say.
#[derive(serde::Serialize)]
struct Values<'a> {
    fund: &'a Bilingual,
    slug: &'a str,
    code: &'a str,
    round: &'a Bilingual,
    purpose: &'a Bilingual,
    opens_at: Instant,
    closes_at: Instant,
    /// The deadline before it was moved.
    closed_before: Instant,
    sizes: Vec<Size<'a>>,
    reason: &'a str,
    /// To somebody who has begun to apply.
    applicant: bool,
}
#[derive(serde::Serialize)]
struct Size<'a> {
    name: &'a Bilingual,
    at_least: Money,
    at_most: Money,
    months_at_least: i32,
    months_at_most: i32,
}

/// Whom the applications' stage names for a letter about a call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// Who has begun to apply.
    pub applicants: &'a [Recipient],
    /// Whom it does not concern.
    pub spared: &'a [PersonId],
}

/// What makes one letter about a call another than the other.
struct Why<'a> {
    reason: &'a str,
    closed_before: Instant,
    told: Told<'a>,
}

fn tell_the_area(act: &mut Act<'_>, programme: &Programme, round: &Round, code: &'static str, why: &Why<'_>) -> Result<usize> {
    let terms = &round.terms;
    let applies = |recipient: &Recipient| why.told.applicants.iter().any(|applicant| applicant.person == recipient.person);
    let mut recipients = accounts::records::recipients_active_in(act.conn, &terms.municipalities)?;
    recipients.retain(|recipient| !applies(recipient));
    recipients.extend_from_slice(why.told.applicants);
    recipients.retain(|recipient| recipient.person.is_none_or(|person| !why.told.spared.contains(&person)));
    for recipient in &recipients {
        let sizes = terms.tiers.iter().map(|tier| Size {
            name: &tier.name,
            at_least: tier.at_least,
            at_most: tier.at_most,
            months_at_least: tier.months_at_least,
            months_at_most: tier.months_at_most,
        });
        let values = Values {
            fund: &programme.terms.name,
            slug: &programme.slug,
            code: &round.code,
            round: &terms.name,
            purpose: &terms.purpose,
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            closed_before: why.closed_before,
            sizes: sizes.collect(),
            reason: why.reason,
            applicant: applies(recipient),
        };
        act.send(&Letter::new(code, Some(programme.id), Subject::Round(round.id), recipient, values))?;
    }
    Ok(recipients.len())
}

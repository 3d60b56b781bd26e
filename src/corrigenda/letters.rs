//! E03: the terms of a call changed. To everybody who has begun to apply or has asked, with every change from old to new.
use super::{Change, Weight};
use crate::calls::Round;
use crate::kernel::{Bilingual, Instant, Result};
use crate::programmes::Programme;
use crate::questions::letters::concerned;
use crate::workflow::letters::Letter;
use crate::workflow::{Act, Subject};

/// So many changes stand in the letter itself; all of them are on the page.
const IN_LETTER: usize = 30;

#[derive(Clone, serde::Serialize)]
struct Values<'a> {
    slug: &'a str,
    code: &'a str,
    round: &'a Bilingual,
    number: usize,
    reason: &'a str,
    closes_at: Instant,
    changes: &'a [Change],
    more: usize,
    /// Some of it concerns what an application says.
    substance: bool,
}

/// Tells everybody concerned; how many letters that were.
///
/// # Errors
/// `Fault` when a letter cannot be written.
pub fn corrigendum(act: &mut Act<'_>, programme: &Programme, round: &Round, number: usize, changes: &[Change], reason: &str) -> Result<usize> {
    let said = changes.get(..IN_LETTER.min(changes.len())).unwrap_or_default();
    let values = Values {
        slug: &programme.slug,
        code: &round.code,
        round: &round.terms.name,
        number,
        reason,
        closes_at: round.closes_at,
        changes: said,
        more: changes.len() - said.len(),
        substance: changes.iter().any(|change| change.weight != Weight::Notice),
    };
    let recipients = concerned(act, round)?;
    for to in &recipients {
        act.send(&Letter::new("E03-terms", Some(programme.id), Subject::Round(round.id), to, values.clone()))?;
    }
    Ok(recipients.len())
}

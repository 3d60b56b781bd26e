//! Correcting a call that is public: by a file that the office sends, or by an import that says why.
use super::{Corrigendum, letters, records, rules};
use crate::applications::records as applications;
use crate::calls::actions::Import;
use crate::calls::file::{ParsedFile, ParsedRound};
use crate::calls::rules::{differs, may_publish};
use crate::calls::{RoundState, records as calls};
use crate::kernel::{CorrigendumId, Error, ProgrammeId, Result, RoundId, fault, must, unless};
use crate::programmes::records as programmes;
use crate::workflow::{Act, Event, Recorded, Subject};

#[derive(serde::Serialize)]
struct Corrected<'a> {
    #[serde(skip)]
    id: RoundId,
    #[serde(skip)]
    programme: ProgrammeId,
    round: &'a str,
    corrigendum: usize,
    changes: &'a [super::Change],
    reason: &'a str,
    letters: usize,
}
impl Event for Corrected<'_> {
    const KIND: &'static str = "round.corrected";
    fn subject(&self) -> Subject {
        Subject::Round(self.id)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

/// What a corrigendum brought.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Made {
    pub code: String,
    pub number: usize,
    pub changes: usize,
    pub letters: usize,
}

/// Publishes a corrigendum: from now on the call is as `wanted` says, and everybody who has begun to apply or has asked is told.
///
/// # Errors
/// `NotFound`; `Forbidden` for whom it is not to do; `Refused` with everything in the way; `Stale`.
pub fn publish(act: &mut Act<'_>, round: RoundId, wanted: &ParsedRound, reason: &str) -> Result<Recorded<Made>> {
    let known = calls::find(act.conn, round)?;
    must(may_publish(act.actor, &known))?;
    let changes = rules::changes(&known, wanted);
    let submitted = applications::count_submitted_in(act.conn, round)?;
    unless(rules::correcting(&known, wanted, &changes, submitted, reason, act.now))?;
    let round = crate::calls::actions::amend(act, &known, wanted)?.into_inner();
    let programme = programmes::find(act.conn, round.programme_id)?;
    let number = records::of_round(act.conn, round.id)?.len() + 1;
    let letters = letters::corrigendum(act, &programme, &round, number, &changes, reason)?;
    let corrigendum = Corrigendum {
        id: CorrigendumId::new(),
        round_id: round.id,
        changes: serde_json::to_string(&changes).map_err(fault)?,
        reason: reason.to_owned(),
        made_by: act.actor.person,
        made_by_name: act.actor.name.clone(),
        made_at: act.now,
        letters: i32::try_from(letters).unwrap_or(i32::MAX),
    };
    records::insert(act.conn, &corrigendum)?;
    let event = Corrected { id: round.id, programme: programme.id, round: &round.code, corrigendum: number, changes: &changes, reason, letters };
    act.record(&event, Made { code: round.code.clone(), number, changes: changes.len(), letters })
}

/// Takes a fund and its rounds from a file. Where it changes a round that is public, that is a corrigendum with this reason; without
/// one nothing changes at all.
///
/// # Errors
/// Those of the import and of each corrigendum.
pub fn import(act: &mut Act<'_>, file: &ParsedFile, reason: Option<&str>) -> Result<Recorded<Import>> {
    if let Some(reason) = reason {
        let known = match programmes::by_slug(act.conn, &file.slug) {
            Ok(programme) => calls::of_programme(act.conn, programme.id)?,
            Err(Error::NotFound) => vec![],
            Err(other) => return Err(other),
        };
        for wanted in &file.rounds {
            let public = known.iter().find(|round| round.code == wanted.code && round.state == RoundState::Published);
            if let Some(round) = public.filter(|round| differs(round, wanted)) {
                publish(act, round.id, wanted, reason)?;
            }
        }
    }
    crate::calls::actions::import(act, file)
}

//! What is done with a fund: its terms come from a file.
use super::{Programme, Terms, records};
use crate::kernel::{ProgrammeId, Result, Role, must};
use crate::workflow::{Act, Event, Recorded, Subject};

/// The fund's terms were taken from a file.
#[derive(serde::Serialize)]
struct Imported<'a> {
    id: ProgrammeId,
    slug: &'a str,
    changed: bool,
    terms: &'a Terms,
}
impl Event for Imported<'_> {
    const KIND: &'static str = "programme.imported";
    fn subject(&self) -> Subject {
        Subject::Programme(self.id)
    }
    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.id)
    }
}

/// Takes the fund's own terms from a file: a new fund, or the known one brought up to date.
///
/// # Errors
/// `Forbidden` for anybody but the system and an administrator; `Stale` when the fund changed meanwhile.
pub fn import(act: &mut Act<'_>, slug: &str, terms: &Terms) -> Result<Recorded<Programme>> {
    must(act.actor.is_system() || act.actor.roles.contains(&(None, Role::Administrator)))?;
    let known = records::maybe_by_slug(act.conn, slug)?;
    let json = records::written(terms)?;
    let (programme, changed) = match known {
        Some(known) if records::written(&known.terms)? == json => (known, false),
        Some(known) => (records::change(act.conn, &known, terms, act.now)?, true),
        None => (records::add(act.conn, slug, terms, act.now)?, true),
    };
    let event = Imported { id: programme.id, slug, changed, terms };
    act.record(&event, programme.clone())
}

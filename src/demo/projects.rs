//! The demo's projects: contracts, spending, indicators, reports and payments of the awarded applications.
use super::Play;
use crate::calls::Round;

pub(super) fn plan(_play: &mut Play, _round: &Round) -> crate::kernel::Result<()> {
    Ok(())
}

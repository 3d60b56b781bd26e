//! A call is cancelled: whoever has begun to apply is told with the others. The door stands here because a call does not know who applies.
use super::actions;
use crate::calls::pages::{Moved, found, show_again};
use crate::kernel::Error;
use crate::web::{Answer, Door, Fields, Visit, post};
use actix_web::web::Path;

/// Its door.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![post("/{fund}/rounds/{round}/cancellation", cancel).api("Cancels a round before its deadline, with a reason.")]
}

async fn cancel(visit: Visit, path: Path<(String, String)>, fields: Fields) -> Answer {
    let (address, reason) = (path.into_inner(), fields.get("reason"));
    let (programme, round) = found(&visit, address.clone()).await?;
    let why = reason.clone();
    match visit.perform(move |act| actions::cancel_call(act, round.id, &why)).await {
        Ok((round, letters)) => {
            let to = format!("/{}/rounds/{}", programme.slug, round.code);
            visit.done(&to, &visit.t().calls_cancelled_notice(&round.code), &Moved { code: round.code, state: round.state, letters })
        }
        Err(Error::Invalid(complaints)) if !visit.api => show_again(&visit, address, reason, complaints).await,
        Err(other) => Err(other),
    }
}

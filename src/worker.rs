//! What time does: posts letters, and (as the stages add their clocks) opens, closes and reminds. One loop; every step may fail and is tried again.
use crate::kernel::Result;
use crate::workflow::mailer::Mailer;
use crate::workflow::{Desk, outbox};
use std::time::Duration;

/// Posts every letter that is due; how many were tried.
///
/// # Errors
/// `Fault` when the database does not answer.
pub async fn post_letters(desk: &Desk, mailer: &Mailer) -> Result<usize> {
    let now = desk.clock.now();
    let store = desk.store.clone();
    let due = blocking(move || store.write(|conn| outbox::claim(conn, now, 20))).await?;
    let tried = due.len();
    for letter in due {
        let outcome = mailer.post(&letter).await;
        if let outbox::Outcome::Later(answer) | outbox::Outcome::Refused(answer) = &outcome {
            tracing::warn!(letter = %letter.id, code = %letter.code, %answer, "letter not sent");
        }
        let (store, now) = (desk.store.clone(), desk.clock.now());
        blocking(move || store.write(|conn| outbox::settle(conn, &letter, &outcome, now))).await?;
    }
    Ok(tried)
}

/// Looks at what time asks for: drafts are reminded. (Later stages add their clocks here.) How many letters' worth was found.
///
/// # Errors
/// `Fault` when the database does not answer.
pub async fn look_at_clocks(desk: &Desk) -> Result<usize> {
    let desk = desk.clone();
    blocking(move || crate::applications::actions::remind_due(&desk)).await
}

/// So long the worker leaves the clocks alone between two looks.
const CLOCKS_EVERY: Duration = Duration::from_secs(20);

/// Runs until `stop` answers.
pub async fn run(desk: Desk, mailer: Mailer, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut looked: Option<std::time::Instant> = None;
    loop {
        if looked.is_none_or(|at| at.elapsed() >= CLOCKS_EVERY) {
            looked = Some(std::time::Instant::now());
            if let Err(error) = look_at_clocks(&desk).await {
                tracing::error!(%error, "the worker could not look at the clocks");
            }
        }
        let busy = match post_letters(&desk, &mailer).await {
            Ok(tried) => tried > 0,
            Err(error) => {
                tracing::error!(%error, "the worker could not post letters");
                false
            }
        };
        let pause = if busy { Duration::from_millis(50) } else { Duration::from_secs(1) };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = &mut stop => break,
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(crate::kernel::fault)?
}

//! Passwords: kept as argon2id hashes (19 MiB, two passes), compared in the same time whether there is an account or not.
use crate::kernel::{Result, fault};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use std::sync::LazyLock;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Two at a time: a burst of sign-ins takes 40 MB, not all there is.
static TURNS: Semaphore = Semaphore::const_new(2);

fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1_024, 2, 1, None).unwrap_or(Params::DEFAULT))
}

/// Waits until hashing may begin. Held while it runs, off the network's thread.
///
/// # Errors
/// `Fault` never in practice: the turns are never closed.
pub async fn turn() -> Result<SemaphorePermit<'static>> {
    TURNS.acquire().await.map_err(fault)
}

/// The hash of a new password, with its own salt.
///
/// # Errors
/// `Fault` when the system has no randomness.
pub fn hash(password: &str) -> Result<String> {
    Ok(argon().hash_password(password.as_bytes()).map_err(|error| fault(error.to_string()))?.to_string())
}

/// Whether this is the password. Without a hash the same work is done for nothing, and the answer is no.
#[must_use]
pub fn matches(known: Option<&str>, typed: &str) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());
    let against = known.unwrap_or(&NOBODY);
    let fits = PasswordHash::new(against).is_ok_and(|hash| argon().verify_password(typed.as_bytes(), &hash).is_ok());
    fits && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_argon2id_with_a_salt_of_its_own_and_nobody_has_none() {
        let (one, two) = (hash("një fjalëkalim").unwrap(), hash("një fjalëkalim").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(one, two);
        assert!(matches(Some(&one), "një fjalëkalim"));
        assert!(!matches(Some(&one), "nje fjalekalim"));
        assert!(!matches(None, "nobody has this password"));
        assert!(!matches(Some("rubbish"), "x"));
    }
}

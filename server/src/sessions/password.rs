//! Passwords: argon2id (RFC 9106) with the parameters OWASP names as the minimum.

use crate::{
    error::{Error, Result},
    metrics::Metrics,
};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const CHARACTERS_MIN: usize = 12;
const CHARACTERS_MAX: usize = 1_024;

/// Each costs a tenth of a second of one core: no more at once than there are cores.
static AT_ONCE: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether a password may be chosen.
pub fn check_new(password: &str) -> std::result::Result<(), String> {
    let characters = password.chars().count();
    if !(CHARACTERS_MIN..=CHARACTERS_MAX).contains(&characters) {
        return Err(format!(
            "must have {CHARACTERS_MIN} to {CHARACTERS_MAX} characters, and has {characters}"
        ));
    }
    let first = password.chars().next();
    if password.chars().all(|c| Some(c) == first) {
        return Err("must not be one character repeated".to_owned());
    }
    Ok(())
}

/// The stored form (PHC string with its own salt).
pub async fn hash(password: String) -> Result<String> {
    blocking(move || {
        argon2().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Error::internal)
    })
    .await
}

/// Whether the password is that of the hash. Without a hash the same work is done for nothing, so
/// that the time tells nobody which accounts exist.
pub async fn verify(metrics: &Metrics, password: String, hash: Option<String>) -> Result<bool> {
    let right = blocking(move || {
        let Some(hash) = hash else {
            let _ = argon2().hash_password(password.as_bytes());
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(Error::internal)?;
        Ok(argon2().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?;
    metrics.password_checked();
    Ok(right)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() -> Result<()> {
        let hash = hash("correct horse battery".into()).await?;
        assert!(hash.starts_with("$argon2id$"));
        let metrics = Metrics::default();
        let is = |password: &str, hash| verify(&metrics, password.to_owned(), hash);
        assert!(is("correct horse battery", Some(hash.clone())).await?);
        assert!(!is("wrong", Some(hash)).await?);
        assert!(!is("correct horse battery", None).await?);
        Ok(())
    }

    #[test]
    fn long_and_unicode_passwords_are_welcome() {
        assert!(check_new(&"correct horse battery staple".repeat(4)).is_ok());
        assert!(check_new("пароль-из-букв").is_ok());
        assert!(check_new("short").is_err());
        assert!(check_new("aaaaaaaaaaaaaaa").is_err());
    }
}

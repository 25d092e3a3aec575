//! Recovery codes: for who has lost the phone. Each is good once.

use crate::{random, seal::Sealer};
use domain::UserId;

pub const CODES: usize = 10;
/// About 58 bits, in two groups: nobody guesses one within the limits of signing in.
const LETTERS: usize = 12;

/// New codes, as they are shown: `abcdef-ghjkmn`.
pub fn make() -> Vec<String> {
    (0..CODES).map(|_| grouped(&random::letters(LETTERS))).collect()
}

fn grouped(letters: &str) -> String {
    let (first, second) = letters.split_at(LETTERS / 2);
    format!("{first}-{second}")
}

/// How one is stored: by a digest that nobody makes who has only the database.
pub fn digest(sealer: &Sealer, user: UserId, typed: &str) -> String {
    let plain: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    sealer.sign(&format!("recovery-code\n{user}\n{plain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_differ_and_are_read_however_they_are_typed() {
        let codes: HashSet<_> = make().into_iter().collect();
        assert_eq!(codes.len(), CODES);
        let (sealer, user) = (Sealer::from_key([7; 32]), UserId(domain::Uuid::nil()));
        let of = |typed: &str| digest(&sealer, user, typed);
        assert_eq!(of("abcdef-ghjkmn"), of(" ABCDEF ghjkmn\r\n"));
        assert_ne!(of("abcdef-ghjkmn"), of("abcdef-ghjkmm"));
    }
}

//! What somebody typed: what to look for, and what to do with it.

use super::acts::{ACTS, Act};
use crate::{text::Text, visit::language};

/// Shorter beginnings of a verb are taken for a part of a name.
const VERB_MIN: usize = 3;

/// A text to look for, and the acts whose verb stands before or after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub q: String,
    pub acts: Vec<&'static Act>,
}

/// `stop web-1`, `web-1 anhalten`
pub fn read(text: &str) -> Typed {
    let words: Vec<_> = text.split_whitespace().collect();
    if let [first, .., last] = words[..] {
        for (verb, rest) in [(first, &words[1..]), (last, &words[..words.len() - 1])] {
            let acts: Vec<_> = ACTS.iter().filter(|act| is_verb(verb, act.label)).collect();
            if !acts.is_empty() {
                return Typed { q: rest.join(" "), acts };
            }
        }
    }
    Typed { q: words.join(" "), acts: Vec::new() }
}

/// Whether a word begins the verb of an act: the word that it begins with, or ends with, whichever
/// is not the name.
fn is_verb(typed: &str, label: Text) -> bool {
    let typed = typed.to_lowercase();
    let pattern = label.in_language(language());
    let mut words = pattern.split(' ').filter(|word| !word.starts_with('{'));
    let verb = match pattern.starts_with('{') || pattern.ends_with('}') {
        true if pattern.ends_with('}') => words.next(),
        _ => words.next_back(),
    };
    let verb = verb.unwrap_or_default().to_lowercase();
    typed.chars().count() >= VERB_MIN && verb.starts_with(&typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::visiting;

    #[test]
    fn a_verb_stands_before_or_after_what_is_looked_for() {
        visiting(|| {
            let operations = |text: &str| {
                let Typed { q, acts } = read(text);
                (q, acts.iter().map(|act| act.operation).collect::<Vec<_>>())
            };
            assert_eq!(operations("stop  web-1"), ("web-1".into(), vec!["stop-instance"]));
            assert_eq!(operations("web-1 Reb"), ("web-1".into(), vec!["reboot-instance"]));
            assert_eq!(operations("st web"), ("st web".into(), vec![]));
            assert_eq!(operations("stop"), ("stop".into(), vec![]));
            assert_eq!(operations(" "), (String::new(), vec![]));
            assert!(operations("delete old").1.contains(&"delete-snapshot"));
        });
    }
}

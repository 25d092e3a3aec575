//! What may be typed next in an expression.

use api::ENDPOINTS;
use policy::REQUEST;

/// Words that are offered at once.
const OFFERED: usize = 8;
/// What can be asked of a value; those of the language and Exoscale's.
const METHODS: [&str; 7] =
    ["contains(", "endsWith(", "has(", "inIpRange(", "matches(", "size()", "startsWith("];
const FUNCTIONS: [&str; 3] = ["duration(", "size(", "timestamp("];

/// How many bytes of the text before the next letter belong to the word that is typed, and what it may
/// become: the name of an operation between quotes, else of a value or function.
pub fn completions(before: &str, service: &str) -> (usize, Vec<String>) {
    let quotes = |quote| before.matches(quote).count() % 2 == 1;
    let quoted = ['\'', '"'].into_iter().find(|quote| quotes(*quote));
    let word = match quoted {
        Some(quote) => before.rsplit(quote).next().unwrap_or_default(),
        None => {
            let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let start = before.trim_end_matches(|letter| is_of_word(letter) || letter == '.').len();
            &before[start..]
        }
    };
    if word.is_empty() {
        return (0, Vec::new());
    }
    if quoted.is_some() {
        let own = |of: &str| ENDPOINTS.iter().any(|endpoint| endpoint.service == of);
        let named = ENDPOINTS.iter().filter(|one| !own(service) || one.service == service);
        return (word.len(), matching(word, named.map(|endpoint| endpoint.operation)));
    }
    match word.rsplit_once('.') {
        Some((of, begun)) => {
            let known = REQUEST.iter().find(|name| name.name == of);
            let fields = known.and_then(|name| name.fields).unwrap_or_default();
            (begun.len(), matching(begun, fields.iter().copied().chain(METHODS)))
        }
        None => {
            let names = REQUEST.iter().map(|name| name.name);
            (word.len(), matching(word, names.chain(FUNCTIONS)))
        }
    }
}

fn matching<'a>(begun: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let fits = |word: &&str| word.starts_with(begun) && *word != begun;
    words.filter(fits).take(OFFERED).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_offered() {
        let words = |before: &str| completions(before, "compute").1.join(" ");
        assert_eq!(words("oper"), "operation");
        assert_eq!(words("true && identity.k"), "key");
        assert_eq!(words("operation.st"), "startsWith(");
        assert_eq!(words("operation == 'reboot-"), "reboot-instance");
        assert_eq!(words("operation == 'create-api"), "");
        assert_eq!(completions("operation == 'create-api", "dns").1, ["create-api-key"]);
        assert_eq!(words("operation == 'a' && time"), "timestamp(");
        assert_eq!(words(""), "");
        assert_eq!(words("operation"), "");
        assert_eq!(completions("ä && oper", "compute").0, 4);
        assert!(completions("operation == 'l", "compute").1.len() <= OFFERED);
    }
}

//! What is typed into the search box of a list: words, and filters as `key:value`.

/// The parameter that labels fill: `env=prod` is one without its key, too, as it stands on the rows.
const LABELS: &str = "labels";

/// A key that may be typed, and the parameter that it fills.
pub type Key = (&'static str, &'static str);

/// What was typed, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Typed {
    /// The words that are no filter, as they are searched for.
    pub words: String,
    /// Parameters and their values, in the order they were typed.
    pub filters: Vec<(&'static str, String)>,
}

/// Takes a text apart. Quotes keep spaces together: `label:"team=blue moon"`.
///
/// What looks like a filter and has no known key is the error, lest it be searched for as a word
/// and found nowhere. Words with several colons are addresses, and searched for.
pub fn read(text: &str, keys: &[Key]) -> Result<Typed, String> {
    let mut typed = Typed::default();
    let labels = keys.iter().find(|(_, parameter)| *parameter == LABELS);
    for word in words(text) {
        let (key, value) = word.split_once(':').unwrap_or_default();
        if let Some((_, parameter)) = keys.iter().find(|(known, _)| *known == key) {
            typed.filters.push((parameter, value.to_owned()));
            continue;
        }
        let plain = |c: char| c.is_ascii_alphabetic() || c == '-';
        if !key.is_empty() && !value.contains(':') && key.chars().all(plain) {
            return Err(key.to_owned());
        }
        if let Some((_, parameter)) = labels.filter(|_| word.find('=') > Some(0)) {
            typed.filters.push((parameter, word));
            continue;
        }
        if !typed.words.is_empty() {
            typed.words.push(' ');
        }
        typed.words.push_str(&word);
    }
    Ok(typed)
}

fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            space if space.is_whitespace() && !quoted => words.push(String::new()),
            other => words.last_mut().into_iter().for_each(|word| word.push(other)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[Key] = &[("state", "state"), ("label", "labels"), ("ip", "ip-address")];

    fn check(text: &str) -> (String, Vec<(&'static str, String)>) {
        let typed = read(text, KEYS).expect("readable");
        (typed.words, typed.filters)
    }

    #[test]
    fn filters_and_words_are_told_apart() {
        let (words, filters) = check(" web  state:running label:env=prod 1 ");
        assert_eq!(words, "web 1");
        assert_eq!(filters, [("state", "running".into()), ("labels", "env=prod".into())]);
        assert_eq!(check("label:\"team=blue moon\"").1, [("labels", "team=blue moon".into())]);
        assert_eq!(check("label:env:prod").1, [("labels", "env:prod".into())]);
        assert_eq!(check("env=prod =1").1, [("labels", "env=prod".into())]);
        assert_eq!(read("env=prod", &KEYS[..1]).unwrap_or_default().words, "env=prod");
        assert_eq!(check("state:").1, [("state", String::new())]);
    }

    #[test]
    fn addresses_are_words() {
        assert_eq!(check("2001:db8::1").0, "2001:db8::1");
        assert_eq!(check("fe80::").0, "fe80::");
        assert_eq!(check("::1").0, "::1");
        assert_eq!(check("ip:2001:db8::1").1, [("ip-address", "2001:db8::1".into())]);
    }

    #[test]
    fn unknown_keys_are_reported() {
        assert_eq!(read("web stat:running", KEYS), Err("stat".to_owned()));
        assert_eq!(read("cost:1", KEYS), Err("cost".to_owned()));
    }
}

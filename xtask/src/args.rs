//! Command line words, split into positional words, switches and options with a value.

use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// What a command accepts; everything else is refused by name.
pub struct Accepts {
    pub switches: &'static [&'static str],
    pub options: &'static [&'static str],
    pub words: bool,
}

/// The words of one command.
#[derive(Debug, Default)]
pub struct Args {
    pub words: Vec<String>,
    /// What follows a bare `--`.
    pub rest: Vec<String>,
    switches: Vec<String>,
    options: BTreeMap<String, Vec<String>>,
}

impl Args {
    /// Splits `given`; an unknown flag or a missing value is an error that names it.
    pub fn parse(given: &[String], accepts: &Accepts) -> Result<Self> {
        let mut args = Args::default();
        let mut words = given.iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.strip_prefix("--") else {
                if !accepts.words {
                    bail!("'{word}' is one word too many");
                }
                args.words.push(word.clone());
                continue;
            };
            if flag.is_empty() {
                args.rest = words.cloned().collect();
                break;
            }
            let (name, inline) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (flag, None),
            };
            if accepts.switches.contains(&name) && inline.is_none() {
                args.switches.push(name.to_owned());
            } else if accepts.options.contains(&name) {
                let Some(value) = inline.or_else(|| words.next().cloned()) else {
                    bail!("--{name} needs a value");
                };
                args.options.entry(name.to_owned()).or_default().push(value);
            } else {
                let known: Vec<String> = accepts
                    .switches
                    .iter()
                    .chain(accepts.options)
                    .map(|n| format!("--{n}"))
                    .collect();
                bail!("--{name} is not known here; known are: {}", known.join(" "));
            }
        }
        Ok(args)
    }

    /// Whether the switch was given.
    pub fn has(&self, switch: &str) -> bool {
        self.switches.iter().any(|name| name == switch)
    }

    /// The last value of an option.
    pub fn value(&self, option: &str) -> Option<&str> {
        self.options.get(option)?.last().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCEPTS: Accepts = Accepts { switches: &["release"], options: &["listen"], words: true };

    fn parse(line: &str) -> Result<Args> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Args::parse(&words, &ACCEPTS)
    }

    #[test]
    fn splits_words_switches_and_options() {
        let args = parse("unit --release --listen=a --listen b api -- --nocapture").unwrap();
        assert_eq!(args.words, ["unit", "api"]);
        assert_eq!(args.rest, ["--nocapture"]);
        assert!(args.has("release"));
        assert_eq!(args.value("listen"), Some("b"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(parse("--relaese").unwrap_err().to_string().contains("--relaese"));
        assert!(parse("--listen").unwrap_err().to_string().contains("needs a value"));
    }
}

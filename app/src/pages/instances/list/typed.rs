//! Filters that are typed into the search box: `state:running label:env=prod web`.

use super::question::set;
use crate::{
    pages::address::wrong,
    text::{instances as text, t, t_with},
};
use api::{ErrorBody, ListInstances};
use domain::{list::INSTANCE_KEYS as KEYS, tokens};

/// Adds what was typed to what is asked. An unknown key and a filter that is there twice are said,
/// not passed over; labels add up.
pub fn apply(asked: &mut ListInstances, typed: &str) -> Result<(), ErrorBody> {
    let typed = tokens::read(typed, KEYS).map_err(|key| unknown(&key))?;
    let mut labels = asked.labels.take().unwrap_or_default();
    let mut before = Vec::new();
    for (name, value) in &typed.filters {
        if *name == "labels" {
            if !labels.is_empty() {
                labels.push(',');
            }
            labels.push_str(value);
        } else if before.contains(name) {
            return Err(wrong(name, t(text::BAD_TWICE).to_owned()));
        } else {
            before.push(*name);
            set(asked, name, value)?;
        }
    }
    asked.labels = Some(labels).filter(|labels| !labels.is_empty());
    asked.q = Some(typed.words).filter(|words| !words.is_empty());
    Ok(())
}

fn unknown(key: &str) -> ErrorBody {
    let possible: Vec<_> = KEYS.iter().map(|(key, _)| *key).collect();
    wrong("q", t_with(text::BAD_KEY, &[("value", key), ("possible", &possible.join(", "))]))
}

#[cfg(test)]
mod tests {
    use super::super::question::{address, read};
    use crate::visit::visiting;

    fn check(query: &[(&str, &str)]) -> String {
        visiting(|| match read(query.iter().copied()) {
            Ok(question) => address(&question).replace("/instances", ""),
            Err(error) => error.fields.into_keys().collect(),
        })
    }

    #[test]
    fn typed_filters_become_parameters() {
        let typed =
            "state:running zone:de-fra-1 type:standard.small label:env=prod ip:10.0.0.1 web";
        assert_eq!(
            check(&[("q", typed), ("sort", "name")]),
            "?instance-type=standard.small&ip-address=10.0.0.1&labels=env%3Dprod&q=web&sort=name\
             &state=running&zone=de-fra-1"
        );
        assert_eq!(check(&[("q", "state:running"), ("state", "stopped")]), "?state=running");
        assert_eq!(check(&[("labels", "a=1"), ("q", "label:b=2")]), "?labels=a%3D1%2Cb%3D2");
        assert_eq!(check(&[("q", "tier=t7 web")]), "?labels=tier%3Dt7&q=web");
        assert_eq!(check(&[("q", "2001:db8::1")]), "?q=2001%3Adb8%3A%3A1");
    }

    #[test]
    fn what_is_typed_wrongly_is_said() {
        assert_eq!(check(&[("q", "stat:running")]), "q");
        assert_eq!(check(&[("q", "state:asleep")]), "state");
        assert_eq!(check(&[("q", "state:running state:stopped")]), "state");
    }
}

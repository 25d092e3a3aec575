//! A text that nobody shows is still translated by somebody.

use super::{Finding, tree::Tree};
use std::collections::HashSet;

const CATALOG: &str = "app/src/text/";

/// Every text is named where its area is, in the catalog itself or by whoever shows it.
pub fn everywhere(tree: &Tree) -> Vec<Finding> {
    let readers: Vec<(&str, HashSet<&str>)> =
        tree.product().map(|file| (file.path.as_str(), words(&file.text).collect())).collect();
    let mut findings = Vec::new();
    for file in tree.under(CATALOG, "rs") {
        let area = file.path.trim_start_matches(CATALOG).trim_end_matches(".rs");
        for (index, line) in file.text.lines().enumerate() {
            let Some(name) = declared(line) else { continue };
            let by_itself = words(&file.text).filter(|word| *word == name).count() > 1;
            let by_others = readers.iter().any(|(path, words)| {
                *path != file.path && words.contains(area) && words.contains(name)
            });
            if !by_itself && !by_others {
                let what = format!("nobody shows {area}::{name}");
                findings.push(Finding::new(&file.path, index + 1, what));
            }
        }
    }
    findings
}

/// `SAVED` of `    SAVED "Saved" "Gespeichert";`
fn declared(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("    ")?.split_once(' ')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    (is_name && rest.starts_with('"')).then_some(name)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_nobody_shows_is_found() {
        let catalog = "texts! {\n    SAVED \"Saved\" \"Gespeichert\";\n    LOST \"Lost\" \"Weg\";\n    HERE \"Here\" \"Hier\";\n}\nfn here() -> Text { HERE }\n";
        let tree = Tree::of(&[
            ("app/src/text/users.rs", catalog),
            ("app/src/pages/a.rs", "use crate::text::users as text; t(text::SAVED)"),
            // Another area's text of the same name.
            ("app/src/pages/b.rs", "use crate::text::roles as text; t(text::LOST)"),
        ]);
        let places: Vec<_> = everywhere(&tree).into_iter().map(|found| found.place).collect();
        assert_eq!(places, ["app/src/text/users.rs:3"]);
    }
}

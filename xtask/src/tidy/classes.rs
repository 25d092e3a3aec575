//! A class without a rule does nothing: a spelling mistake, or a utility that does not exist.

use super::Finding;
use super::rust::{Literal, Source};
use super::tree::Tree;
use crate::build::css;

/// Names that mark an element for the rules of others.
const MARKERS: [&str; 2] = ["group", "peer"];

/// Every name in a `class` of the portal is a utility or stands in `style/`.
pub fn have_rules(tree: &Tree) -> Vec<Finding> {
    let style: String = tree.under("style/", "css").map(|file| file.text.as_str()).collect();
    let utilities = match css::Utilities::parse(tree.text(css::UTILITIES)) {
        Ok(utilities) => utilities,
        Err(error) => return vec![Finding::in_file(css::UTILITIES, format!("{error:#}"))],
    };
    let mut findings = Vec::new();
    for file in tree.under("app/src/", "rs") {
        let source = Source::of(&file.text);
        for literal in source.literals.iter().filter(|literal| is_class(&source, literal)) {
            for name in literal.text.split_whitespace() {
                let marks = MARKERS.contains(&name.split('/').next().unwrap_or(name));
                if !marks && !is_styled(name, &style) && !utilities.know(name) {
                    let what = format!("the class {name} has no rule");
                    findings.push(Finding::new(&file.path, literal.line, what));
                }
            }
        }
    }
    findings
}

/// `class="…"`, `class=("…", condition)`, and a branch of `class=… { "…" }`.
fn is_class(source: &Source, literal: &Literal) -> bool {
    let before = source.before(literal.at);
    if before.ends_with("class=") || before.ends_with("class=(") {
        return true;
    }
    let Some((_, attribute)) = before.rsplit_once("class=") else { return false };
    let inside = attribute.replace("==", "").replace("!=", "").replace("=>", "");
    (before.ends_with('{') || before.ends_with("=>")) && !inside.contains(['<', '>', '='])
}

/// Whether a sheet has a selector with this class, not merely one that starts with it.
fn is_styled(name: &str, style: &str) -> bool {
    let selector = format!(".{}", escaped(name));
    style.match_indices(&selector).any(|(at, _)| {
        let next = style[at + selector.len()..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || "-_\\".contains(next))
    })
}

fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for character in name.chars() {
        if !character.is_alphanumeric() && character != '-' && character != '_' {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(view: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("app/src/a.rs", view),
            ("style/main.css", ".card:hover { x: y }\n.card-title {}"),
        ]);
        have_rules(&tree).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_class_without_a_rule_is_found() {
        assert_eq!(unknown("class=\"flex card cart md:hidden\""), ["the class cart has no rule"]);
        assert_eq!(unknown("class=(\"car\", move || x)"), ["the class car has no rule"]);
        let arms = unknown("class=match x { A => \"flex\", B => \"blok\" } id=\"y\"");
        assert_eq!(arms, ["the class blok has no rule"]);
        let branches = unknown("class=move || if x { \"flex\" } else { \"flexx\" }");
        assert_eq!(branches, ["the class flexx has no rule"]);
        assert_eq!(unknown("class=\"group peer/name\" id=\"whatever\""), Vec::<String>::new());
    }
}

//! What people read stands in the catalog, where it can be translated; views only name it.

use super::Finding;
use super::rust::{Literal, Source};
use super::tree::Tree;

/// The catalog itself, and the page that shows components with sample data nobody translates.
const ELSEWHERE: [&str; 2] = ["app/src/text", "app/src/pages/style/"];
const READ_ATTRIBUTES: [&str; 5] =
    ["aria-label=", "title=", "placeholder=", "alt=", "aria-description="];

/// No text node and no attribute that is read aloud is a literal.
pub fn in_catalog(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.under("app/src/", "rs").filter(|file| is_translated(&file.path)) {
        let source = Source::of(&file.text);
        for (start, end) in views(&source.code) {
            for literal in source.literals.iter().filter(|l| l.at > start && l.at < end) {
                if has_words(&literal.text)
                    && (is_node(&source, literal) || is_read(&source, literal))
                {
                    let what = format!("\"{}\" belongs into the catalog", literal.text);
                    findings.push(Finding::new(&file.path, literal.line, what));
                }
            }
            for (at, text) in bare_nodes(&source.code[start..end]) {
                let line = source.code[..start + at].matches('\n').count() + 1;
                let what = format!("'{text}' belongs into the catalog");
                findings.push(Finding::new(&file.path, line, what));
            }
        }
    }
    findings
}

fn is_translated(path: &str) -> bool {
    !ELSEWHERE.iter().any(|elsewhere| path.starts_with(elsewhere))
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The bodies of `view! { … }`, as places in the code.
fn views(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("view! {") {
        let start = from + at + "view! {".len();
        let mut depth = 1;
        let length = code[start..].find(|character| {
            depth += match character {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth == 0
        });
        let end = length.map_or(code.len(), |length| start + length);
        found.push((start, end));
        from = end;
    }
    found
}

/// A literal as a child: after a tag or a block, or alone in a block that is a child.
fn is_node(source: &Source, literal: &Literal) -> bool {
    let before = source.before(literal.at);
    let after = &source.code[literal.at + literal.text.len() + 2..];
    if after.trim_start().starts_with("=>") {
        return false;
    }
    ends_with_child(before)
        || before.strip_suffix('{').is_some_and(|outer| ends_with_tag(outer.trim_end()))
}

fn ends_with_child(before: &str) -> bool {
    ends_with_tag(before) || before.ends_with('}')
}

fn ends_with_tag(before: &str) -> bool {
    before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->")
}

fn is_read(source: &Source, literal: &Literal) -> bool {
    let before = source.before(literal.at);
    READ_ATTRIBUTES.iter().any(|attribute| before.ends_with(attribute))
}

/// Text without quotes between two tags.
fn bare_nodes(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices('>') {
        if !ends_with_tag(&code[..=at]) {
            continue;
        }
        let Some(length) = code[at + 1..].find('<') else { continue };
        let text = code[at + 1..at + 1 + length].trim();
        let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || ".,!?'’-…".contains(c);
        if has_words(text) && text.chars().all(plain) {
            found.push((at + 1, text));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(view: &str) -> Vec<String> {
        let tree = Tree::of(&[("app/src/pages/a.rs", view), ("app/src/text/en.rs", view)]);
        in_catalog(&tree)
            .into_iter()
            .map(|finding| finding.place.replace("app/src/pages/a.rs:", ""))
            .collect()
    }

    #[test]
    fn texts_in_views_are_found() {
        let view = "view! {\n<p>\"Hello\"</p>\n<p>{\"Hello\"}</p>\n<p>Hello there</p>\n<b aria-label=\"Close\"/>\n<p>{x} \" per hour\"</p>\n}";
        assert_eq!(lines(view), ["2", "3", "5", "6", "4"]);
    }

    #[test]
    fn what_nobody_reads_is_not() {
        let view = "let a = \"x\"; view! {\n<p class=\"flex\">{text.hello}</p>\n<p class=move || if a { \"b\" } else { \"c\" }>\" · \"{y}</p>\n<p>{match z { \"a\" => f(z), _ => view! { <i/> }.into_any() }}</p>\n<For each=a key=|x| x.id let(x)><Row x/></For>\n}";
        assert_eq!(lines(view), Vec::<String>::new());
    }
}

//! Addresses are built in one place, and called through one client.

use super::Finding;
use super::rust::Source;
use super::tree::Tree;

/// The portal's one place for addresses, and its parts.
const HOME: &str = "app/src/path.rs";
const PARTS: &str = "app/src/path/";

/// What literals that look like addresses stand in: patterns of the route table, the router's own that
/// they are tested beside, and JSON pointers.
const OTHERS: [&str; 3] = ["Address(", "path!(", ".pointer("];

/// String literals that look like an address stand only in `path.rs` and its parts.
pub fn addresses(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let elsewhere = tree.under("app/src/", "rs");
    for file in elsewhere.filter(|file| file.path != HOME && !file.path.starts_with(PARTS)) {
        let source = Source::of(&file.text);
        for literal in &source.literals {
            let before = source.before(literal.at);
            let is_other = OTHERS.iter().any(|other| before.ends_with(other));
            if is_address(&literal.text) && !is_other {
                let what = format!("the address \"{}\" belongs into path.rs", literal.text);
                findings.push(Finding::new(&file.path, literal.line, what));
            }
        }
    }
    findings
}

/// No `fetch` of its own: requests go through the API client.
pub fn fetches(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.under("app/src/", "rs") {
        let source = Source::of(&file.text);
        for word in ["fetch_with", "gloo_net::", "XmlHttpRequest"] {
            for line in source.lines_with(word) {
                let what = format!("{word}: requests go through the API client");
                findings.push(Finding::new(&file.path, line, what));
            }
        }
    }
    findings
}

fn is_address(text: &str) -> bool {
    // XML namespaces look like addresses and are names.
    let absolute = text.starts_with("http://") || text.starts_with("https://");
    let starts_with_letter =
        |rest: &str| rest.starts_with(|first: char| first.is_ascii_alphabetic());
    let local = text.strip_prefix('/').is_some_and(starts_with_letter);
    local || absolute && !text.starts_with("http://www.w3.org/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_page_is_found() {
        let page = "view! { <a href=\"/instances\">{x}</a> <svg xmlns=\"http://www.w3.org/2000/svg\"/> }\nlet a = \"https://x.example\";\nlet b = Address(\"/instances\");\nlet c = \" / \"; let d = value.pointer(\"/name\");\n";
        let tree = Tree::of(&[("app/src/pages/a.rs", page), (HOME, page)]);
        let places: Vec<_> = addresses(&tree).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["app/src/pages/a.rs:1", "app/src/pages/a.rs:2"]);
    }

    #[test]
    fn a_fetch_is_found() {
        let tree = Tree::of(&[
            ("app/src/a.rs", "window.fetch_with_str(x)\n"),
            ("app/src/b.rs", "// gloo_net::"),
        ]);
        assert_eq!(fetches(&tree).len(), 1);
    }
}

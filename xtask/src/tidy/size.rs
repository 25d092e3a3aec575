//! Files that fit in a head.

use super::Finding;
use super::tree::{File, Tree};

const LINES_MAX: usize = 500;
const EXTENSIONS: [&str; 5] = [".rs", ".css", ".py", ".mjs", ".sql"];
/// A longer file says why, in its first lines.
const REASON: &str = "Long because";
const REASON_WITHIN_LINES: usize = 20;

/// No source has more lines than that, tests not counted, unless it says why.
pub fn files(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| counts(file)) {
        let body = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = body.lines().count();
        let reasoned = body.lines().take(REASON_WITHIN_LINES).any(|line| line.contains(REASON));
        if lines > LINES_MAX && !reasoned {
            let what = format!(
                "{lines} lines, more than {LINES_MAX}; split it, or write \"{REASON} …\" at its top"
            );
            findings.push(Finding::in_file(&file.path, what));
        }
    }
    findings
}

fn counts(file: &File) -> bool {
    let is_test = file.path.split('/').any(|part| part == "tests");
    EXTENSIONS.iter().any(|extension| file.path.ends_with(extension)) && !is_test
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_without_a_reason_is_found() {
        let long = "let a = 1;\n".repeat(LINES_MAX + 1);
        let reasoned = format!("//! Long because it is one table.\n{long}");
        let tested = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        let tree = Tree::of(&[
            ("a/src/long.rs", &long),
            ("a/src/reasoned.rs", &reasoned),
            ("a/src/tested.rs", &tested),
            ("a/tests/story.rs", &long),
            ("Cargo.lock", &long),
        ]);
        let places: Vec<_> = files(&tree).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["a/src/long.rs"]);
    }
}

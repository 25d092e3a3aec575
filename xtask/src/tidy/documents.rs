//! Documents that name files name files that exist.

use super::Finding;
use super::tree::Tree;

const DOCUMENTS: [&str; 4] =
    ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/add-a-page.md"];
/// What a build makes is there only after it.
const MADE: [&str; 3] = ["target/", "data/", "end2end/test-results"];

/// Paths in backticks whose first folder is one of ours.
pub fn exist(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in DOCUMENTS {
        for (index, line) in tree.text(document).unwrap_or_default().lines().enumerate() {
            for path in line.split('`').skip(1).step_by(2).filter(|word| is_path(word, tree)) {
                if !is_there(path, tree) {
                    findings.push(Finding::new(document, index + 1, format!("there is no {path}")));
                }
            }
        }
    }
    findings
}

fn is_path(word: &str, tree: &Tree) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
    let Some((first, _)) = word.split_once('/') else { return false };
    let is_ours = tree.files.iter().any(|file| file.path.starts_with(&format!("{first}/")));
    word.chars().all(plain) && is_ours && !MADE.iter().any(|made| word.starts_with(made))
}

fn is_there(path: &str, tree: &Tree) -> bool {
    let folder = format!("{}/", path.trim_end_matches('/'));
    tree.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_is_found() {
        let text = "See `api/src/endpoints.rs` and `api/src`.\nThen `api/src/gone.rs`, `GET /x`, `target/x`, `a/b`.\n";
        let tree = Tree::of(&[("ARCHITECTURE.md", text), ("api/src/endpoints.rs", "")]);
        assert_eq!(
            exist(&tree),
            [Finding::new("ARCHITECTURE.md", 2, "there is no api/src/gone.rs")]
        );
    }
}

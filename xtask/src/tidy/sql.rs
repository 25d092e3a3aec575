//! Migrations that one database needs in its own words exist for the other, too.

use super::Finding;
use super::tree::Tree;

const SUFFIXES: [(&str, &str); 2] =
    [(".sqlite.sql", ".postgres.sql"), (".postgres.sql", ".sqlite.sql")];

/// Every `*.sqlite.sql` has its `*.postgres.sql`, and the other way round.
pub fn twins(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for (this, other) in SUFFIXES {
            let Some(stem) = file.path.strip_suffix(this) else { continue };
            let twin = format!("{stem}{other}");
            if tree.text(&twin).is_none() {
                findings.push(Finding::in_file(&file.path, format!("there is no {twin}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lonely_migration_is_found() {
        let pair =
            [("m/0001_a.sqlite.sql", ""), ("m/0001_a.postgres.sql", ""), ("m/0002_b.sql", "")];
        assert!(twins(&Tree::of(&pair)).is_empty());
        assert_eq!(twins(&Tree::of(&pair[..1])).len(), 1);
        assert_eq!(twins(&Tree::of(&pair[1..])).len(), 1);
    }
}

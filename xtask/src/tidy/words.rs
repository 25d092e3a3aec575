//! Words that may stand only in one place, or nowhere.

use super::Finding;
use super::rust::Source;
use super::tree::{File, Tree};

/// SQL stays below the stores: nothing else knows which database there is.
pub fn sqlx(tree: &Tree) -> Vec<Finding> {
    let allowed = |path: &str| {
        path.ends_with("/store.rs")
            || ["db", "act", "view", "error"].iter().any(|name| {
                path == format!("server/src/{name}.rs")
                    || path.starts_with(&format!("server/src/{name}/"))
            })
    };
    let elsewhere = tree.product().filter(|file| !allowed(&file.path));
    elsewhere.flat_map(|file| uses(file, &["sqlx"], "sqlx outside the stores")).collect()
}

/// The portal comes in through the public API, like everybody.
pub fn server_functions(tree: &Tree) -> Vec<Finding> {
    let words = ["#[server]", "#[server(", "ServerAction", "create_server_action"];
    tree.under("app/src/", "rs").flat_map(|file| uses(file, &words, "a server function")).collect()
}

/// Time is an input, so that tests can set it.
pub fn clock(tree: &Tree) -> Vec<Finding> {
    let words = ["SystemTime::now", "UtcDateTime::now", "OffsetDateTime::now"];
    once(tree, &words, "the clock is read a second time")
}

/// Chance is an input, so that tests can repeat it.
pub fn random(tree: &Tree) -> Vec<Finding> {
    const WORDS: [&str; 8] = [
        "getrandom::",
        "OsRng",
        "thread_rng",
        "rand::rng(",
        "rand::random",
        "from_os_rng",
        "Uuid::new_v4",
        "Uuid::now_v7",
    ];
    once(tree, &WORDS, "randomness from a second source")
}

/// A clone of the repository is all there is.
pub fn private_places(tree: &Tree) -> Vec<Finding> {
    let places = [concat!("..", "/shared"), concat!("/work", "/")];
    let mut findings = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(place) = places.iter().find(|place| line.contains(**place)) {
                let what = format!("{place} exists on nobody else's machine");
                findings.push(Finding::new(&file.path, index + 1, what));
            }
        }
    }
    findings
}

/// Every use after the first one.
fn once(tree: &Tree, words: &[&str], what: &str) -> Vec<Finding> {
    tree.product().flat_map(|file| uses(file, words, what)).skip(1).collect()
}

fn uses(file: &File, words: &[&str], what: &str) -> Vec<Finding> {
    let source = Source::of(&file.text);
    let mut lines: Vec<usize> = words.iter().flat_map(|word| source.lines_with(word)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(|line| Finding::new(&file.path, line, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(rule: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
        rule(&Tree::of(files)).into_iter().map(|finding| finding.place).collect()
    }

    #[test]
    fn sql_outside_the_stores_is_found() {
        let text = "use sqlx::Row;\n";
        let good = [
            ("server/src/instances/store.rs", text),
            ("server/src/db.rs", text),
            ("server/src/act/mod.rs", text),
            ("api/src/lib.rs", "// not sqlx\n"),
        ];
        assert_eq!(places(sqlx, &good), Vec::<String>::new());
        let bad = [("server/src/instances/mod.rs", text)];
        assert_eq!(places(sqlx, &bad), ["server/src/instances/mod.rs:1"]);
    }

    #[test]
    fn server_functions_are_found() {
        assert_eq!(
            places(server_functions, &[("app/src/a.rs", "\n#[server]\nfn x() {}")]),
            ["app/src/a.rs:2"]
        );
    }

    #[test]
    fn a_second_clock_and_a_second_chance_are_found() {
        let now = "fn a() { SystemTime::now(); }\n";
        assert!(places(clock, &[("server/src/clock.rs", now)]).is_empty());
        let both = [("domain/src/a.rs", now), ("server/src/clock.rs", now)];
        assert_eq!(places(clock, &both), ["server/src/clock.rs:1"]);
        let chance = "fn a() {}\nfn b() { getrandom::fill(x); Uuid::new_v4(); }\n";
        assert!(places(random, &[("server/src/random.rs", chance)]).is_empty());
        let both = [("engine/src/a.rs", chance), ("server/src/random.rs", chance)];
        assert_eq!(places(random, &both), ["server/src/random.rs:2"]);
    }

    #[test]
    fn private_places_are_found() {
        let text = format!("see {}{}/notes.md", "..", "/shared");
        assert_eq!(places(private_places, &[("README.md", &text)]), ["README.md:1"]);
    }
}

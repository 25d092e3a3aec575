//! The repository's text files in memory, so that rules are functions and tests need no disk.

use anyhow::Result;
use std::fs;
use std::path::Path;

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 5] = [".git", "data", "node_modules", "target", "test-results"];

/// One text file; its path is relative to the repository.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

/// All text files, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the repository; what is not text is left out.
    pub fn read(root: &Path) -> Result<Self> {
        let mut tree = Tree::default();
        tree.enter(root, root)?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    fn enter(&mut self, root: &Path, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            let name = entry.file_name();
            if FOREIGN.iter().any(|foreign| name == *foreign) {
                continue;
            }
            if path.is_dir() {
                self.enter(root, &path)?;
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(root)?.display().to_string();
                self.files.push(File { path, text });
            }
        }
        Ok(())
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// Files under a folder with one extension.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
        extension: &'a str,
    ) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| {
            file.path.starts_with(folder)
                && Path::new(&file.path).extension().is_some_and(|this| this == extension)
        })
    }

    /// Rust files of the product's crates that run outside tests.
    pub fn product(&self) -> impl Iterator<Item = &File> {
        const CRATES: [&str; 7] = [
            "policy/src/",
            "domain/src/",
            "api/src/",
            "engine/src/",
            "app/src/",
            "client/src/",
            "server/src/",
        ];
        CRATES.iter().flat_map(|folder| self.under(folder, "rs"))
    }

    /// A tree of the given paths and texts.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        Tree { files: files.iter().map(file).collect() }
    }
}

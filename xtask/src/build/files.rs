//! The site's folder: compressed siblings, nothing written twice, nothing left over.

use crate::workspace::Profile;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What compression makes smaller; images and fonts are compressed already.
const COMPRESSIBLE: [&str; 9] =
    ["js", "wasm", "css", "svg", "html", "txt", "json", "webmanifest", "xml"];
/// Below this a compressed sibling saves no packet.
const WORTH_COMPRESSING_BYTES: usize = 1_000;

/// A folder under construction.
pub struct Site {
    folder: PathBuf,
    quality: i32,
    present: BTreeSet<PathBuf>,
}

impl Site {
    pub fn new(folder: PathBuf, profile: Profile) -> Self {
        let quality = if profile == Profile::Release { 11 } else { 4 };
        Site { folder, quality, present: BTreeSet::new() }
    }

    /// Adds one file and, where it helps, its `.br` sibling.
    pub fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<()> {
        let file = self.folder.join(&path);
        let sibling = self.folder.join(format!("{path}.br"));
        let compressible = file
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| COMPRESSIBLE.contains(&extension))
            && bytes.len() >= WORTH_COMPRESSING_BYTES;
        let unchanged = write_if_changed(&file, &bytes)?;
        if compressible && !(unchanged && sibling.exists()) {
            write_if_changed(&sibling, &compressed(&bytes, self.quality)?)?;
        }
        if compressible {
            self.present.insert(sibling);
        }
        self.present.insert(file);
        Ok(())
    }

    /// Removes what an earlier build left.
    pub fn finish(self) -> Result<()> {
        for (path, _) in tree(&self.folder)? {
            let file = self.folder.join(path);
            if !self.present.contains(&file) {
                fs::remove_file(&file)?;
            }
        }
        Ok(())
    }
}

/// Writes unless the file has this content; returns whether it had.
fn write_if_changed(file: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(file).is_ok_and(|present| present == bytes) {
        return Ok(true);
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))?;
    Ok(false)
}

fn compressed(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut output, &parameters)?;
    Ok(output)
}

/// All files under a folder with their paths relative to it, sorted; none when it is absent.
pub fn tree(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for path in paths(folder)? {
        let relative = path.strip_prefix(folder)?.to_str().context("a name is not UTF-8")?;
        files.push((relative.to_owned(), fs::read(&path)?));
    }
    Ok(files)
}

/// All text files with one extension under a folder, as `(relative path, text)`.
pub fn sources(folder: &Path, extension: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for path in paths(folder)? {
        if path.extension().is_some_and(|this| this == extension) {
            let relative = path.strip_prefix(folder)?.display().to_string();
            let text =
                fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            found.push((relative, text));
        }
    }
    Ok(found)
}

fn paths(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_second_build_writes_nothing_and_removes_what_is_gone() {
        let folder = temporary("site");
        let text = "a { color: red }\n".repeat(100);
        let build = |names: &[&str]| {
            let mut site = Site::new(folder.clone(), Profile::Debug);
            for name in names {
                site.add((*name).to_owned(), text.clone().into_bytes()).unwrap();
            }
            site.finish().unwrap();
            tree(&folder).unwrap().into_iter().map(|(path, _)| path).collect::<Vec<_>>()
        };
        assert_eq!(build(&["pkg/a.css", "b.ico"]), ["b.ico", "pkg/a.css", "pkg/a.css.br"]);
        let written = fs::metadata(folder.join("b.ico")).unwrap().modified().unwrap();
        assert_eq!(build(&["b.ico"]), ["b.ico"]);
        assert_eq!(fs::metadata(folder.join("b.ico")).unwrap().modified().unwrap(), written);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn compression_is_real() {
        let text = "the same words again and again ".repeat(100);
        assert!(compressed(text.as_bytes(), 4).unwrap().len() < text.len() / 10);
    }
}

//! The world on disk: one JSON line for each change, rewritten as one line when it grows long.
//!
//! A line is handed to the operating system before the call is answered, so it outlives a killed
//! process (not a power cut: it is a simulation). A torn last line was never answered and is cut.

use super::change::Change;
use super::world::World;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Fewer lines than this are never rewritten.
const COMPACT_AT_LINES: usize = 50_000;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    /// The whole world; only at the beginning.
    World { at_ms: u64, world: Box<World> },
    Change {
        at_ms: u64,
        #[serde(flatten)]
        change: Change,
    },
}

pub(super) struct Journal {
    path: PathBuf,
    file: File,
    lines: usize,
}

impl Journal {
    /// Reads what is there and gives every whole line to `each`.
    pub(super) fn open(path: PathBuf, mut each: impl FnMut(Line)) -> std::io::Result<Journal> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file =
            OpenOptions::new().create(true).read(true).append(true).truncate(false).open(&path)?;
        let mut reader = BufReader::new(&file);
        let (mut text, mut whole_bytes, mut lines) = (String::new(), 0, 0);
        loop {
            text.clear();
            // A line torn inside a character is no text, but can only be the last one.
            let torn = reader.read_line(&mut text).is_err();
            if torn || !text.ends_with('\n') {
                break;
            }
            lines += 1;
            each(serde_json::from_str(&text).map_err(|error| corrupt(&path, lines, &error))?);
            whole_bytes += text.len() as u64;
        }
        file.set_len(whole_bytes)?;
        Ok(Journal { path, file, lines })
    }

    pub(super) fn append(&mut self, line: &Line) -> std::io::Result<()> {
        self.file.write_all(&encode(line)?)?;
        self.lines += 1;
        Ok(())
    }

    /// Whether it is worth rewriting a world of `objects` objects.
    pub(super) fn is_long(&self, objects: usize) -> bool {
        self.lines > COMPACT_AT_LINES.max(8 * objects)
    }

    /// Replaces everything by the world and the time as they are now.
    pub(super) fn compact(&mut self, at_ms: u64, world: &World) -> std::io::Result<()> {
        let new = self.path.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(&encode(&Line::World { at_ms, world: Box::new(world.clone()) })?)?;
        file.sync_all()?;
        std::fs::rename(&new, &self.path)?;
        self.file = OpenOptions::new().append(true).open(&self.path)?;
        self.lines = 1;
        Ok(())
    }
}

fn encode(line: &Line) -> std::io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn corrupt(path: &Path, line: usize, error: &serde_json::Error) -> Error {
    let text = format!(
        "line {line} of the simulation's journal {} can't be read ({error}); \
         delete the file to begin with an empty simulation",
        path.display()
    );
    Error::new(ErrorKind::InvalidData, text)
}

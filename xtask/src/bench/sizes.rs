//! What a visitor downloads, beside the console of Oxide and the goals.

use super::figures::{Figures, sized};
use crate::budget;
use anyhow::Result;
use std::path::Path;

/// Oxide's console at commit 4f92755 with brotli: its shell, its list of instances, all of it.
const OXIDE: [&str; 3] = ["166 kB js + 18 kB css", "286 kB js", "695 kB js"];

pub fn measure(site: &Path, figures: &mut Figures) -> Result<()> {
    let sizes = budget::sizes(site)?;
    for (kind, size) in sizes {
        figures.bytes(&format!("{kind}, raw"), size.raw);
        figures.bytes(&format!("{kind}, brotli"), size.compressed);
    }
    let list = sizes.iter().map(|(_, size)| size.compressed).sum::<u64>();
    let page = sizes.iter().filter(|(kind, _)| *kind == budget::OF_THE_PAGE);
    let shell = list - page.map(|(_, size)| size.compressed).sum::<u64>();
    let whole = budget::whole(site)?.compressed;
    let sums = [
        ("shell", shell, 250_000),
        ("list of instances", list, 350_000),
        ("all pages", whole, 900_000),
    ];
    for ((what, bytes, most), oxide) in sums.into_iter().zip(OXIDE) {
        let goal = format!("≤ {}", sized(most));
        let shown = format!("{}; Oxide's console {oxide}", sized(bytes));
        figures.goal(&format!("sum, {what}, brotli"), shown, bytes as f64, most as f64, &goal);
    }
    Ok(())
}

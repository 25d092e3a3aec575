//! CSV as in RFC 4180, for files that people open in a spreadsheet.

use std::io::Write;

pub fn writer<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to)
}

/// What people chose. A spreadsheet would take some of it for a formula (OWASP, CSV injection).
pub fn text(chosen: &str) -> String {
    match chosen.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{chosen}"),
        false => chosen.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        assert_eq!(text("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(text("web-1"), "web-1");
    }
}

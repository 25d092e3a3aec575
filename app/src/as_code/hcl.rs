//! Terraform's language: names, texts and blocks, laid out as `terraform fmt` does.

use std::fmt::Write;

/// A name that may stand for a resource: letters, digits and `_`, not a digit first.
pub fn label(name: &str) -> String {
    let mut label: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !label.starts_with(|c: char| c.is_ascii_alphabetic()) {
        label.insert(0, '_');
    }
    label
}

/// A text in quotes. What would be read as a template is escaped, so that it stays what it is.
pub fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if letters.peek() == Some(&'{') => {
                quoted.push(letter);
                quoted.push(letter);
            }
            // Writing to a String never fails.
            c if c.is_control() => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A longer text as it is read; in quotes where its lines can't stand for themselves.
pub fn text(text: &str) -> String {
    const END: &str = "EOT";
    let plain = text.ends_with('\n')
        && text.lines().all(|line| line.trim() != END)
        && text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control());
    match plain {
        true => format!("<<{END}\n{}{END}", text.replace("${", "$${").replace("%{", "%%{")),
        false => string(text),
    }
}

/// `["a", "b"]`
pub fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(string).collect();
    format!("[{}]", texts.join(", "))
}

/// A block and its arguments.
pub struct Block {
    head: String,
    arguments: Vec<(String, String)>,
}

impl Block {
    pub fn new(head: impl Into<String>) -> Self {
        Block { head: head.into(), arguments: Vec::new() }
    }

    /// `resource "exoscale_ssh_key" "laptop"`
    pub fn resource(of: &str, label: &str) -> Self {
        Block::new(format!("resource \"{of}\" \"{label}\""))
    }

    /// `data "exoscale_template" "debian"`
    pub fn data(of: &str, label: &str) -> Self {
        Block::new(format!("data \"{of}\" \"{label}\""))
    }

    /// `name = value`
    pub fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.arguments.push((name.to_owned(), value.into()));
        self
    }

    /// The same, where there is a value.
    pub fn set_if(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// `name = { "key" = "value" }`, a line each.
    pub fn map<'a>(self, name: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: Vec<_> =
            pairs.into_iter().map(|(key, value)| (string(key), string(value))).collect();
        let width = pairs.iter().map(|(key, _)| key.chars().count()).max();
        let lines =
            |width| pairs.iter().map(move |(key, value)| format!("    {key:width$} = {value}\n"));
        self.set_if(
            name,
            width.map(|width| format!("{{\n{}  }}", lines(width).collect::<String>())),
        )
    }
}

impl std::fmt::Display for Block {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |(_, value): &&(String, String)| !value.contains('\n');
        let width = self.arguments.iter().filter(short).map(|(name, _)| name.len()).max();
        if self.arguments.is_empty() {
            return write!(out, "{} {{}}", self.head);
        }
        writeln!(out, "{} {{", self.head)?;
        for (name, value) in self.arguments.iter().filter(short) {
            writeln!(out, "  {name:width$} = {value}", width = width.unwrap_or_default())?;
        }
        // What takes several lines stands alone, below the rest.
        for (at, (name, value)) in self.arguments.iter().filter(|one| !short(one)).enumerate() {
            let gap = if at > 0 || width.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}  {name} = {value}")?;
        }
        write!(out, "}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_fit() {
        assert_eq!(label("web-1"), "web_1");
        assert_eq!(label("1 käse"), "_1_k_se");
        assert_eq!(label(""), "_");
    }

    #[test]
    fn nothing_in_a_text_is_read_as_a_template() {
        assert_eq!(string("a\"b\\c${d}%{e}$f\n\u{1}"), "\"a\\\"b\\\\c$${d}%%{e}$f\\n\\u0001\"");
        assert_eq!(text("#!/bin/sh\necho ${HOME}\n"), "<<EOT\n#!/bin/sh\necho $${HOME}\nEOT");
        assert_eq!(text("EOT\n"), "\"EOT\\n\"");
    }

    #[test]
    fn blocks_are_laid_out() {
        let block = Block::resource("a", "b")
            .set("name", string("x"))
            .map("labels", [("env", "prod"), ("tier", "web")])
            .set("disk_size", "10");
        let lines = "resource \"a\" \"b\" {\n  name      = \"x\"\n  disk_size = 10\n\n  labels = {\n    \"env\"  = \"prod\"\n    \"tier\" = \"web\"\n  }\n}";
        assert_eq!(block.to_string(), lines);
    }
}

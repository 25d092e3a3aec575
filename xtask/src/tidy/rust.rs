//! Just enough of Rust's grammar to tell code, comments and string literals apart.

/// One string literal.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where it starts in `Source::code`.
    pub at: usize,
    pub line: usize,
    pub text: String,
}

/// A source with comments and the content of literals taken out, and the literals beside it.
pub struct Source {
    /// Same length as the original; what was taken out is spaces, quotes stay.
    pub code: String,
    pub literals: Vec<Literal>,
}

impl Source {
    /// Reads what stands before the unit tests at the bottom of a file.
    pub fn of(text: &str) -> Self {
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
        let mut reader = Reader { rest: text, line: 1, code: String::new(), literals: Vec::new() };
        while !reader.rest.is_empty() {
            reader.next();
        }
        Source { code: reader.code, literals: reader.literals }
    }

    /// The code before a place, without trailing space.
    pub fn before(&self, at: usize) -> &str {
        self.code[..at].trim_end()
    }

    /// The lines whose code holds a word, counted from one.
    pub fn lines_with(&self, word: &str) -> Vec<usize> {
        let holds = |(index, line): (usize, &str)| line.contains(word).then_some(index + 1);
        self.code.lines().enumerate().filter_map(holds).collect()
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn next(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(rest.find("*/").map_or(rest.len(), |end| end + 2));
        } else if let Some(hashes) = raw_string(rest, &self.code) {
            let open = hashes + 2;
            let close = format!("\"{}", "#".repeat(hashes));
            let length = rest[open..].find(&close).unwrap_or(rest.len() - open);
            self.keep(open);
            self.literal(length);
            self.keep(close.len().min(self.rest.len()));
        } else if rest.starts_with('"') {
            self.keep(1);
            self.literal(end_of_string(self.rest));
            self.keep(1.min(self.rest.len()));
        } else if let Some(length) = character(rest) {
            self.blank(length);
        } else {
            self.keep(rest.chars().next().map_or(0, char::len_utf8));
        }
    }

    fn literal(&mut self, length: usize) {
        let text = self.rest[..length].to_owned();
        self.literals.push(Literal { at: self.code.len() - 1, line: self.line, text });
        self.blank(length);
    }

    fn keep(&mut self, length: usize) {
        let (kept, rest) = self.rest.split_at(length);
        self.code.push_str(kept);
        self.line += kept.matches('\n').count();
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        for byte in taken.bytes() {
            self.code.push(if byte == b'\n' { '\n' } else { ' ' });
        }
        self.line += taken.matches('\n').count();
        self.rest = rest;
    }
}

/// How many `#` a raw string starts with; `r` must not end a name.
fn raw_string(rest: &str, code: &str) -> Option<usize> {
    if code.ends_with(|last: char| last.is_alphanumeric() && last != 'b' || last == '_') {
        return None;
    }
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn end_of_string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices() {
        match character {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// The length of a character literal; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        return escape[1..].find('\'').map(|end| end + 4);
    }
    let first = inner.chars().next()?.len_utf8();
    inner[first..].starts_with('\'').then_some(first + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comments_and_literals_are_told_apart() {
        let text = "let a = \"x \\\" // y\"; // not \"this\"\nlet b = r#\"say \"hi\"\"#; let c = '\"';\n/* \"no\" */ fn f<'a>(a: &'a str) {}\n";
        let source = Source::of(text);
        let literals: Vec<_> = source.literals.iter().map(|l| (l.line, l.text.as_str())).collect();
        assert_eq!(literals, [(1, "x \\\" // y"), (2, "say \"hi\"")]);
        assert_eq!(source.code.len(), text.len());
        assert!(source.code.contains("fn f<'a>(a: &'a str)"));
        assert!(!source.code.contains("not"));
        assert_eq!(source.before(source.literals[0].at), "let a =");
    }

    #[test]
    fn unit_tests_are_left_out() {
        let source = Source::of("fn a() {}\n#[cfg(test)]\nmod tests { const X: &str = \"x\"; }\n");
        assert!(source.literals.is_empty());
        assert_eq!(source.lines_with("fn a"), [1]);
    }
}

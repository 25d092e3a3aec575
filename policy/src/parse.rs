//! From tokens to the tree (language definition, "Syntax": the grammar).
//!
//! It descends by brackets, and by the few levels that operators have; `NESTING_MAX` bounds the
//! first, the grammar the second. Chains of operators and fields are loops.

mod call;
mod primary;

use crate::error::ParseError;
use crate::function::Function;
use crate::lex::{self, Spanned, Token};
use crate::limits::{HEIGHT_MAX, NESTING_MAX, SOURCE_BYTES_MAX};
use crate::tree::{Id, Kind, Node, Operator};
use crate::value::{Type, Value};
use std::sync::Arc;

/// Names that the language keeps for itself; as fields only the first four are refused.
const RESERVED: [&str; 21] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Binary operators with their precedence.
const OPERATORS: [(&str, u8, Operator); 12] = [
    ("==", 3, Operator::Equal),
    ("!=", 3, Operator::Different),
    ("<", 3, Operator::Less),
    ("<=", 3, Operator::LessOrEqual),
    (">", 3, Operator::Greater),
    (">=", 3, Operator::GreaterOrEqual),
    ("in", 3, Operator::In),
    ("+", 4, Operator::Add),
    ("-", 4, Operator::Subtract),
    ("*", 5, Operator::Multiply),
    ("/", 5, Operator::Divide),
    ("%", 5, Operator::Remainder),
];
const OR: u8 = 1;
const AND: u8 = 2;

/// Errors are boxed, so that the frames of what descends stay small.
type Failed = Box<ParseError>;
type Parsed = Result<Id, Failed>;

/// The nodes of a source; the last named is the root.
pub(crate) fn parse(source: &str) -> Result<(Vec<Node>, Id), Failed> {
    if source.len() > SOURCE_BYTES_MAX {
        return Err(ParseError::new(
            source.floor_char_boundary(SOURCE_BYTES_MAX),
            format!("the expression has more than {SOURCE_BYTES_MAX} bytes"),
            "split it into several rules: the first that is true decides",
        ));
    }
    let tokens = lex::tokens(source)?;
    let mut parser =
        Parser { source, tokens, next: 0, nodes: Vec::new(), nesting: 0, scope: Vec::new() };
    let root = parser.expression()?;
    if *parser.peek() != Token::End {
        return Err(parser.unclosed("", 0, ""));
    }
    Ok((parser.nodes, root))
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Spanned>,
    next: usize,
    nodes: Vec<Node>,
    nesting: usize,
    /// Variables of the macros around.
    scope: Vec<Arc<str>>,
}

impl Parser<'_> {
    /// `a ? b : c`, or less.
    fn expression(&mut self) -> Parsed {
        let at = self.at();
        self.enter()?;
        let condition = self.operators(OR)?;
        let id = if self.take("?") { self.answers(at, condition)? } else { condition };
        self.nesting -= 1;
        Ok(id)
    }

    fn enter(&mut self) -> Result<(), Failed> {
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            return Err(ParseError::new(
                self.at(),
                format!("more than {NESTING_MAX} brackets stand within each other here"),
                "take away what is not needed, or write two rules",
            ));
        }
        Ok(())
    }

    fn answers(&mut self, at: usize, condition: Id) -> Parsed {
        let yes = self.operators(OR)?;
        self.expect(":", at, "a condition has two answers: condition ? this : that")?;
        let no = self.expression()?;
        self.add(at, Kind::Choose { condition, yes, no })
    }

    /// Operators that bind as tightly as `floor`, or more.
    fn operators(&mut self, floor: u8) -> Parsed {
        let at = self.at();
        let mut left = self.unary()?;
        while let Some((word, precedence, operator)) = self.operator()
            && precedence >= floor
        {
            left = match operator {
                None => self.terms(at, left, word, precedence)?,
                Some(operator) => {
                    self.next += 1;
                    let right = self.operators(precedence + 1)?;
                    self.add(at, Kind::Binary(operator, left, right))?
                }
            };
        }
        Ok(left)
    }

    /// Terms with `&&` or `||` between them, as one node.
    fn terms(&mut self, at: usize, first: Id, word: &str, precedence: u8) -> Parsed {
        let mut terms = vec![first];
        while self.take(word) {
            terms.push(self.operators(precedence + 1)?);
        }
        let terms = terms.into();
        self.add(at, if precedence == OR { Kind::Or(terms) } else { Kind::And(terms) })
    }

    /// The operator that comes next.
    fn operator(&self) -> Option<(&'static str, u8, Option<Operator>)> {
        let word = match self.peek() {
            Token::Mark("||") => return Some(("||", OR, None)),
            Token::Mark("&&") => return Some(("&&", AND, None)),
            Token::Mark(mark) => mark,
            Token::Name(name) => &**name,
            _ => return None,
        };
        let found = OPERATORS.iter().find(|(operator, ..)| *operator == word);
        found.map(|(word, precedence, operator)| (*word, *precedence, Some(*operator)))
    }

    /// `!` and `-`, or less.
    fn unary(&mut self) -> Parsed {
        match self.peek() {
            Token::Mark("!") => self.signed("!"),
            Token::Mark("-") => self.signed("-"),
            _ => self.member(false),
        }
    }

    /// A row of signs. One before a number is part of the number.
    fn signed(&mut self, mark: &str) -> Parsed {
        let at = self.at();
        let mut count = 0;
        while self.take(mark) {
            count += 1;
        }
        let is_number = matches!(self.peek(), Token::Int(_) | Token::Double(_));
        let has_sign = mark == "-" && is_number;
        let mut id = self.member(has_sign)?;
        for _ in usize::from(has_sign)..count {
            id = self.add(at, if mark == "!" { Kind::Not(id) } else { Kind::Negate(id) })?;
        }
        Ok(id)
    }

    /// A value, and the fields, indexes and calls behind it.
    fn member(&mut self, is_negative: bool) -> Parsed {
        let at = self.at();
        let mut id = self.primary(is_negative)?;
        loop {
            id = match self.peek() {
                Token::Mark(".") => self.point(at, id)?,
                Token::Mark("[") => self.index(at, id)?,
                _ => return Ok(id),
            };
        }
    }

    fn point(&mut self, at: usize, of: Id) -> Parsed {
        self.next += 1;
        let field = self.field()?;
        if self.take("(") { self.method(at, of, &field) } else { self.select(at, of, field) }
    }

    fn index(&mut self, at: usize, of: Id) -> Parsed {
        let open = self.at();
        self.next += 1;
        let key = self.expression()?;
        self.expect("]", open, "close the bracket that begins here")?;
        self.add(at, Kind::Index { of, key })
    }

    fn select(&mut self, at: usize, of: Id, field: Arc<str>) -> Parsed {
        // The two types whose names have points: what was taken for a field of a field is one name.
        if let Some(kind) = Type::named(&self.source[at..self.end()]) {
            self.nodes.truncate(self.nodes.len().saturating_sub(2));
            return self.add(at, Kind::Literal(Value::Type(kind)));
        }
        self.add(at, Kind::Select { of, field })
    }

    fn field(&mut self) -> Result<Arc<str>, Failed> {
        let name = match self.peek() {
            Token::Name(name) if !RESERVED[..4].contains(&&**name) => name.clone(),
            Token::Quoted(name) => name.clone(),
            _ => return Err(self.unexpected("after a point comes the name of a field or function")),
        };
        self.next += 1;
        Ok(name)
    }

    /// Puts a node behind all that there are.
    fn add(&mut self, at: usize, kind: Kind) -> Parsed {
        let mut height = 0;
        kind.children(|id| height = height.max(self.nodes[usize::from(id)].height));
        if height == HEIGHT_MAX {
            return Err(ParseError::new(
                at,
                format!("more than {HEIGHT_MAX} operators, calls and fields build on each other"),
                "write two rules instead",
            ));
        }
        let id = Id::try_from(self.nodes.len());
        let id = id.map_err(|_| ParseError::new(at, "the expression is too long", "split it"))?;
        let is_read = self.is_read(&kind);
        let end = self.end();
        self.nodes.push(Node { kind, at, end, height: height + 1, is_read });
        Ok(id)
    }

    /// Where the last token ends that was taken.
    fn end(&self) -> usize {
        self.next.checked_sub(1).map_or(0, |last| self.tokens[last].end)
    }

    /// Whether a node reads from the bindings; what it reads through is no longer read by itself.
    fn is_read(&mut self, kind: &Kind) -> bool {
        let of = match kind {
            Kind::Name(_) => return true,
            Kind::Select { of, .. } | Kind::Has { of, .. } | Kind::Index { of, .. } => *of,
            Kind::Call { function, values, .. } if function.function == Function::HasKey => {
                match values.first() {
                    Some(of) => *of,
                    None => return false,
                }
            }
            _ => return false,
        };
        std::mem::take(&mut self.nodes[usize::from(of)].is_read)
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.next].token
    }

    fn at(&self) -> usize {
        self.tokens[self.next].at
    }

    /// Goes on, if this comes next. `End` is never taken, so there is always a next one.
    fn take(&mut self, mark: &str) -> bool {
        let is_next = matches!(self.peek(), Token::Mark(next) if *next == mark);
        self.next += usize::from(is_next);
        is_next
    }
}

//! What can be wrong with an expression: when it is written, and when it is evaluated.

use crate::value::Type;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Why a text is no expression. It is shown in an editor: `at` says where, `message` what is
/// wrong, `hint` what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The byte of the source where the trouble is; never beyond its end.
    pub at: usize,
    pub message: Cow<'static, str>,
    pub hint: Cow<'static, str>,
}

impl ParseError {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(
        at: usize,
        message: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Box<Self> {
        Box::new(ParseError { at, message: message.into(), hint: hint.into() })
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {}): {}", self.message, self.at, self.hint)
    }
}

impl std::error::Error for ParseError {}

/// Why an expression has no value. It is a value like others: `&&` and `||` go on without it, and
/// a rule that ends in one concludes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvalError {
    /// The byte of the source where the part begins that has no value.
    pub at: usize,
    pub kind: ErrorKind,
}

impl EvalError {
    /// Nothing goes on without fuel: not even `true || …` in a rule that follows.
    pub fn is_out_of_fuel(&self) -> bool {
        self.kind == ErrorKind::OutOfFuel
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.kind, self.at)
    }
}

impl std::error::Error for EvalError {}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The budget is used up.
    OutOfFuel,
    /// No binding, and no type, has this name.
    UnknownName(Arc<str>),
    UnknownFunction(Arc<str>),
    /// A map has no such field.
    NoSuchField(Arc<str>),
    /// A map has no such key.
    NoSuchKey,
    IndexOutOfRange,
    /// A map was written with one key twice.
    DuplicateKey,
    /// The operator or function takes other types, or another number of them.
    NoOverload {
        what: &'static str,
        given: [Option<Type>; 2],
    },
    /// A condition was something else than true or false.
    NotBool(Type),
    /// A number, timestamp or duration that its type cannot hold.
    Overflow,
    DivisionByZero,
    /// A text that is not what it was said to be.
    Unreadable(&'static str),
    /// A pattern that cannot be used.
    Pattern(Arc<str>),
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::OutOfFuel => f.write_str("it takes more work than a decision may"),
            ErrorKind::UnknownName(name) => write!(f, "there is no value named {name}"),
            ErrorKind::UnknownFunction(name) => write!(f, "there is no function {name}"),
            ErrorKind::NoSuchField(name) => write!(f, "there is no field {name}"),
            ErrorKind::NoSuchKey => f.write_str("there is no such key"),
            ErrorKind::IndexOutOfRange => f.write_str("the list is shorter than that"),
            ErrorKind::DuplicateKey => f.write_str("the map has one key twice"),
            ErrorKind::NoOverload { what, given } => {
                write!(f, "{what} cannot be used on ")?;
                match given {
                    [Some(left), Some(right)] => write!(f, "{left} and {right}"),
                    [Some(only), None] | [None, Some(only)] => write!(f, "{only}"),
                    [None, None] => f.write_str("that many values"),
                }
            }
            ErrorKind::NotBool(given) => write!(f, "a condition is true or false, this is {given}"),
            ErrorKind::Overflow => f.write_str("the result is out of range"),
            ErrorKind::DivisionByZero => f.write_str("division by zero"),
            ErrorKind::Unreadable(what) => write!(f, "this is not {what}"),
            ErrorKind::Pattern(why) => write!(f, "the pattern cannot be used: {why}"),
        }
    }
}

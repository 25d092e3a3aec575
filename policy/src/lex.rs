//! From text to tokens (language definition, "Syntax": the lexis). One pass, no recursion, and it
//! stops at the limit.

use crate::error::ParseError;
use crate::limits::TOKENS_MAX;
use crate::literal;
use std::sync::Arc;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// Without its sign, so that the least integer can be written.
    Int(u64),
    Uint(u64),
    Double(f64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    Name(Arc<str>),
    /// A field between backticks.
    Quoted(Arc<str>),
    /// An operator or a bracket.
    Mark(&'static str),
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Spanned {
    pub token: Token,
    pub at: usize,
    pub end: usize,
}

/// Longer ones first.
const MARKS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "-", "+", "*", "/", "%", "?", ":", ".", ",",
    "(", ")", "[", "]", "{", "}",
];

/// The tokens of a source, with `End` as the last.
pub(crate) fn tokens(source: &str) -> Result<Vec<Spanned>, Box<ParseError>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += blank(&source[at..]);
        if tokens.len() == TOKENS_MAX {
            return Err(ParseError::new(
                at,
                format!("the expression has more than {TOKENS_MAX} words and signs"),
                "split it into several rules: the first that is true decides",
            ));
        }
        let (token, length) = token(source, at)?;
        let end = at + length;
        let is_end = token == Token::End;
        tokens.push(Spanned { token, at, end });
        if is_end {
            return Ok(tokens);
        }
        at = end;
    }
}

/// Bytes of white space and comments at the start.
fn blank(text: &str) -> usize {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(['\t', '\n', '\x0c', '\r', ' ']);
        if !trimmed.starts_with("//") {
            return text.len() - trimmed.len();
        }
        rest = trimmed.find(['\n', '\r']).map_or("", |end| &trimmed[end..]);
    }
}

fn token(source: &str, at: usize) -> Result<(Token, usize), Box<ParseError>> {
    let rest = &source[at..];
    let Some(first) = rest.chars().next() else {
        return Ok((Token::End, 0));
    };
    if let Some(found) = literal::quoted(rest, at)? {
        return Ok(found);
    }
    let second_is_digit = rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() || first == '.' && second_is_digit {
        return literal::number(rest, at);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let length = length.count();
        return Ok((Token::Name(rest[..length].into()), length));
    }
    if let Some(inner) = rest.strip_prefix('`') {
        return field(inner, at);
    }
    if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
        return Ok((Token::Mark(mark), mark.len()));
    }
    let hint = match first {
        '=' => "two values are compared with ==",
        '&' => "conditions are joined with &&",
        '|' => "conditions are joined with ||",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
            "texts stand between plain quotes, ' or \""
        }
        _ if !first.is_ascii() => "names have letters from a to z, digits and _",
        _ => "no expression has this character outside of quotes",
    };
    Err(ParseError::new(at, format!("{first:?} does not belong here"), hint))
}

/// A field's name between backticks (`ESC_IDENTIFIER` of cel-go's grammar).
fn field(inner: &str, at: usize) -> Result<(Token, usize), Box<ParseError>> {
    let is_good = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./ ".contains(byte);
    let length = inner.bytes().take_while(is_good).count();
    if length == 0 || inner.as_bytes().get(length) != Some(&b'`') {
        return Err(ParseError::new(
            at,
            "this field has no end, or a character that fields have not",
            "write the name between two backticks, or as ['name']",
        ));
    }
    Ok((Token::Quoted(inner[..length].into()), length + 2))
}

//! Numbers, texts and bytes as they are written (language definition, "String and Bytes Values").

use crate::error::ParseError;
use crate::lex::Token;

/// A number at the start of a text, and its length.
pub(crate) fn number(text: &str, at: usize) -> Result<(Token, usize), Box<ParseError>> {
    let too_large = || {
        ParseError::new(
            at,
            "this number is too large",
            "integers have 64 bits; for more write a decimal point",
        )
    };
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(hex) => (hex, 16),
        None => (text, 10),
    };
    let prefix = text.len() - digits.len();
    let count =
        |text: &str, radix| text.bytes().take_while(|b| (*b as char).is_digit(radix)).count();
    let mut length = count(digits, radix);
    if radix == 10
        && let Some(end) = fraction(digits, length)
    {
        refuse_letters(digits, end, at)?;
        let number: f64 = digits[..end].parse().map_err(|_| too_large())?;
        let is_finite = number.is_finite();
        return if is_finite { Ok((Token::Double(number), end)) } else { Err(too_large()) };
    }
    if length == 0 {
        return Err(ParseError::new(at, "this number has no digits", "write it as in 0x1f"));
    }
    let number = u64::from_str_radix(&digits[..length], radix).map_err(|_| too_large())?;
    let is_unsigned = digits[length..].starts_with(['u', 'U']);
    length += usize::from(is_unsigned);
    refuse_letters(digits, length, at)?;
    let token = if is_unsigned { Token::Uint(number) } else { Token::Int(number) };
    Ok((token, prefix + length))
}

/// Where a number ends that has a point or an exponent.
fn fraction(text: &str, whole: usize) -> Option<usize> {
    let count = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = whole;
    if text[end..].starts_with('.') && count(end + 1) > 0 {
        end += 1 + count(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let digits = count(end + 1 + sign);
        if digits > 0 {
            end += 1 + sign + digits;
        }
    }
    (end > whole).then_some(end)
}

fn refuse_letters(text: &str, end: usize, at: usize) -> Result<(), Box<ParseError>> {
    if text[end..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_') {
        return Err(ParseError::new(
            at,
            "a number goes over into a name here",
            "names do not begin with a digit; texts stand between quotes",
        ));
    }
    Ok(())
}

/// How a literal between quotes is to be read.
struct Style {
    is_raw: bool,
    is_bytes: bool,
    quote: &'static str,
}

/// A text or bytes at the start of a source, and its length; nothing, if none begins there.
pub(crate) fn quoted(source: &str, at: usize) -> Result<Option<(Token, usize)>, Box<ParseError>> {
    let mut style = Style { is_raw: false, is_bytes: false, quote: "" };
    let mut open = source;
    for (letters, is_set) in [(['b', 'B'], &mut style.is_bytes), (['r', 'R'], &mut style.is_raw)] {
        if let Some(after) = open.strip_prefix(letters) {
            (open, *is_set) = (after, true);
        }
    }
    const QUOTES: [&str; 4] = ["\"\"\"", "'''", "\"", "'"];
    let Some(quote) = QUOTES.into_iter().find(|quote| open.starts_with(quote)) else {
        return Ok(None);
    };
    style.quote = quote;
    let before = source.len() - open.len() + quote.len();
    let mut made = Vec::new();
    let inner = content(&open[quote.len()..], &style, at, &mut made)?;
    let length = before + inner + quote.len();
    if style.is_bytes {
        return Ok(Some((Token::Bytes(made.into()), length)));
    }
    let text = String::from_utf8(made)
        .map_err(|_| ParseError::new(at, "this is no Unicode text", "write it as bytes, b'…'"))?;
    Ok(Some((Token::Text(text.into()), length)))
}

/// Reads up to the closing quote; the answer is how many bytes that were.
fn content(
    text: &str,
    style: &Style,
    at: usize,
    made: &mut Vec<u8>,
) -> Result<usize, Box<ParseError>> {
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with(style.quote) {
            return Ok(text.len() - rest.len());
        }
        if style.quote.len() == 1 && (next == '\n' || next == '\r') {
            break;
        }
        if next == '\\' && !style.is_raw {
            let length = escape(&rest[1..], style.is_bytes, made).ok_or_else(|| {
                ParseError::new(
                    at,
                    "a backslash in this text is followed by what it cannot be followed by",
                    "write it twice, or the text as r'…': patterns are best written so",
                )
            })?;
            rest = &rest[1 + length..];
        } else {
            made.extend_from_slice(next.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[next.len_utf8()..];
        }
    }
    Err(ParseError::new(
        at,
        "this text has no end",
        "close it with the quote that it began with, on the same line",
    ))
}

/// What follows a backslash: makes its bytes, and says how long it is.
fn escape(text: &str, is_bytes: bool, made: &mut Vec<u8>) -> Option<usize> {
    let first = text.chars().next()?;
    let plain = match first {
        '\\' | '?' | '"' | '\'' | '`' => Some(first as u8),
        'a' => Some(7),
        'b' => Some(8),
        'f' => Some(12),
        'n' => Some(10),
        'r' => Some(13),
        't' => Some(9),
        'v' => Some(11),
        _ => None,
    };
    if let Some(byte) = plain {
        made.push(byte);
        return Some(1);
    }
    let (skip, digits, radix) = match first {
        'x' | 'X' => (1, 2, 16),
        'u' if !is_bytes => (1, 4, 16),
        'U' if !is_bytes => (1, 8, 16),
        '0'..='3' => (0, 3, 8),
        _ => return None,
    };
    let code = text.get(skip..skip + digits)?;
    if !code.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(code, radix).ok()?;
    if is_bytes {
        made.push(u8::try_from(code).ok()?);
    } else {
        made.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Some(skip + digits)
}

//! Policy expressions, and what policies of them decide.
//!
//! Roles and organization policies hold expressions that customers write, in CEL (the Common
//! Expression Language) as Exoscale's IAM guide uses it. They are evaluated for each request, in the
//! process that everybody shares, so this crate promises:
//!
//! * **It cannot be killed.** No panic, no recursion that input deepens beyond a checked limit, no
//!   I/O. A thread with 256 KiB of stack is enough for whatever is given to it.
//! * **It cannot be held up.** A source has at most `SOURCE_BYTES_MAX` bytes and `TOKENS_MAX` tokens,
//!   and everything that an evaluation visits, compares or makes is paid with [`Fuel`] before it is
//!   done. Without fuel there is no value, and nothing is allowed.
//! * **It never allows by accident.** An error is a value: what is unknown, absent, of another type
//!   or out of range concludes nothing.
//!
//! ```
//! use policy::{Bindings, CompiledPolicy, CompiledRule, CompiledService, Strategy, Value, decide};
//!
//! let rules = vec![
//!     CompiledRule::new(Strategy::Deny, "parameters.bucket != 'backup'"),
//!     CompiledRule::new(Strategy::Allow, "operation.matches('^[^-]+-object.*')"),
//! ];
//! let role = CompiledPolicy::new(Strategy::Deny).with("sos", CompiledService::Rules(rules));
//! let organization = CompiledPolicy::new(Strategy::Allow);
//!
//! let request = Bindings::new()
//!     .with("operation", "get-object")
//!     .with("parameters", Value::record([("bucket", "backup".into())]));
//! assert!(decide(&organization, &role, "sos", &request).allowed);
//! ```
//!
//! # The language
//!
//! The source is google/cel-spec, `doc/langdef.md`, with equality and ordering across types as it
//! has had them since 2022. Added, as in Exoscale's guide: `'192.0.2.1'.inIpRange('192.0.2.0/24')`
//! and `parameters.has('name')`. All of it: literals, fields, indexes, `has()`, operators, the macros
//! `all`, `exists`, `exists_one`, `map` (with two or three arguments) and `filter`, the conversions,
//! `size`, `startsWith`, `endsWith`, `contains`, `matches`, timestamps and durations.
//!
//! # Where it differs from CEL
//!
//! 1. There are no messages (`Type{field: value}`), no enumerations and no namespaces; a leading
//!    point (`.name`) changes nothing. There is no check of types before evaluation.
//! 2. Time zones are `UTC` and offsets; a name such as `Europe/Zurich` is an error, since what it
//!    means depends on tables that change.
//! 3. `matches` has RE2's syntax without classes of Unicode (`\pL`), and folds case in ASCII only;
//!    `\d`, `\w` and `\s` are ASCII, as in RE2. Patterns are limited in length and in what they
//!    compile to.
//! 4. Timestamps have at most nine digits behind the second, and no leap seconds. Durations are
//!    64 bits of nanoseconds (292 years), as in cel-go.
//! 5. `string(double)` writes digits without an exponent, however many these are.
//! 6. In maps a number finds the key that equals it, whatever its type; so `{1: 'a', 1u: 'b'}` has
//!    one key twice, which is an error. Macros go through keys in their order, not as written.
//! 7. `\u` escapes name code points; halves of surrogate pairs are an error.
//! 8. There is no `timestamp(…)` of bytes or `int(duration)`; functions with a receiver have no form
//!    without one, but for `size` and `matches`.
//! 9. Limits: see [`limits`]. All are at least what CEL asks of an implementation.
//!
//! Exoscale's own evaluator (exoscale/cel-parser, 2021) differs from CEL in things that are not
//! followed here: it compares values of different types to an error (its guide compares with `null`
//! all the same), counts days of the week, month and year from one, and takes named time zones.

mod bindings;
mod decide;
mod error;
mod evaluate;
mod expression;
mod fuel;
mod function;
#[cfg(feature = "json")]
mod json;
mod lex;
pub mod limits;
mod lint;
mod literal;
mod map;
mod parse;
mod pattern;
mod time;
mod trace;
mod tree;
mod value;

pub use bindings::Bindings;
pub use decide::{
    CompiledPolicy, CompiledRule, CompiledService, Decision, Layer, Outcome, Report, Strategy, Why,
    conclude, decide, explain,
};
pub use error::{ErrorKind, EvalError, ParseError};
pub use expression::Expression;
pub use fuel::Fuel;
#[cfg(feature = "json")]
pub use json::{Unbindable, from_json, from_parameters};
pub use lint::{Name, REQUEST, Use, Warning};
pub use map::{Key, Map};
pub use time::{Duration, Timestamp};
pub use trace::{Seen, Trace, shown};
pub use value::{Type, Value};

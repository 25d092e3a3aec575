//! What an expression and a decision may cost. Each number has its reason beside it.
//!
//! The floor is CEL's own: an implementation has to take 32 levels of nesting, 32 terms in a row,
//! and lists and maps of 32 (language definition, "Syntax"). The ceiling is what a role may make
//! of a process that others use, too. An expression that is over a limit is refused when it is
//! written; fuel is what remains for those that are small and slow.

/// Bytes of one expression. The longest public one has 420; an `in` over fifty operations 1,600.
pub const SOURCE_BYTES_MAX: usize = 2_048;

/// Tokens of one expression: an `in` over 120 names, or a map of 60; the longest public one has 30.
/// It bounds the tree, and all that walks it.
pub const TOKENS_MAX: usize = 256;

/// Expressions within brackets within brackets: CEL's floor. It bounds the parser's recursion.
pub const NESTING_MAX: usize = 32;

/// Levels of the parsed tree: a chain of 32 operators within 32 brackets, twice CEL's floor. Terms
/// of `&&` and `||` stand beside each other, so only other operators, calls and fields count. It
/// bounds the evaluator's recursion, and with it how deep a value that it makes can be.
pub const HEIGHT_MAX: usize = 64;

/// Levels of a value that comes from outside.
pub const VALUE_DEPTH_MAX: usize = 32;

/// Units for one decision, over all rules of both layers: visited nodes, compared and made bytes
/// by the sixteen. Two layers of fifty rules with a hundred visits each are half of it; as time it
/// is a few milliseconds at the very worst.
pub const DECISION_FUEL: usize = 20_000;

/// Bytes that one unit of fuel compares, reads or makes.
pub const BYTES_PER_UNIT: usize = 16;

/// Bytes of a pattern for `matches`.
pub const PATTERN_BYTES_MAX: usize = 128;

/// Bytes of a compiled pattern, and how many units reading one byte of text costs then. What does
/// not fit the last is refused.
pub const PATTERN_SIZES: [(usize, usize); 3] = [(1 << 11, 1), (1 << 12, 2), (1 << 14, 8)];

/// Groups within groups of a pattern.
pub const PATTERN_NESTING_MAX: u32 = 16;

/// Units for a pattern that is not a literal, and has to be compiled when it is met.
pub const PATTERN_UNITS: usize = 2_000;

/// Values that a trace remembers of one expression.
pub const TRACE_MAX: usize = 32;

/// Bytes of each as text.
pub const TRACE_TEXT_MAX: usize = 120;

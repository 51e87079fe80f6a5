//! Bounds a text before the parser sees it: the parser recurses and backtracks, this doesn't.
//!
//! A walk over the text's tokens, knowing only what opens and closes. It estimates the depth of the tree from above:
//! operators in a row nest, brackets nest, `&&` and `||` start afresh.

use super::{ConditionProblem, MAX_LENGTH, MAX_NESTING};

/// Most tokens that a condition within the limit on nodes can need, brackets to spare.
const MAX_TOKENS: usize = 3_000;

/// What is open at one level of brackets.
#[derive(Default)]
struct Level {
    /// Operators and dots since the last `&&`, `||` or comma.
    run: usize,
    /// Depth of the deepest bracket closed in this run.
    inner: usize,
    /// Depth of the deepest run so far.
    deepest: usize,
}

impl Level {
    fn depth(&self) -> usize {
        self.deepest.max(self.run + self.inner)
    }

    fn end_run(&mut self) {
        *self = Self { deepest: self.depth(), ..Self::default() };
    }
}

/// Refuses a text that is empty, too long or too deeply nested.
///
/// # Errors
/// The first limit passed, with its value.
pub fn check(text: &str) -> Result<(), ConditionProblem> {
    if text.chars().nth(MAX_LENGTH).is_some() {
        return Err(ConditionProblem::at(
            text,
            MAX_LENGTH,
            format!("a condition has at most {MAX_LENGTH} characters, this one has {}", text.chars().count()),
        ));
    }
    let characters: Vec<char> = text.chars().collect();
    let mut levels = vec![Level::default()];
    let mut tokens = 0;
    let mut at = 0;
    while at < characters.len() {
        let length = token_length(&characters[at..]);
        let token = &characters[at..at + length];
        tokens += usize::from(!token[0].is_whitespace());
        count(&mut levels, token);
        let depth = levels.len() - 1 + levels.last().map_or(0, Level::depth);
        if depth > MAX_NESTING || tokens > MAX_TOKENS {
            let limit = format!("a condition nests at most {MAX_NESTING} brackets and operators");
            let limit = if tokens > MAX_TOKENS {
                format!("a condition has at most {MAX_TOKENS} words and signs")
            } else {
                limit
            };
            return Err(ConditionProblem::at(text, at, limit));
        }
        at += length;
    }
    if tokens == 0 { Err(ConditionProblem::at(text, 0, "the condition is empty")) } else { Ok(()) }
}

fn count(levels: &mut Vec<Level>, token: &[char]) {
    let nested = levels.len() > 1;
    let Some(level) = levels.last_mut() else { return };
    match token {
        ['(' | '[' | '{'] => levels.push(Level::default()),
        [')' | ']' | '}'] if nested => {
            let closed = levels.pop().map_or(0, |level| level.depth());
            if let Some(level) = levels.last_mut() {
                level.inner = level.inner.max(closed + 1);
            }
        }
        ['&', '&'] | ['|', '|'] | [','] => level.end_run(),
        ['i', 'n'] => level.run += 1,
        [first, ..] if "+-*/%=!<>.?:".contains(*first) && token[0] != '/' || token == ['/'] => level.run += 1,
        _ => {}
    }
}

/// Length of the token at the start of a text that isn't empty: at least 1.
fn token_length(rest: &[char]) -> usize {
    let span =
        |from: usize, within: fn(&char) -> bool| from + rest[from..].iter().take_while(|c| within(c)).count();
    match rest {
        ['/', '/', ..] => span(2, |c| *c != '\n'),
        ['"' | '\'', ..] => string_length(rest, false),
        ['&', '&', ..] | ['|', '|', ..] | ['=' | '!' | '<' | '>', '=', ..] => 2,
        [first, ..] if first.is_ascii_alphabetic() || *first == '_' => word_length(rest),
        [first, ..] if first.is_ascii_digit() => span(1, |c| c.is_ascii_alphanumeric()),
        [first, ..] if first.is_whitespace() => span(1, |c| c.is_whitespace()),
        _ => 1,
    }
}

/// An identifier, or the string that it is the prefix of (`r"…"`, `b'…'`).
fn word_length(rest: &[char]) -> usize {
    let word = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').count();
    let prefix = word <= 2 && rest[..word].iter().all(|c| "rRbB".contains(*c));
    if prefix && matches!(rest.get(word), Some('"' | '\'')) {
        let raw = rest[..word].iter().any(|c| "rR".contains(*c));
        return word + string_length(&rest[word..], raw);
    }
    word
}

/// A string that begins with its quote, up to the closing one or the end of the text.
fn string_length(rest: &[char], raw: bool) -> usize {
    let quote = rest[0];
    let quotes = if rest.len() >= 3 && rest[1] == quote && rest[2] == quote { 3 } else { 1 };
    let mut at = quotes;
    while at < rest.len() {
        if rest[at] == '\\' && !raw {
            at += 2;
        } else if rest[at..].len() >= quotes && rest[at..at + quotes].iter().all(|c| *c == quote) {
            return at + quotes;
        } else if rest[at] == '\n' && quotes == 1 {
            return at;
        } else {
            at += 1;
        }
    }
    rest.len()
}

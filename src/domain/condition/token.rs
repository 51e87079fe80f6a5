//! Splits the text of a condition into tokens, each with its position.

use super::ConditionProblem;

/// A word, literal or sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// An identifier or a word of the language (`in`, `true`, …).
    Name(String),
    /// A string literal with its escapes resolved.
    Text(String),
    /// A whole number without its sign. Unsigned, because the digits of the lowest `i64` don't fit
    /// an `i64` without the minus.
    Int(u64),
    /// A number with a decimal point or an exponent, without its sign.
    Double(f64),
    /// An operator or bracket.
    Sign(&'static str),
    /// The end of the text.
    End,
}

/// Longest first, so that `<=` isn't read as `<`.
const SIGNS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}",
    ",", ".", "?", ":",
];

/// Returns the tokens of a text with their positions (in characters, from 0). The last one is
/// [`Token::End`].
///
/// # Errors
/// The first character or literal that isn't part of the language.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ConditionProblem> {
    let mut reader = Reader { characters: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    loop {
        reader.skip_blank();
        let at = reader.at;
        let problem = |(place, message)| ConditionProblem::at(text, place, message);
        let token = reader.token().map_err(problem)?;

        let end = token == Token::End;
        tokens.push((at, token));
        if end {
            return Ok(tokens);
        }
    }
}

struct Reader {
    /// Characters instead of bytes, because positions are reported in characters.
    characters: Vec<char>,
    at: usize,
}

/// A problem: its position and its message.
pub(super) type Misread = (usize, String);

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, within: impl Fn(char) -> bool) -> String {
        let rest = self.characters[self.at..].iter().copied();
        let taken: String = rest.take_while(|c| within(*c)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn starts_with(&self, sign: &str) -> bool {
        sign.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c))
    }

    fn skip_blank(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}'));
            // CEL has no other comments.
            if !self.starts_with("//") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn token(&mut self) -> Result<Token, Misread> {
        let Some(first) = self.peek(0) else { return Ok(Token::End) };
        let digit_follows = self.peek(1).is_some_and(|c| c.is_ascii_digit());

        if first.is_ascii_alphabetic() || first == '_' {
            return self.word();
        }
        if first.is_ascii_digit() || (first == '.' && digit_follows) {
            return self.number();
        }
        if first == '"' || first == '\'' {
            return self.text(false).map(Token::Text);
        }

        let Some(sign) = SIGNS.into_iter().find(|sign| self.starts_with(sign)) else {
            let hint = match first {
                '=' => "; use == for equality",
                '&' => "; use && for and",
                '|' => "; use || for or",
                _ => "",
            };
            return Err((self.at, format!("unexpected {first:?}{hint}")));
        };

        self.at += sign.len();
        Ok(Token::Sign(sign))
    }

    fn word(&mut self) -> Result<Token, Misread> {
        let start = self.at;
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !matches!(self.peek(0), Some('"' | '\'')) {
            return Ok(Token::Name(word));
        }
        match word.as_str() {
            // CEL's string prefixes: `r` is a raw string, `b` is bytes.
            "r" | "R" => self.text(true).map(Token::Text),
            "b" | "B" | "br" | "bR" | "Br" | "BR" => Err((start, "bytes are not supported".to_owned())),
            _ => Err((self.at, format!("unexpected string after {word:?}"))),
        }
    }

    fn number(&mut self) -> Result<Token, Misread> {
        let start = self.at;
        // `0x` without a digit is reported below, as a letter in a number.
        let hex_digit = |c: char| c.is_ascii_hexdigit();
        let hexadecimal = self.starts_with("0x") && self.peek(2).is_some_and(hex_digit);

        let token = if hexadecimal {
            self.at += 2;
            u64::from_str_radix(&self.take_while(hex_digit), 16).ok().map(Token::Int)
        } else {
            self.decimal()
        };

        // Report a suffix instead of starting a new token, so that `3u` and `3px` get a clear
        // error.
        if self.peek(0).is_some_and(|c| matches!(c, 'u' | 'U')) {
            return Err((start, "unsigned numbers are not supported: remove the u".to_owned()));
        }
        if self.peek(0).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err((self.at, "unexpected letter in a number".to_owned()));
        }
        token.ok_or_else(|| (start, "the number is too large".to_owned()))
    }

    fn decimal(&mut self) -> Option<Token> {
        let mut written = self.take_while(|c| c.is_ascii_digit());
        let mut whole = true;

        // A point without a digit after it isn't part of the number: it selects a field.
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            written = format!("{written}.{}", self.take_while(|c| c.is_ascii_digit()));
            whole = false;
        }

        // Likewise, an `e` counts as an exponent only if digits follow.
        let signed = usize::from(matches!(self.peek(1), Some('+' | '-')));
        if matches!(self.peek(0), Some('e' | 'E'))
            && self.peek(1 + signed).is_some_and(|c| c.is_ascii_digit())
        {
            let sign = if self.peek(1) == Some('-') { "-" } else { "" };
            self.at += 1 + signed;
            written = format!("{written}e{sign}{}", self.take_while(|c| c.is_ascii_digit()));
            whole = false;
        }

        if whole {
            return written.parse().ok().map(Token::Int);
        }
        // Rust parses 1e999 as infinity, which no stored number can equal.
        written.parse().ok().filter(|double: &f64| double.is_finite()).map(Token::Double)
    }

    /// Reads a string literal, starting at its opening quote.
    fn text(&mut self, raw: bool) -> Result<String, Misread> {
        let start = self.at;
        let quote = if self.peek(0) == Some('"') { ["\"\"\"", "\""] } else { ["'''", "'"] };
        // A triple quote also starts with a single one, so it is tried first.
        let quote = if self.starts_with(quote[0]) { quote[0] } else { quote[1] };
        self.at += quote.len();

        let mut text = String::new();
        while !self.starts_with(quote) {
            let place = self.at;
            let character = match self.peek(0) {
                // Report the opening quote: the end of the text says nothing about the mistake.
                None => return Err((start, "the string isn't closed".to_owned())),
                // Only a triple-quoted string can span lines.
                Some('\n' | '\r') if quote.len() == 1 => {
                    return Err((start, "the string isn't closed".to_owned()));
                }
                Some('\\') if !raw => self.escape()?,
                Some(character) => {
                    self.at += 1;
                    character
                }
            };
            // Checked after escapes, since an escape can produce it. Postgres text can't hold NUL.
            if character == '\0' {
                return Err((place, "the character NUL is not supported".to_owned()));
            }
            text.push(character);
        }

        self.at += quote.len();
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, Misread> {
        let start = self.at;
        // At the end of the text, the blank falls through to the unknown escape.
        let letter = self.peek(1).unwrap_or(' ');
        self.at += 2;

        let simple = match letter {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '\\' | '"' | '\'' | '?' | '`' => letter,
            'x' | 'X' => return self.code(start, 2, 16),
            'u' => return self.code(start, 4, 16),
            'U' => return self.code(start, 8, 16),
            // Octal escapes have no prefix letter: this digit is already part of the code.
            '0'..='3' => {
                self.at -= 1;
                return self.code(start, 3, 8);
            }
            _ => return Err((start, "unknown escape in a string".to_owned())),
        };

        Ok(simple)
    }

    fn code(&mut self, start: usize, digits: usize, radix: u32) -> Result<char, Misread> {
        // The text can end in the middle of an escape, with `at` already beyond its end.
        let rest = &self.characters[self.at.min(self.characters.len())..];
        let written: String = rest.iter().take(digits).collect();
        self.at += digits;
        // `from_str_radix` alone would accept a leading plus.
        let complete = written.len() == digits && written.chars().all(|c| c.is_digit(radix));
        let code = u32::from_str_radix(&written, radix).ok().filter(|_| complete);
        let refused = || (start, "the escape doesn't name a character".to_owned());
        code.and_then(char::from_u32).ok_or_else(refused)
    }
}

//! The words and signs of a condition's text, each with its place.

use super::ConditionProblem;

/// One word or sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// An identifier or a word of the language (`in`, `true`, …).
    Name(String),
    /// A string, its escapes resolved.
    Text(String),
    /// A whole number without its sign, so that the lowest one can be written.
    Int(u64),
    /// A number with a point or an exponent, without its sign.
    Double(f64),
    /// An operator or bracket.
    Sign(&'static str),
    /// Behind the last one.
    End,
}

/// Longest first, so that `<=` isn't read as `<`.
const SIGNS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}",
    ",", ".", "?", ":",
];

/// A text cut into tokens with their places (characters from 0); the last one is [`Token::End`].
///
/// # Errors
/// The first character or literal that is none of the language.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ConditionProblem> {
    let mut reader = Reader { characters: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    loop {
        reader.skip_blank();
        let at = reader.at;
        let token = reader.token().map_err(|(place, message)| ConditionProblem::at(text, place, message))?;
        let end = token == Token::End;
        tokens.push((at, token));
        if end {
            return Ok(tokens);
        }
    }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

type Refused = (usize, String);

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, within: impl Fn(char) -> bool) -> String {
        let taken: String = self.characters[self.at..].iter().copied().take_while(|c| within(*c)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn starts_with(&self, sign: &str) -> bool {
        sign.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c))
    }

    fn skip_blank(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}'));
            if !self.starts_with("//") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn token(&mut self) -> Result<Token, Refused> {
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
                '=' => "; equality is ==",
                '&' => "; both is &&",
                '|' => "; either is ||",
                _ => "",
            };
            return Err((self.at, format!("unexpected {first:?}{hint}")));
        };
        self.at += sign.len();
        Ok(Token::Sign(sign))
    }

    fn word(&mut self) -> Result<Token, Refused> {
        let start = self.at;
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !matches!(self.peek(0), Some('"' | '\'')) {
            return Ok(Token::Name(word));
        }
        match word.as_str() {
            "r" | "R" => self.text(true).map(Token::Text),
            "b" | "B" | "br" | "bR" | "Br" | "BR" => Err((start, "bytes are not supported".to_owned())),
            _ => Err((self.at, format!("unexpected string behind {word:?}"))),
        }
    }

    fn number(&mut self) -> Result<Token, Refused> {
        let start = self.at;
        let hexadecimal = self.starts_with("0x") && self.peek(2).is_some_and(|c| c.is_ascii_hexdigit());
        let token = if hexadecimal {
            self.at += 2;
            u64::from_str_radix(&self.take_while(|c| c.is_ascii_hexdigit()), 16).ok().map(Token::Int)
        } else {
            self.decimal()
        };
        if self.peek(0).is_some_and(|c| matches!(c, 'u' | 'U')) {
            return Err((start, "unsigned numbers are not supported: leave the u away".to_owned()));
        }
        if self.peek(0).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err((self.at, "unexpected letter in a number".to_owned()));
        }
        token.ok_or_else(|| (start, "the number is too large".to_owned()))
    }

    fn decimal(&mut self) -> Option<Token> {
        let mut written = self.take_while(|c| c.is_ascii_digit());
        let mut whole = true;
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            written = format!("{written}.{}", self.take_while(|c| c.is_ascii_digit()));
            whole = false;
        }
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
        written.parse().ok().filter(|double: &f64| double.is_finite()).map(Token::Double)
    }

    /// A string that begins here with its quote.
    fn text(&mut self, raw: bool) -> Result<String, Refused> {
        let start = self.at;
        let quote = if self.peek(0) == Some('"') { ["\"\"\"", "\""] } else { ["'''", "'"] };
        let quote = if self.starts_with(quote[0]) { quote[0] } else { quote[1] };
        self.at += quote.len();
        let mut text = String::new();
        while !self.starts_with(quote) {
            let place = self.at;
            let character = match self.peek(0) {
                None => return Err((start, "the string isn't closed".to_owned())),
                Some('\n' | '\r') if quote.len() == 1 => {
                    return Err((start, "the string isn't closed".to_owned()));
                }
                Some('\\') if !raw => self.escape()?,
                Some(character) => {
                    self.at += 1;
                    character
                }
            };
            if character == '\0' {
                return Err((place, "the character NUL is not supported".to_owned()));
            }
            text.push(character);
        }
        self.at += quote.len();
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, Refused> {
        let start = self.at;
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
            '0'..='3' => {
                self.at -= 1;
                return self.code(start, 3, 8);
            }
            _ => return Err((start, "unknown escape in a string".to_owned())),
        };
        Ok(simple)
    }

    fn code(&mut self, start: usize, digits: usize, radix: u32) -> Result<char, Refused> {
        let written: String =
            self.characters[self.at.min(self.characters.len())..].iter().take(digits).collect();
        self.at += digits;
        let complete = written.len() == digits && written.chars().all(|c| c.is_digit(radix));
        let code = u32::from_str_radix(&written, radix).ok().filter(|_| complete);
        code.and_then(char::from_u32).ok_or_else(|| (start, "the escape is no character".to_owned()))
    }
}

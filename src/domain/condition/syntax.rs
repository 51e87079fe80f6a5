//! Text to an untyped tree: the grammar of CEL, as far as conditions use it, every node with its
//! place.
//!
//! Written here and not taken from the `cel` crate, because conditions come from outside and a
//! stack that overflows ends the process: the crate's parser wants more than 4 MB for 32 brackets
//! (debug build; a worker thread has 2 MB), this one less than 1 MB. It also counts places in
//! characters, and says which part of the language is missing.

use super::token::{Token, tokens};
use super::{ConditionProblem, MAX_LENGTH, MAX_NESTING, MAX_NODES};

/// A node of the untyped tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where a reader would point: a name, a literal's start, an operator. Characters from 0.
    pub at: usize,
    /// What stands there.
    pub syntax: Syntax,
    depth: usize,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Syntax {
    /// A name that stands alone.
    Name(String),
    /// `operand.field`
    Select(Box<Node>, String),
    /// `function(arguments)` or `target.function(arguments)`
    Call {
        /// Its name.
        function: String,
        /// What stands in front of the dot.
        target: Option<Box<Node>>,
        /// What stands in the brackets.
        arguments: Vec<Node>,
    },
    /// `[a, b]`
    List(Vec<Node>),
    /// A string.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`
    Null,
    /// `!a` or `-a`
    Unary(&'static str, Box<Node>),
    /// `a + b`, `a == b`, `a in b` …
    Binary(&'static str, Box<Node>, Box<Node>),
    /// `a && b && …`
    All(Vec<Node>),
    /// `a || b || …`
    Any(Vec<Node>),
}

/// Parses a text.
///
/// # Errors
/// The first thing that doesn't fit the grammar, or the first limit passed.
pub fn parse(text: &str) -> Result<Node, ConditionProblem> {
    let length = text.chars().take(MAX_LENGTH + 1).count();
    if length > MAX_LENGTH {
        let message =
            format!("a condition has at most {MAX_LENGTH} characters, this one has {}", text.chars().count());
        return Err(ConditionProblem::at(text, MAX_LENGTH, message));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, open: 0, nodes: 0 };
    parser.condition().map_err(|(at, message)| ConditionProblem::at(text, at, message))
}

/// Operators from the loosest to the tightest; all group from the left.
const LEVELS: [&[&str]; 5] =
    [&["||"], &["&&"], &["<", "<=", ">=", ">", "==", "!=", "in"], &["+", "-"], &["*", "/", "%"]];

/// Words that CEL keeps for itself. A field may not be called so either.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
];

type Refused = (usize, String);

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    open: usize,
    nodes: usize,
}

impl Parser {
    fn condition(&mut self) -> Result<Node, Refused> {
        if *self.peek() == Token::End {
            return Err((0, "the condition is empty".to_owned()));
        }
        let node = self.level(0)?;
        if *self.peek() == Token::End { Ok(node) } else { Err(self.unexpected("an operator")) }
    }

    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |(at, _)| *at)
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), Refused> {
        if self.accept(sign) { Ok(()) } else { Err(self.unexpected(sign)) }
    }

    fn unexpected(&self, wanted: &str) -> Refused {
        let found = match self.peek() {
            Token::End => "the end".to_owned(),
            Token::Sign("?" | ":") => {
                return (self.at(), "the conditional operator ?: is not supported".to_owned());
            }
            Token::Sign("{") => return (self.at(), "maps and messages { } are not supported".to_owned()),
            Token::Sign(sign) => format!("{sign:?}"),
            Token::Name(name) => format!("{name:?}"),
            Token::Text(_) => "a string".to_owned(),
            Token::Int(_) | Token::Double(_) => "a number".to_owned(),
        };
        (self.at(), format!("expected {wanted}, found {found}"))
    }

    /// A node one deeper than its deepest part; the place where both limits hold.
    fn node(&mut self, at: usize, deepest: usize, syntax: Syntax) -> Result<Node, Refused> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err((at, format!("a condition has at most {MAX_NODES} names, literals and operators")));
        }
        let depth = deepest + 1;
        if depth > MAX_NESTING { Err((at, too_deep())) } else { Ok(Node { at, syntax, depth }) }
    }

    fn level(&mut self, level: usize) -> Result<Node, Refused> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        loop {
            let found = match self.peek() {
                Token::Sign(sign) => *sign,
                Token::Name(word) if word == "in" => "in",
                _ => return Ok(left),
            };
            let Some(operator) = operators.iter().copied().find(|operator| *operator == found) else {
                return Ok(left);
            };
            if level < 2 {
                return self.chain(level, operator, left);
            }
            let at = self.at();
            self.next += 1;
            let right = self.level(level + 1)?;
            let deepest = left.depth.max(right.depth);
            left = self.node(at, deepest, Syntax::Binary(operator, Box::new(left), Box::new(right)))?;
        }
    }

    /// The rest of `a && b && …`: one node however many, as long lists of alternatives are common
    /// and no deeper.
    fn chain(&mut self, level: usize, operator: &'static str, first: Node) -> Result<Node, Refused> {
        let at = self.at();
        let mut parts = vec![first];
        while self.accept(operator) {
            parts.push(self.level(level + 1)?);
        }
        let deepest = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        self.node(at, deepest, if operator == "&&" { Syntax::All(parts) } else { Syntax::Any(parts) })
    }

    fn unary(&mut self) -> Result<Node, Refused> {
        let at = self.at();
        let operator = match self.peek() {
            Token::Sign("!") => "!",
            Token::Sign("-") => "-",
            _ => return self.member(),
        };
        self.next += 1;
        match (operator, self.peek().clone()) {
            ("-", Token::Int(size)) => {
                let value = 0_i64.checked_sub_unsigned(size).ok_or_else(|| (at, too_large()))?;
                self.next += 1;
                self.node(at, 0, Syntax::Int(value))
            }
            ("-", Token::Double(size)) => {
                self.next += 1;
                self.node(at, 0, Syntax::Double(-size))
            }
            _ => {
                let inner = self.nested(Self::unary)?;
                self.node(at, inner.depth, Syntax::Unary(operator, Box::new(inner)))
            }
        }
    }

    fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, Refused>) -> Result<T, Refused> {
        if self.open >= MAX_NESTING {
            return Err((self.at(), too_deep()));
        }
        self.open += 1;
        let result = part(self);
        self.open -= 1;
        result
    }

    fn member(&mut self) -> Result<Node, Refused> {
        let mut node = self.primary()?;
        loop {
            if let Token::Sign("[") = self.peek() {
                return Err((self.at(), "the index operator [ ] is not supported".to_owned()));
            }
            if !self.accept(".") {
                return Ok(node);
            }
            let at = self.at();
            let Token::Name(name) = self.peek().clone() else { return Err(self.unexpected("a name")) };
            self.next += 1;
            let deepest = node.depth;
            node = if self.accept("(") {
                let arguments = self.nested(|parser| parser.list_until(")"))?;
                let deepest = arguments.iter().map(|a| a.depth).max().unwrap_or(0).max(deepest);
                self.node(
                    at,
                    deepest,
                    Syntax::Call { function: name, target: Some(Box::new(node)), arguments },
                )?
            } else {
                self.node(at, deepest, Syntax::Select(Box::new(node), name))?
            };
        }
    }

    fn primary(&mut self) -> Result<Node, Refused> {
        let at = self.at();
        let token = self.peek().clone();
        let syntax = match token {
            Token::Name(name) => return self.name(at, name),
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.nested(|parser| parser.level(0))?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => {
                self.next += 1;
                let items = self.nested(|parser| parser.list_until("]"))?;
                let deepest = items.iter().map(|item| item.depth).max().unwrap_or(0);
                return self.node(at, deepest, Syntax::List(items));
            }
            Token::Text(text) => Syntax::Text(text),
            Token::Int(size) => Syntax::Int(i64::try_from(size).map_err(|_| (at, too_large()))?),
            Token::Double(size) => Syntax::Double(size),
            Token::Sign(_) | Token::End => return Err(self.unexpected("a name or a value")),
        };
        self.next += 1;
        self.node(at, 0, syntax)
    }

    fn name(&mut self, at: usize, name: String) -> Result<Node, Refused> {
        if RESERVED.contains(&name.as_str()) {
            return Err(self.unexpected("a name or a value"));
        }
        self.next += 1;
        let syntax = match name.as_str() {
            "true" => Syntax::Bool(true),
            "false" => Syntax::Bool(false),
            "null" => Syntax::Null,
            _ if self.accept("(") => {
                let arguments = self.nested(|parser| parser.list_until(")"))?;
                let deepest = arguments.iter().map(|argument| argument.depth).max().unwrap_or(0);
                return self.node(at, deepest, Syntax::Call { function: name, target: None, arguments });
            }
            _ => Syntax::Name(name),
        };
        self.node(at, 0, syntax)
    }

    /// Values with commas between them, up to the closing sign; a comma behind the last one is fine
    /// in a list.
    fn list_until(&mut self, close: &str) -> Result<Vec<Node>, Refused> {
        let mut items = Vec::new();
        while !self.accept(close) {
            items.push(self.level(0)?);
            if !self.accept(",") {
                self.expect(close)?;
                break;
            }
        }
        Ok(items)
    }
}

fn too_deep() -> String {
    format!("a condition nests at most {MAX_NESTING} deep")
}

fn too_large() -> String {
    format!("whole numbers go from {} to {}", i64::MIN, i64::MAX)
}

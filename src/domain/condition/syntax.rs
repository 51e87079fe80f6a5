//! Parses text into an untyped tree: the part of CEL's grammar that conditions use. Every node has
//! its position.
//!
//! We don't use the parser of the `cel` crate. Conditions come from outside, and a stack overflow
//! kills the process: for 32 nested brackets the crate's parser needs more than 4 MB of stack
//! (debug build; a worker thread has 2 MB), this one less than 1 MB. This parser also counts
//! positions in characters, and names the part of the language that isn't supported.

use super::token::{Misread, Token, tokens};
use super::{ConditionProblem, DEEPEST, LONGEST, MOST_NODES};

/// A node of the untyped tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The position to report: a name, the start of a literal, or an operator. In characters, from
    /// 0.
    pub at: usize,
    /// The node itself.
    pub syntax: Syntax,
    depth: usize,
}

/// The kinds of nodes.
#[derive(Debug, Clone, PartialEq)]
pub enum Syntax {
    /// A name on its own.
    Name(String),
    /// `operand.field`
    Select(Box<Node>, String),
    /// `function(arguments)` or `target.function(arguments)`
    Call {
        /// The name of the function.
        function: String,
        /// The expression before the dot.
        target: Option<Box<Node>>,
        /// The expressions in the brackets.
        arguments: Vec<Node>,
    },
    /// `[a, b]`
    List(Vec<Node>),
    /// A string literal.
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
/// The first place that doesn't fit the grammar, or the first limit exceeded.
pub fn parse(text: &str) -> Result<Node, ConditionProblem> {
    let length = text.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        let length = text.chars().count();
        let message = format!("a condition has at most {LONGEST} characters, this one has {length}");
        return Err(ConditionProblem::at(text, LONGEST, message));
    }

    let mut parser = Parser { tokens: tokens(text)?, next: 0, open: 0, nodes: 0 };
    parser.condition().map_err(|(at, message)| ConditionProblem::at(text, at, message))
}

/// Operators from lowest to highest precedence; all of them associate to the left.
const LEVELS: [&[&str]; 5] =
    [&["||"], &["&&"], &["<", "<=", ">=", ">", "==", "!=", "in"], &["+", "-"], &["*", "/", "%"]];

/// Words reserved by CEL. A field can't have such a name either.
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

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    /// The nested parts being parsed right now.
    open: usize,
    /// The nodes created so far.
    nodes: usize,
}

impl Parser {
    fn condition(&mut self) -> Result<Node, Misread> {
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
        // Beyond the last token, point at the end of the text.
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |(at, _)| *at)
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), Misread> {
        if self.accept(sign) { Ok(()) } else { Err(self.unexpected(sign)) }
    }

    fn unexpected(&self, wanted: &str) -> Misread {
        let found = match self.peek() {
            Token::End => "the end".to_owned(),
            // These are part of CEL, but not of conditions. The message says so.
            Token::Sign("?" | ":") => {
                return (self.at(), "the conditional operator ?: is not supported".to_owned());
            }
            Token::Sign("{") => {
                return (self.at(), "maps and messages { } are not supported".to_owned());
            }

            Token::Sign(sign) => format!("{sign:?}"),
            Token::Name(name) => format!("{name:?}"),
            Token::Text(_) => "a string".to_owned(),
            Token::Int(_) | Token::Double(_) => "a number".to_owned(),
        };
        (self.at(), format!("expected {wanted}, found {found}"))
    }

    /// Creates a node, one level deeper than its deepest part. Enforces the limits on nodes and
    /// depth.
    fn node(&mut self, at: usize, deepest: usize, syntax: Syntax) -> Result<Node, Misread> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            let rule = format!("a condition has at most {MOST_NODES} names, literals and operators");
            return Err((at, rule));
        }
        let depth = deepest + 1;
        if depth > DEEPEST { Err((at, too_deep())) } else { Ok(Node { at, syntax, depth }) }
    }

    /// Parses operators of this precedence level and above.
    fn level(&mut self, level: usize) -> Result<Node, Misread> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;

        loop {
            let found = match self.peek() {
                Token::Sign(sign) => *sign,
                // The tokenizer returns `in` as a name, because it is a word.
                Token::Name(word) if word == "in" => "in",
                _ => return Ok(left),
            };
            let Some(operator) = operators.iter().copied().find(|operator| *operator == found) else {
                return Ok(left);
            };

            // `||` and `&&`.
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

    /// Parses the rest of `a && b && …` into a single node, so that a long list of alternatives
    /// doesn't count as deep nesting.
    fn chain(&mut self, level: usize, operator: &'static str, first: Node) -> Result<Node, Misread> {
        let at = self.at();
        let mut parts = vec![first];
        while self.accept(operator) {
            parts.push(self.level(level + 1)?);
        }
        let deepest = deepest_of(&parts);
        self.node(at, deepest, if operator == "&&" { Syntax::All(parts) } else { Syntax::Any(parts) })
    }

    fn unary(&mut self) -> Result<Node, Misread> {
        let at = self.at();
        let operator = match self.peek() {
            Token::Sign("!") => "!",
            Token::Sign("-") => "-",
            _ => return self.member(),
        };
        self.next += 1;

        match (operator, self.peek().clone()) {
            // A minus before a number belongs to it: only so can the lowest `i64` be written.
            ("-", Token::Int(size)) => {
                // Negating an `i64` would fail for the lowest one, whose positive doesn't exist.
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

    /// Parses a nested part, unless it would be too deep. Checked on the way down, because
    /// [`Self::node`] sees the depth only once the recursion has already used the stack.
    fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, Misread>) -> Result<T, Misread> {
        if self.open >= DEEPEST {
            return Err((self.at(), too_deep()));
        }
        self.open += 1;
        let result = part(self);
        self.open -= 1;
        result
    }

    fn member(&mut self) -> Result<Node, Misread> {
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
                let deepest = deepest_of(&arguments).max(deepest);
                let target = Some(Box::new(node));
                self.node(at, deepest, Syntax::Call { function: name, target, arguments })?
            } else {
                self.node(at, deepest, Syntax::Select(Box::new(node), name))?
            };
        }
    }

    fn primary(&mut self) -> Result<Node, Misread> {
        let at = self.at();
        let token = self.peek().clone();

        let syntax = match token {
            Token::Name(name) => return self.name(at, name),
            // Brackets leave no node behind: they only group.
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.nested(|parser| parser.level(0))?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => {
                self.next += 1;
                let items = self.nested(|parser| parser.list_until("]"))?;
                return self.node(at, deepest_of(&items), Syntax::List(items));
            }
            Token::Text(text) => Syntax::Text(text),
            Token::Int(size) => Syntax::Int(i64::try_from(size).map_err(|_| (at, too_large()))?),
            Token::Double(size) => Syntax::Double(size),
            Token::Sign(_) | Token::End => return Err(self.unexpected("a name or a value")),
        };

        self.next += 1;
        self.node(at, 0, syntax)
    }

    fn name(&mut self, at: usize, name: String) -> Result<Node, Misread> {
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
                let deepest = deepest_of(&arguments);
                return self.node(at, deepest, Syntax::Call { function: name, target: None, arguments });
            }
            _ => Syntax::Name(name),
        };

        self.node(at, 0, syntax)
    }

    /// Parses values separated by commas, up to the closing sign. A comma after the last value is
    /// allowed.
    fn list_until(&mut self, close: &str) -> Result<Vec<Node>, Misread> {
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

fn deepest_of(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| node.depth).max().unwrap_or(0)
}

fn too_deep() -> String {
    format!("a condition can be nested at most {DEEPEST} deep")
}

fn too_large() -> String {
    format!("a whole number must be between {} and {}", i64::MIN, i64::MAX)
}

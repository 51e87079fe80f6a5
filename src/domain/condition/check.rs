//! The untyped tree to the typed one: every name looked up, every type checked, every problem
//! noted.

use crate::domain::attribute::{AttributeType, STATE_NAME};

use super::literal;
use super::suggest::nearest;
use super::syntax::{Node, Syntax};
use super::tree::{Arithmetic, Comparison, Expression, Field, Kind, Literal, Predicate, TextTest};
use super::{ConditionProblem, Subject, Texts};

const FUNCTIONS: [&str; 9] =
    ["has", "size", "startsWith", "endsWith", "contains", "lowerAscii", "timestamp", "duration", "date"];

/// Checks a tree against what it may talk about.
///
/// # Errors
/// Every problem, in the order of the text.
pub fn check(text: &str, subject: &Subject, root: &Node) -> Result<Predicate, Vec<ConditionProblem>> {
    let mut checker = Checker { text, subject, problems: Vec::new() };
    let predicate = checker.predicate(root);
    checker.problems.sort();
    checker.problems.dedup();
    match predicate {
        Some(predicate) if checker.problems.is_empty() => Ok(predicate),
        _ => Err(checker.problems),
    }
}

/// A `None` from any of its functions means that a problem was noted.
pub(super) struct Checker<'a> {
    text: &'a str,
    subject: &'a Subject,
    problems: Vec<ConditionProblem>,
}

impl Checker<'_> {
    fn problem<T>(&mut self, at: usize, message: impl Into<String>) -> Option<T> {
        self.problems.push(ConditionProblem::at(self.text, at, message));
        None
    }

    fn predicate(&mut self, node: &Node) -> Option<Predicate> {
        match &node.syntax {
            Syntax::All(parts) => self.each(parts, Self::predicate).map(Predicate::All),
            Syntax::Any(parts) => self.each(parts, Self::predicate).map(Predicate::Any),
            Syntax::Unary("!", inner) => self.predicate(inner).map(|inner| Predicate::Not(Box::new(inner))),
            Syntax::Binary("in", value, list) => self.membership(node.at, value, list),
            Syntax::Binary(operator, left, right) if comparison(operator).is_some() => {
                let (left_value, right_value) = (self.expression(left), self.expression(right));
                self.compare(node.at, operator, (left.at, left_value?), (right.at, right_value?))
            }
            Syntax::Call { function, target, arguments } if is_test(function) => {
                self.test(node.at, function, target.as_deref(), arguments)
            }
            _ => match self.expression(node)? {
                Expression::Predicate(predicate) => Some(*predicate),
                value if value.kind() == Kind::BOOL => Some(Predicate::Value(value)),
                value => self.problem(node.at, format!("expected BOOL, found {}", value.kind())),
            },
        }
    }

    fn expression(&mut self, node: &Node) -> Option<Expression> {
        let literal = match &node.syntax {
            Syntax::Text(text) => Literal::String(text.clone()),
            Syntax::Int(value) => Literal::Int(*value),
            Syntax::Double(value) => Literal::Double(*value),
            Syntax::Bool(value) => Literal::Bool(*value),
            Syntax::Null => {
                let asks = format!("has({}.…)", self.subject.variable);
                return self.problem(
                    node.at,
                    format!("null is not supported: {asks} asks whether there is a value"),
                );
            }
            Syntax::List(_) => return self.problem(node.at, "a list can only stand behind in"),
            Syntax::Name(name) => return self.unknown_name(node.at, name),
            Syntax::Select(operand, name) => {
                return self.field(node.at, operand, name).map(Expression::Field);
            }
            Syntax::Call { function, target, arguments } if !is_test(function) => {
                return self.call(node.at, function, target.as_deref(), arguments);
            }
            Syntax::Unary("-", inner) => return self.negate(node.at, inner),
            Syntax::Binary(sign, left, right) if arithmetic(sign).is_some() => {
                let (left, right) = (self.expression(left), self.expression(right));
                return self.calculate(node.at, sign, left?, right?);
            }
            _ => return self.predicate(node).map(|inner| Expression::Predicate(Box::new(inner))),
        };
        Some(Expression::Literal(literal))
    }

    /// All of the parts, so that each one's problems are noted, or none.
    fn each<T>(&mut self, parts: &[Node], check: fn(&mut Self, &Node) -> Option<T>) -> Option<Vec<T>> {
        let checked: Vec<Option<T>> = parts.iter().map(|part| check(self, part)).collect();
        checked.into_iter().collect()
    }

    fn unknown_name<T>(&mut self, at: usize, name: &str) -> Option<T> {
        let variable = &self.subject.variable;
        let message = if name == "now" {
            "now is not supported yet".to_owned()
        } else if name == variable {
            format!("{name} is no value: name one of its attributes, as in {name}.id")
        } else if self.subject.fields.contains_key(name) {
            format!("unknown name {name}: did you mean {variable}.{name}?")
        } else {
            format!("unknown name {name}: a condition here talks about {variable}")
        };
        self.problem(at, message)
    }

    fn field(&mut self, at: usize, operand: &Node, name: &str) -> Option<Field> {
        match &operand.syntax {
            Syntax::Name(variable) if *variable == self.subject.variable => {}
            Syntax::Name(other) => return self.unknown_name(operand.at, other),
            Syntax::Select(inner, outer) => {
                let through = self.field(operand.at, inner, outer)?;
                return match through.attribute_type {
                    AttributeType::Reference { .. } => self.problem(
                        at,
                        format!("attributes of a related record ({outer}.{name}) are not supported yet"),
                    ),
                    other => self.problem(at, format!("{outer} is a {other} and has no attribute {name}")),
                };
            }
            _ => return self.problem(at, format!("only {} has attributes", self.subject.variable)),
        }
        if let Some(attribute_type) = self.subject.fields.get(name) {
            return Some(Field { name: name.to_owned(), attribute_type: attribute_type.clone() });
        }
        let hint = nearest(name, self.subject.fields.keys().map(String::as_str))
            .map(|known| format!(": did you mean {known}?"))
            .unwrap_or_default();
        let taken = match (self.subject.variable.as_str(), name) {
            ("record", STATE_NAME) => " (only the filter of ListRecords knows a record's own state)",
            _ => "",
        };
        self.problem(at, format!("unknown attribute {name}{hint}{taken}"))
    }

    fn compare(
        &mut self,
        at: usize,
        sign: &str,
        left: (usize, Expression),
        right: (usize, Expression),
    ) -> Option<Predicate> {
        let operator = comparison(sign)?;
        let (left_kind, right_kind) = (left.1.kind(), right.1.kind());
        let left_value = self.adapt(left.0, left.1, &right_kind)?;
        let right_value = self.adapt(right.0, right.1, &left_kind)?;
        let (left_new, right_new) = (left_value.kind(), right_value.kind());
        let adapted = matches!(left_kind, Kind::Attribute(AttributeType::Reference { .. }))
            && right_new == Kind::STRING
            || matches!(right_kind, Kind::Attribute(AttributeType::Reference { .. }))
                && left_new == Kind::STRING;
        let literal =
            matches!(left_value, Expression::Literal(_)) || matches!(right_value, Expression::Literal(_));
        self.possible(left.0, &left_value, &right_value)?;
        self.possible(right.0, &right_value, &left_value)?;
        if !(left_new.comparable(&right_new) || adapted && literal) {
            let hint = if [&left_kind, &right_kind] == [&Kind::TIMESTAMP, &Kind::STRING] {
                ": write timestamp(\"…\")"
            } else {
                ""
            };
            return self.problem(at, format!("{sign} can't compare {left_kind} with {right_kind}{hint}"));
        }
        if left_kind == Kind::Attribute(AttributeType::StringList) {
            return self.problem(at, format!("{sign} can't compare STRING_LIST: use in or size()"));
        }
        let ordered = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
        let orderless = |kind: &Kind| {
            matches!(kind, Kind::Attribute(AttributeType::Reference { .. } | AttributeType::Bool))
        };
        if ordered && (orderless(&left_kind) || orderless(&right_kind)) {
            return self.problem(at, format!("{sign} can't order {left_kind} and {right_kind}"));
        }
        Some(Predicate::Compare { operator, left: left_value, right: right_value })
    }

    /// A string literal read as what it is compared with: a date, or the name of a record.
    fn adapt(&mut self, at: usize, value: Expression, to: &Kind) -> Option<Expression> {
        let Expression::Literal(Literal::String(text)) = &value else { return Some(value) };
        match literal::adapt(text, to) {
            Ok(Some(literal)) => Some(Expression::Literal(literal)),
            Ok(None) => Some(value),
            Err(rule) => self.problem(at, format!("{text:?} {rule}")),
        }
    }

    /// Notes a literal that the field it is compared with never holds.
    fn possible(&mut self, at: usize, literal: &Expression, field: &Expression) -> Option<()> {
        let (Expression::Literal(Literal::String(text)), Expression::Field(field)) = (literal, field) else {
            return Some(());
        };
        let (name, variable) = (&field.name, &self.subject.variable);
        let message = match self.subject.texts.get(name) {
            Some(Texts::OneOf(words)) if !words.contains(text) => {
                format!("{text:?} is no {name}: it is one of {}", words.join(", "))
            }
            Some(Texts::NotEmpty) if text.is_empty() => {
                format!("no {name} is empty: !has({variable}.{name}) asks for those without one")
            }
            _ => return Some(()),
        };
        self.problem(at, message)
    }

    fn membership(&mut self, at: usize, value: &Node, list: &Node) -> Option<Predicate> {
        let looked_for = self.expression(value);
        if let Syntax::List(items) = &list.syntax {
            return self.one_of(at, looked_for, items);
        }
        let place = self.expression(list)?;
        let looked_for = looked_for?;
        match place {
            Expression::Field(list) if list.attribute_type == AttributeType::StringList => {
                if looked_for.kind() != Kind::STRING {
                    return self
                        .problem(at, format!("in can't look for {} in STRING_LIST", looked_for.kind()));
                }
                Some(Predicate::Holds { list, value: looked_for })
            }
            other => self.problem(list.at, format!("in needs a list on its right, found {}", other.kind())),
        }
    }

    fn one_of(&mut self, at: usize, value: Option<Expression>, items: &[Node]) -> Option<Predicate> {
        let choices = self.each(items, Self::choice);
        let (value, choices) = (value?, choices?);
        let kind = value.kind();
        if kind == Kind::Attribute(AttributeType::StringList) {
            return self.problem(at, "in can't look for STRING_LIST");
        }
        let mut adapted = Vec::with_capacity(choices.len());
        for (item, choice) in items.iter().zip(choices) {
            let choice = self.adapt(item.at, choice, &kind)?;
            self.possible(item.at, &choice, &value)?;
            let reference = matches!(kind, Kind::Attribute(AttributeType::Reference { .. }));
            let fits = kind.comparable(&choice.kind()) || reference && choice.kind() == Kind::STRING;
            match choice {
                Expression::Literal(literal) if fits => adapted.push(literal),
                other => {
                    let message = format!("in can't compare {kind} with {}", other.kind());
                    return self.problem(item.at, message);
                }
            }
        }
        Some(Predicate::OneOf { value, choices: adapted })
    }

    fn choice(&mut self, node: &Node) -> Option<Expression> {
        match self.expression(node)? {
            literal @ Expression::Literal(_) => Some(literal),
            _ => self.problem(node.at, "only literals are supported in a list"),
        }
    }

    fn test(
        &mut self,
        at: usize,
        function: &str,
        target: Option<&Node>,
        arguments: &[Node],
    ) -> Option<Predicate> {
        let test = match (function, target, arguments) {
            ("has", None, [argument]) => {
                let Syntax::Select(operand, name) = &argument.syntax else {
                    return self.problem(
                        argument.at,
                        format!("has() asks for an attribute of {}", self.subject.variable),
                    );
                };
                return self.field(argument.at, operand, name).map(Predicate::Present);
            }
            ("startsWith", Some(_), [_]) => TextTest::StartsWith,
            ("endsWith", Some(_), [_]) => TextTest::EndsWith,
            ("contains", Some(_), [_]) => TextTest::Contains,
            ("has", ..) => return self.problem(at, "has() is called as has(record.x)"),
            _ => return self.problem(at, format!("{function}() is called as text.{function}(part)")),
        };
        let (text, part) =
            (target.map(|text| self.string(text)), arguments.first().map(|part| self.string(part)));
        Some(Predicate::Text { test, text: text??, part: part?? })
    }

    fn string(&mut self, node: &Node) -> Option<Expression> {
        let value = self.expression(node)?;
        if value.kind() == Kind::STRING {
            Some(value)
        } else {
            self.problem(node.at, format!("expected STRING, found {}", value.kind()))
        }
    }

    fn call(
        &mut self,
        at: usize,
        function: &str,
        target: Option<&Node>,
        arguments: &[Node],
    ) -> Option<Expression> {
        match (function, target, arguments) {
            ("size", Some(value), []) | ("size", None, [value]) => {
                let inner = self.expression(value)?;
                if [Kind::STRING, Kind::Attribute(AttributeType::StringList)].contains(&inner.kind()) {
                    Some(Expression::Size(Box::new(inner)))
                } else {
                    self.problem(
                        value.at,
                        format!("size() needs STRING or STRING_LIST, found {}", inner.kind()),
                    )
                }
            }
            ("lowerAscii", Some(text), []) => {
                self.string(text).map(|text| Expression::LowerAscii(Box::new(text)))
            }
            ("timestamp" | "duration" | "date", None, [argument]) => {
                let Syntax::Text(text) = &argument.syntax else {
                    return self.problem(argument.at, format!("{function}() takes a string literal"));
                };
                match literal::read(function, text) {
                    Ok(literal) => Some(Expression::Literal(literal)),
                    Err(rule) => self.problem(argument.at, format!("{text:?} {rule}")),
                }
            }
            _ if FUNCTIONS.contains(&function) => {
                self.problem(at, format!("{function}() can't be called like this"))
            }
            _ => {
                let hint = nearest(function, FUNCTIONS)
                    .map(|known| format!(": did you mean {known}?"))
                    .unwrap_or_default();
                let known = FUNCTIONS.join(", ");
                let message = format!("the function {function} is not supported{hint} (known are {known})");
                self.problem(at, message)
            }
        }
    }

    fn negate(&mut self, at: usize, inner: &Node) -> Option<Expression> {
        let value = self.expression(inner)?;
        let zero = match value.kind() {
            kind if kind.is_number() => Literal::Int(0),
            Kind::Duration => Literal::Duration(0),
            other => return self.problem(at, format!("- needs a number, found {other}")),
        };
        self.calculate(at, "-", Expression::Literal(zero), value)
    }

    fn calculate(
        &mut self,
        at: usize,
        sign: &str,
        left: Expression,
        right: Expression,
    ) -> Option<Expression> {
        let operator = arithmetic(sign)?;
        let (left_kind, right_kind) = (left.kind(), right.kind());
        let Some(kind) = result_kind(operator, &left_kind, &right_kind) else {
            let message = if left_kind == Kind::STRING && right_kind == Kind::STRING && sign == "+" {
                "joining strings with + is not supported".to_owned()
            } else {
                format!("{sign} can't be applied to {left_kind} and {right_kind}")
            };
            return self.problem(at, message);
        };
        // Constants are worked out here, so that an attribute is compared with a plain instant.
        match literal::fold(operator, &left, &right) {
            Some(Ok(folded)) => Some(Expression::Literal(folded)),
            Some(Err(rule)) => self.problem(at, rule),
            None => {
                Some(Expression::Arithmetic { operator, kind, left: Box::new(left), right: Box::new(right) })
            }
        }
    }
}

fn is_test(function: &str) -> bool {
    matches!(function, "has" | "startsWith" | "endsWith" | "contains")
}

fn comparison(sign: &str) -> Option<Comparison> {
    Some(match sign {
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn arithmetic(sign: &str) -> Option<Arithmetic> {
    Some(match sign {
        "+" => Arithmetic::Add,
        "-" => Arithmetic::Subtract,
        "*" => Arithmetic::Multiply,
        "/" => Arithmetic::Divide,
        "%" => Arithmetic::Remainder,
        _ => return None,
    })
}

fn result_kind(operator: Arithmetic, left: &Kind, right: &Kind) -> Option<Kind> {
    let whole = *left == Kind::INT && *right == Kind::INT;
    let instant = |kind: &Kind| *kind == Kind::TIMESTAMP;
    match operator {
        _ if whole => Some(Kind::INT),
        Arithmetic::Remainder => None,
        _ if left.is_number() && right.is_number() => Some(Kind::DOUBLE),
        Arithmetic::Add if instant(left) && *right == Kind::Duration => Some(Kind::TIMESTAMP),
        Arithmetic::Add if *left == Kind::Duration && instant(right) => Some(Kind::TIMESTAMP),
        Arithmetic::Subtract if instant(left) && *right == Kind::Duration => Some(Kind::TIMESTAMP),
        Arithmetic::Subtract if instant(left) && instant(right) => Some(Kind::Duration),
        Arithmetic::Add | Arithmetic::Subtract if *left == Kind::Duration && *right == Kind::Duration => {
            Some(Kind::Duration)
        }
        _ => None,
    }
}

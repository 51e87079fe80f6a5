//! Turns the untyped tree into the typed one: looks up every name, checks every type, and collects
//! every problem.

use crate::domain::attribute::{AttributeType, STATE_NAME, composed};

use super::functions::{FUNCTIONS, is_test, usage};
use super::literal;
use super::now;
use super::operators::{arithmetic, comparison, result_kind};
use super::suggest::nearest;
use super::syntax::{Node, Syntax};
use super::tree::{Comparison, Expression, Field, Kind, Literal, Predicate, TextTest};
use super::{AllowedText, ConditionProblem, Subject};

/// Checks a condition's tree against the subject's fields.
///
/// # Errors
/// Every problem, in text order.
pub fn check(text: &str, subject: &Subject, root: &Node) -> Result<Predicate, Vec<ConditionProblem>> {
    Checker::new(text, subject).all(|checker| checker.predicate(root))
}

/// Checks the tree of a formula, whose value must be a number.
///
/// # Errors
/// Every problem, in text order.
pub fn check_number(text: &str, subject: &Subject, root: &Node) -> Result<Expression, Vec<ConditionProblem>> {
    Checker::new(text, subject).all(|checker| checker.number(root))
}

/// Collects problems. Each of its functions returns `None` if it noted one.
pub(super) struct Checker<'a> {
    text: &'a str,
    pub(super) subject: &'a Subject,
    pub(super) problems: Vec<ConditionProblem>,
    /// How many more unknown names get a suggestion.
    hints: usize,
}

/// How many unknown names of a condition get a suggestion: a search looks at all attributes.
const HINTS: usize = 8;

impl<'a> Checker<'a> {
    fn new(text: &'a str, subject: &'a Subject) -> Self {
        Self { text, subject, problems: Vec::new(), hints: HINTS }
    }

    /// Returns what a check found sound, or every problem.
    fn all<T>(mut self, check: impl FnOnce(&mut Self) -> Option<T>) -> Result<T, Vec<ConditionProblem>> {
        let checked = check(&mut self);
        // Sorted, because operands are checked before the operator between them.
        self.problems.sort();
        self.problems.dedup();
        checked.filter(|_| self.problems.is_empty()).ok_or(self.problems)
    }

    fn number(&mut self, node: &Node) -> Option<Expression> {
        match self.expression(node)? {
            value if value.kind().is_number() => Some(value),
            value => self.problem(node.at, format!("expected a number, found {}", value.kind())),
        }
    }

    pub(super) fn problem<T>(&mut self, at: usize, message: impl Into<String>) -> Option<T> {
        self.problems.push(ConditionProblem::at(self.text, at, message));
        None
    }

    fn predicate(&mut self, node: &Node) -> Option<Predicate> {
        match &node.syntax {
            Syntax::All(parts) => self.each(parts, Self::predicate).map(Predicate::All),
            Syntax::Any(parts) => self.each(parts, Self::predicate).map(Predicate::Any),
            Syntax::Unary("!", inner) => self.predicate(inner).map(|inner| Predicate::Not(Box::new(inner))),

            Syntax::Binary("in", value, list) => self.membership(node.at, value, list),
            Syntax::Binary(operator, left, right)
                if comparison(operator).is_some() && (now::mentions(left) || now::mentions(right)) =>
            {
                self.compare_with_now(node.at, operator, left, right)
            }
            Syntax::Binary(operator, left, right) if comparison(operator).is_some() => {
                // Both sides are checked before `?`, so that the problems of both are noted.
                let (left_value, right_value) = (self.expression(left), self.expression(right));
                self.compare(node.at, operator, (left.at, left_value?), (right.at, right_value?))
            }
            Syntax::Call { function, target, arguments } if is_test(function) => {
                self.test(node.at, function, target.as_deref(), arguments)
            }

            // Anything else is a value, which is a condition only if it is a bool.
            _ => match self.expression(node)? {
                Expression::Predicate(predicate) => Some(*predicate),
                value if value.kind() == Kind::BOOL => Some(Predicate::Value(value)),
                value => self.problem(node.at, format!("expected BOOL, found {}", value.kind())),
            },
        }
    }

    pub(super) fn expression(&mut self, node: &Node) -> Option<Expression> {
        let literal = match &node.syntax {
            // Like the values that it is compared with.
            Syntax::Text(text) => Literal::String(composed(text).into_owned()),
            Syntax::Int(value) => Literal::Int(*value),
            Syntax::Double(value) => Literal::Double(*value),
            Syntax::Bool(value) => Literal::Bool(*value),

            Syntax::Null => {
                let has = format!("has({}.…)", self.subject.variable);
                let message = format!("null is not supported; use {has} to test for a value");
                return self.problem(node.at, message);
            }
            Syntax::List(_) => return self.problem(node.at, "a list is only allowed on the right of in"),
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

    /// Checks all parts, even after one failed, so that the problems of each are noted.
    pub(super) fn each<T>(
        &mut self,
        parts: &[Node],
        check: fn(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let checked: Vec<Option<T>> = parts.iter().map(|part| check(self, part)).collect();
        checked.into_iter().collect()
    }

    fn unknown_name<T>(&mut self, at: usize, name: &str) -> Option<T> {
        let variable = &self.subject.variable;
        let message = if name == "now" {
            now::USAGE.to_owned()
        } else if name == variable {
            format!("{name} is not a value; use one of its attributes, like {name}.id")
        } else if self.subject.fields.contains_key(name) {
            format!("unknown name {name}: did you mean {variable}.{name}?")
        } else {
            let known = [std::slice::from_ref(variable), &self.subject.others[..]].concat().join(" and ");
            format!("unknown name {name}: only {known} can be used here")
        };
        self.problem(at, message)
    }

    pub(super) fn field(&mut self, at: usize, operand: &Node, name: &str) -> Option<Field> {
        let name = match &operand.syntax {
            // The usual cases. Every other operand is a mistake.
            Syntax::Name(variable) if *variable == self.subject.variable => name.to_owned(),
            Syntax::Name(other) if self.subject.others.contains(other) => format!("{other}.{name}"),
            Syntax::Name(other) => return self.unknown_name(operand.at, other),

            // `record.account.industry`: the attribute of another record.
            Syntax::Select(inner, outer) => return self.related(at, (operand.at, inner, outer), name),

            _ => return self.problem(at, format!("only {} has attributes", self.subject.variable)),
        };

        if let Some(attribute_type) = self.subject.fields.get(&name) {
            return Some(Field { attribute_type: attribute_type.clone(), name });
        }
        self.unknown_field(at, &name)
    }

    fn unknown_field(&mut self, at: usize, name: &str) -> Option<Field> {
        let hint = self.hint(name, self.subject.fields.keys().map(String::as_str));
        let taken = match (self.subject.variable.as_str(), name) {
            ("record", STATE_NAME) => " (only the filter of ListRecords knows a record's own state)",
            _ => "",
        };
        self.problem(at, format!("unknown attribute {name}{hint}{taken}"))
    }

    /// Returns the end of a message about an unknown name: the known one that was probably meant.
    pub(super) fn hint<'n>(&mut self, name: &str, known: impl Iterator<Item = &'n str>) -> String {
        let near = self.hints.checked_sub(1).and_then(|left| {
            self.hints = left;
            nearest(name, known)
        });
        near.map(|known| format!(": did you mean {known}?")).unwrap_or_default()
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
        // Each literal is read as the kind of the other side.
        let left_value = self.adapt(left.0, left.1, &right_kind)?;
        let right_value = self.adapt(right.0, right.1, &left_kind)?;
        self.possible(left.0, &left_value, &right_value)?;
        self.possible(right.0, &right_value, &left_value)?;

        // A literal adapted to a reference is a bare id, of kind STRING. A reference can be
        // compared with such a literal, but not with a STRING attribute.
        let (left_new, right_new) = (left_value.kind(), right_value.kind());
        let adapted = matches!(left_kind, Kind::Attribute(AttributeType::Reference { .. }))
            && right_new == Kind::STRING
            || matches!(right_kind, Kind::Attribute(AttributeType::Reference { .. }))
                && left_new == Kind::STRING;
        let is_literal = |value: &Expression| matches!(value, Expression::Literal(_));
        let literal = is_literal(&left_value) || is_literal(&right_value);
        if !(left_new.comparable(&right_new) || adapted && literal) {
            // A string literal becomes a date or a reference by itself, but not a timestamp.
            let hint = if [&left_kind, &right_kind] == [&Kind::TIMESTAMP, &Kind::STRING] {
                ": write timestamp(\"…\")"
            } else {
                ""
            };
            return self.problem(at, format!("{sign} can't compare {left_kind} with {right_kind}{hint}"));
        }

        // Both sides are lists, which are the same kind.
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

    /// Reads a string literal as the kind that it is compared with: a date, or a record's name.
    pub(super) fn adapt(&mut self, at: usize, value: Expression, to: &Kind) -> Option<Expression> {
        let Expression::Literal(Literal::String(text)) = &value else { return Some(value) };
        match literal::adapt(text, to) {
            Ok(Some(literal)) => Some(Expression::Literal(literal)),
            Ok(None) => Some(value),
            Err(rule) => self.problem(at, format!("{text:?} {rule}")),
        }
    }

    /// Notes a literal that could never match, because the field it is compared with can't hold it.
    pub(super) fn possible(&mut self, at: usize, literal: &Expression, field: &Expression) -> Option<()> {
        let Expression::Literal(Literal::String(text)) = literal else { return Some(()) };
        let Expression::Field(field) = field else { return Some(()) };

        let (name, full) = (&field.name, self.subject.full_name(&field.name));
        let message = match self.subject.texts.get(name) {
            Some(AllowedText::OneOf(words)) if !words.contains(text) => {
                format!("unknown {name} {text:?}, expected one of {}", words.join(", "))
            }
            Some(AllowedText::NotEmpty) if text.is_empty() => {
                format!("{name} is never empty; use !has({full}) to match missing values")
            }
            _ => return Some(()),
        };
        self.problem(at, message)
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
                    let message = format!("has() takes an attribute of {}", self.subject.variable);
                    return self.problem(argument.at, message);
                };
                return self.field(argument.at, operand, name).map(Predicate::Present);
            }
            ("startsWith", Some(_), [_]) => TextTest::StartsWith,
            ("endsWith", Some(_), [_]) => TextTest::EndsWith,
            ("contains", Some(_), [_]) => TextTest::Contains,
            ("has", ..) => return self.problem(at, "call has() as has(record.x)"),
            _ => return self.problem(at, format!("call {function}() as text.{function}(part)")),
        };

        // As above: both are checked before `??`, so that the problems of both are noted.
        let text = target.map(|text| self.string(text));
        let part = arguments.first().map(|part| self.string(part));
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
                let list = Kind::Attribute(AttributeType::StringList);
                if [Kind::STRING, list].contains(&inner.kind()) {
                    Some(Expression::Size(Box::new(inner)))
                } else {
                    let message = format!("size() needs STRING or STRING_LIST, found {}", inner.kind());
                    self.problem(value.at, message)
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

            // A known function with the wrong number of arguments, or called the wrong way round.
            _ if FUNCTIONS.contains(&function) => {
                self.problem(at, format!("call {function}() as {}", usage(function)))
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
            other => return self.problem(at, format!("- needs a number or a duration, found {other}")),
        };
        // A negation is computed as zero minus the value, so that the tree needs no node for it.
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

        // Compute constants here, so that the SQL compares an attribute with a plain instant.
        match literal::fold(operator, &left, &right) {
            Some(Ok(folded)) => Some(Expression::Literal(folded)),
            Some(Err(rule)) => self.problem(at, rule),
            None => {
                Some(Expression::Arithmetic { operator, kind, left: Box::new(left), right: Box::new(right) })
            }
        }
    }
}

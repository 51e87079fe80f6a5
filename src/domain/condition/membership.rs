//! Checks `in`: a value among literals, or a string in a list.

use crate::domain::attribute::AttributeType;

use super::check::Checker;
use super::syntax::{Node, Syntax};
use super::tree::{Expression, Kind, Predicate};

impl Checker<'_> {
    pub(super) fn membership(&mut self, at: usize, value: &Node, list: &Node) -> Option<Predicate> {
        // No `?` yet, so that the problems of the list are noted, too.
        let looked_for = self.expression(value);
        if let Syntax::List(items) = &list.syntax {
            return self.one_of(at, looked_for, items);
        }

        let place = self.expression(list)?;
        let looked_for = looked_for?;
        match place {
            Expression::Field(list) if list.attribute_type == AttributeType::StringList => {
                if looked_for.kind() != Kind::STRING {
                    let found = looked_for.kind();
                    return self.problem(at, format!("a STRING_LIST can only hold STRING, not {found}"));
                }
                Some(Predicate::Holds { list, value: looked_for })
            }
            other => self.problem(list.at, format!("in needs a list on its right, found {}", other.kind())),
        }
    }

    fn one_of(&mut self, at: usize, value: Option<Expression>, items: &[Node]) -> Option<Predicate> {
        // Checked even if the value has a problem, so that those of the choices are noted, too.
        let choices = self.each(items, Self::choice);
        let (value, choices) = (value?, choices?);
        let kind = value.kind();
        if kind == Kind::Attribute(AttributeType::StringList) {
            return self.problem(at, "in needs a single value on its left, found STRING_LIST");
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
}

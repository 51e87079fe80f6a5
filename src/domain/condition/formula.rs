//! A number that is computed from a subject, in the condition language: `record.score * 2`.

use std::collections::BTreeSet;

use super::{ConditionProblem, Expression, Predicate, Subject, check, read, violations};
use crate::domain::violation::Violations;

/// A checked formula. Its value is a number, or missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: String,
    root: Expression,
}

impl Formula {
    /// Parses and checks a formula.
    ///
    /// # Errors
    /// Every problem found, in text order; the list is never empty. No text makes it panic.
    pub fn parse(text: &str, subject: &Subject) -> Result<Self, Vec<ConditionProblem>> {
        let root = check::check_number(text, subject, &read(text)?)?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// Like [`Formula::parse`], but reports problems as violations of `field`, each with its line
    /// and column.
    ///
    /// # Errors
    /// Every problem found.
    pub fn check(field: &str, text: &str, subject: &Subject) -> Result<Self, Violations> {
        Self::parse(text, subject).map_err(|problems| violations(field, &problems))
    }

    /// The text as the caller wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The typed tree, whose kind is a number.
    pub fn root(&self) -> &Expression {
        &self.root
    }

    /// The names of all fields that the formula reads.
    pub fn fields_used(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        Predicate::Value(self.root.clone()).collect_fields(&mut fields);
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attribute::AttributeType;

    fn problems(text: &str) -> Vec<String> {
        let fields = [("score", AttributeType::Int), ("name", AttributeType::String)];
        match Formula::parse(text, &Subject::new("record", fields)) {
            Ok(formula) => vec![format!("reads {}", Vec::from_iter(formula.fields_used()).join(", "))],
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_formula_is_a_number() {
        assert_eq!(problems("record.score * 2 + size(record.name)"), ["reads name, score"]);
        assert_eq!(problems("7"), ["reads "]);
        let number = "line 1, column 8: expected a number, found";
        assert_eq!(problems("record.name"), [format!("{number} STRING")]);
        assert_eq!(problems("record.score > 1"), ["line 1, column 14: expected a number, found BOOL"]);
        let unknown = "line 1, column 8: unknown attribute sore: did you mean score?";
        assert_eq!(problems("record.sore + record.name"), [unknown]);
        assert_eq!(problems("record.score +").len(), 1);
    }
}

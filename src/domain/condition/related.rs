//! Checks attributes of a related record: `record.account.industry`.

use crate::domain::attribute::{AttributeName, AttributeType};

use super::check::Checker;
use super::syntax::{Node, Syntax};
use super::tree::Field;

impl Checker<'_> {
    /// Checks the attribute `name` of the record to which an attribute refers, which is given with
    /// its place and what has it.
    pub(super) fn related(
        &mut self,
        at: usize,
        (place, holder, reference): (usize, &Node, &str),
        name: &str,
    ) -> Option<Field> {
        if !matches!(holder.syntax, Syntax::Name(_)) {
            let rule = format!(
                "{reference}.{name} is two references away: a condition reads attributes of the record, \
                 and of records to which it refers directly"
            );
            return self.problem(at, rule);
        }

        let through = self.field(place, holder, reference)?;
        let AttributeType::Reference { record_type } = &through.attribute_type else {
            let found = &through.attribute_type;
            return self.problem(at, format!("{reference} is a {found} and has no attribute {name}"));
        };
        let Some(attributes) = self.subject.related.get(record_type) else {
            let rule = format!("{reference}.{name} can't be used here: only the record's own attributes can");
            return self.problem(at, rule);
        };

        match attributes.get(name) {
            Some(declared) => {
                let name = format!("{}.{name}", through.name);
                Some(Field { name, attribute_type: declared.clone() })
            }
            None => {
                let hint = self.hint(name, attributes.keys().map(AttributeName::as_str));
                self.problem(at, format!("unknown attribute {name} of {record_type}{hint}"))
            }
        }
    }
}

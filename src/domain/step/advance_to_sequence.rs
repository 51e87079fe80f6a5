//! Advance steps: the enrollment ends, and the record starts in another sequence.

use serde::{Deserialize, Serialize};

use super::Form;

/// The end of this enrollment and the start of another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvanceToSequence {
    /// The chosen id of the other sequence.
    pub sequence: String,
}

impl<T> Form<T> for AdvanceToSequence {
    const NAME: &'static str = "Advance to sequence";

    type Referring<U> = AdvanceToSequence;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> AdvanceToSequence {
        self
    }

    fn text_bytes(&self) -> usize {
        self.sequence.len()
    }
}

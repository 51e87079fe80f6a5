//! Tasks: anything else that sellers do.

use serde::{Deserialize, Serialize};

use super::{Act, Form};

/// Free work: the step's name and description say what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {}

impl<T> Form<T> for Task {
    const NAME: &'static str = "Task";

    type Referring<U> = Task;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Task {
        self
    }
}

impl Act for Task {}

//! Task steps: a seller does any other work.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// Any other work, which the step's name and description describe.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {}

impl<T> Form<T> for Task {
    const NAME: &'static str = "Task";

    type Referring<U> = Task;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Task {
        self
    }
}

impl Act for Task {
    // The step's texts say what to do. upnext can't know whether that reaches anybody.
    const CHANNEL: Option<Channel> = None;
}

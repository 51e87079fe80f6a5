//! Versions, as callers saw them.

use uuid::Uuid;

/// The state in which somebody saw something: which resource, by its key, and how often it had
/// changed by then.
///
/// A resource that takes a deleted one's name has another key, so that what was seen of the one
/// never fits the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The key of the resource.
    pub key: Uuid,
    /// Goes up with every change.
    pub number: i64,
}

impl Version {
    /// One that no resource has.
    pub const NEVER: Version = Version { key: Uuid::nil(), number: -1 };

    /// The resource with this key, at this version.
    pub fn of(key: Uuid, number: i64) -> Self {
        Self { key, number }
    }
}

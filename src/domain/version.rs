//! Versions of resources, as callers last saw them.

use uuid::Uuid;

/// The version of a resource that a caller saw: the key of the resource and its version number.
///
/// A resource that reuses the name of a deleted one has a different key. So a version of the
/// deleted resource never matches the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The key of the resource.
    pub key: Uuid,
    /// Increases with every change.
    pub number: i64,
}

impl Version {
    /// A version that no resource has, for etags that upnext never issued.
    pub const NEVER: Version = Version { key: Uuid::nil(), number: -1 };

    /// Creates the version of the resource with this key.
    pub fn of(key: Uuid, number: i64) -> Self {
        Self { key, number }
    }
}

//! Why a verb wasn't carried out.

use crate::domain::case::Broken;
use crate::domain::refusal::{Reason, Refusal};
use crate::domain::violation::Violations;
use crate::store;

/// Why a verb wasn't carried out. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The state of things refuses it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Nothing of this name exists for the caller.
    #[error("{} {name:?} does not exist", kind.as_str())]
    Missing {
        /// What was looked for.
        kind: Kind,
        /// The name that the caller used.
        name: String,
    },
    /// The id is taken.
    #[error("{} {name:?} exists already", kind.as_str())]
    Exists {
        /// What was to be made.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// The etag given is not that of the resource as it stands.
    #[error("{name:?} has changed since its etag was read")]
    Stale {
        /// The resource's name.
        name: String,
    },
    /// Fields are wrong.
    #[error("invalid: {0}")]
    Invalid(Violations),
    /// A mistake of ours: say, a decision panicked.
    #[error("{0}")]
    Fault(&'static str),
    /// The database didn't do it.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// The same request id came before with other content.
    pub(crate) fn request_id_reused() -> Self {
        let description = "the same request_id came before with other content";
        Self::Invalid(Violations::one("request_id", Reason::RequestIdReused, description))
    }
}

impl Error {
    /// Puts `parent` in front of the path of every wrong field; a request id stands beside what it
    /// is about, not in it.
    #[must_use]
    pub fn under(self, parent: &str) -> Self {
        match self {
            Self::Invalid(found) if found.shared_reason() == Some(Reason::RequestIdReused) => {
                Self::Invalid(found)
            }
            Self::Invalid(found) => Self::Invalid(found.under(parent)),
            other => other,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Store(broken.into())
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

/// The kinds of resources, as `ResourceInfo.resource_type` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `upnext.v1.Organization`.
    Organization,
    /// `upnext.v1.ApiKey`.
    ApiKey,
    /// `upnext.v1.Seller`.
    Seller,
    /// A seller's or team's queue.
    Queue,
    /// `upnext.v1.Template`.
    Template,
    /// `upnext.v1.RecordType`.
    RecordType,
    /// `upnext.v1.Record`.
    Record,
    /// `upnext.v1.Sequence`.
    Sequence,
    /// `upnext.v1.SequenceRevision`.
    SequenceRevision,
    /// `upnext.v1.Segment`.
    Segment,
    /// `upnext.v1.AssignmentRule`.
    AssignmentRule,
    /// `upnext.v1.Enrollment`.
    Enrollment,
    /// `upnext.v1.Activity`.
    Activity,
    /// `google.longrunning.Operation`.
    Operation,
}

impl Kind {
    /// The resource type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Organization => "upnext.v1.Organization",
            Kind::ApiKey => "upnext.v1.ApiKey",
            Kind::Seller => "upnext.v1.Seller",
            Kind::Queue => "upnext.v1.Queue",
            Kind::Template => "upnext.v1.Template",
            Kind::RecordType => "upnext.v1.RecordType",
            Kind::Record => "upnext.v1.Record",
            Kind::Sequence => "upnext.v1.Sequence",
            Kind::SequenceRevision => "upnext.v1.SequenceRevision",
            Kind::Segment => "upnext.v1.Segment",
            Kind::AssignmentRule => "upnext.v1.AssignmentRule",
            Kind::Enrollment => "upnext.v1.Enrollment",
            Kind::Activity => "upnext.v1.Activity",
            Kind::Operation => "google.longrunning.Operation",
        }
    }
}

//! Why a call failed.

use crate::domain::case::Broken;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::store;

/// Why a call failed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The current state doesn't allow it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// No resource of this name exists for the caller.
    #[error("{} {name:?} does not exist", kind.as_str())]
    Missing {
        /// The kind of the resource.
        kind: Kind,
        /// The name that the caller used.
        name: String,
    },
    /// The id is taken.
    #[error("{} {name:?} already exists", kind.as_str())]
    Exists {
        /// The kind of the new resource.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// The given etag is not the resource's current one.
    #[error("{name:?} has changed since its etag was read")]
    Stale {
        /// The resource's name.
        name: String,
    },
    /// Fields are wrong.
    #[error("invalid: {0}")]
    Invalid(Violations),
    /// A bug in the server, for example a decision that panicked.
    #[error("{0}")]
    Fault(&'static str),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// The same request id came before with other content.
    pub(crate) fn request_id_reused() -> Self {
        let description = "this request_id was already used with other content: send a new one";
        Self::Invalid(Violations::one("request_id", Reason::RequestIdReused, description))
    }

    /// Fails with [`Error::Stale`] if the caller saw another version than the current one. Any
    /// version will do if the caller sent no etag (`None`).
    pub(in crate::engine) fn if_stale(
        seen: Option<Version>,
        current: Version,
        name: impl FnOnce() -> String,
    ) -> Result<(), Self> {
        match seen {
            Some(seen) if seen != current => Err(Self::Stale { name: name() }),
            _ => Ok(()),
        }
    }

    /// Puts `parent` in front of the path of every wrong field. Except `request_id`, which is a
    /// field of the request, not of the resource in it.
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

/// The kinds of resources, for `ResourceInfo.resource_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `upnext.v1.Organization`.
    Organization,
    /// `upnext.v1.ApiKey`.
    ApiKey,
    /// `upnext.v1.Seller`.
    Seller,
    /// The queue of a seller or team.
    Queue,
    /// `upnext.v1.Calendar`.
    Calendar,
    /// `upnext.v1.Team`.
    Team,
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
    /// `upnext.v1.SequenceTemplate`.
    SequenceTemplate,
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
    /// `upnext.v1.Problem`.
    Problem,
    /// `upnext.v1.View`.
    View,
    /// `upnext.v1.Webhook`.
    Webhook,
    /// `upnext.v1.WebhookDelivery`.
    WebhookDelivery,
}

impl Kind {
    /// Returns the resource type, like `upnext.v1.Seller`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Organization => "upnext.v1.Organization",
            Kind::ApiKey => "upnext.v1.ApiKey",
            Kind::Seller => "upnext.v1.Seller",
            Kind::Queue => "upnext.v1.Queue",
            Kind::Calendar => "upnext.v1.Calendar",
            Kind::Team => "upnext.v1.Team",
            Kind::Template => "upnext.v1.Template",
            Kind::RecordType => "upnext.v1.RecordType",
            Kind::Record => "upnext.v1.Record",
            Kind::Sequence => "upnext.v1.Sequence",
            Kind::SequenceRevision => "upnext.v1.SequenceRevision",
            Kind::SequenceTemplate => "upnext.v1.SequenceTemplate",
            Kind::Segment => "upnext.v1.Segment",
            Kind::AssignmentRule => "upnext.v1.AssignmentRule",
            Kind::Enrollment => "upnext.v1.Enrollment",
            Kind::Activity => "upnext.v1.Activity",
            Kind::Operation => "google.longrunning.Operation",
            Kind::Problem => "upnext.v1.Problem",
            Kind::View => "upnext.v1.View",
            Kind::Webhook => "upnext.v1.Webhook",
            Kind::WebhookDelivery => "upnext.v1.WebhookDelivery",
        }
    }
}

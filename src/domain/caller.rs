//! Callers: their identity, what they may do and see, and the actor that history names for them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::condition::Subject;
use super::id::{KeyId, OrganizationId, QueueId, SellerId};
use super::names;

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Everything in the organization.
    SystemAdministrator,
    /// Designs sequences, segments and templates.
    SequenceManager,
    /// Like a sequence manager, but also manages sellers, records and everybody's work.
    SalesManager,
    /// Sees and works on their own activities and records.
    Salesperson,
    /// A CRM that sends records and sellers.
    Integration,
    /// An automated worker.
    Worker,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] = [
        Role::SystemAdministrator,
        Role::SequenceManager,
        Role::SalesManager,
        Role::Salesperson,
        Role::Integration,
        Role::Worker,
    ];

    /// The word for the role, like `sales_manager`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::SystemAdministrator => "system_administrator",
            Role::SequenceManager => "sequence_manager",
            Role::SalesManager => "sales_manager",
            Role::Salesperson => "salesperson",
            Role::Integration => "integration",
            Role::Worker => "worker",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Role::ALL.map(Role::as_str).join(", ");
        Role::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("unknown role {text:?}, expected one of {}", known()))
    }
}

/// An authenticated caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The organization. Comes from the credentials, never from a request field.
    pub organization: OrganizationId,
    /// The API key that the caller used, or the principal of its token.
    pub key: KeyId,
    /// The subject of the caller's token; `None` for an API key.
    pub subject: Option<Arc<str>>,
    /// The roles of the key or token; at least one. In a call, only those that admit to its method.
    pub roles: Vec<Role>,
    /// The seller that the key is bound to, or that the token names, if any.
    pub seller: Option<SellerId>,
    /// When the key or token expires, if ever. The caller's open streams end then, too.
    pub expire_time: Option<DateTime<Utc>>,
}

impl Caller {
    /// The caller with only those roles that `admits`, so that a role widens no call that it
    /// doesn't allow by itself. `None` if no role is left.
    #[must_use]
    pub fn narrowed(mut self, admits: impl Fn(Role) -> bool) -> Option<Self> {
        self.roles.retain(|role| admits(*role));
        (!self.roles.is_empty()).then_some(self)
    }

    /// The records, enrollments and activities that the caller may see and work on. The widest role
    /// decides: a sales manager who is also a seller sees everything.
    pub fn scope(&self) -> Scope {
        let scopes = self.roles.iter().map(|role| match (role, self.seller) {
            (Role::SystemAdministrator | Role::SequenceManager, _) => Scope::All,
            (Role::SalesManager | Role::Integration, _) => Scope::All,
            (Role::Salesperson, Some(seller)) => Scope::Own(seller),
            // A worker acts on activities in the queues of teams, under a lease.
            (Role::Salesperson, None) | (Role::Worker, _) => Scope::Nothing,
        });
        scopes.max().unwrap_or(Scope::Nothing)
    }

    /// True if the caller may take activities from the queues of teams, and act on them under a
    /// lease.
    pub fn works_in_pools(&self) -> bool {
        self.roles.contains(&Role::Worker)
    }

    /// The sequences that the caller may change. The widest role decides.
    pub fn authorship(&self) -> Authorship {
        let designs = |role: &Role| {
            matches!(role, Role::SystemAdministrator | Role::SequenceManager | Role::SalesManager)
        };
        match self.seller {
            _ if self.roles.iter().any(designs) => Authorship::All,
            Some(seller) if self.roles.contains(&Role::Salesperson) => Authorship::Own(seller),
            _ => Authorship::Nothing,
        }
    }

    /// The caller's name: `apiKeys/{uuid}` or `principals/{subject}`.
    pub fn name(&self) -> String {
        names::principal(self.key, self.subject.as_deref())
    }

    /// The actor that history names for this caller.
    pub fn actor(&self) -> Actor {
        Actor { seller: self.seller, key: Some(self.key), request_id: None }
    }
}

/// The sequences that a caller may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorship {
    /// All of the organization.
    All,
    /// Those that this seller owns, if the organization lets sellers author.
    Own(SellerId),
    /// None.
    Nothing,
}

/// The records, enrollments and activities that a caller may see and work on. For this caller, all
/// others don't exist. From the narrowest to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Nothing at all.
    Nothing,
    /// Only what this seller owns or has in their queue.
    Own(SellerId),
    /// Everything in the organization.
    All,
}

impl Scope {
    /// True if the scope contains records with this owner.
    pub fn has_owner(self, owner: Option<SellerId>) -> bool {
        match self {
            Scope::All => true,
            Scope::Own(seller) => owner == Some(seller),
            Scope::Nothing => false,
        }
    }

    /// Returns the subject of a list's filter for a caller with this scope. Who sees only some
    /// records learns nothing of those to which they refer.
    pub fn visible(self, subject: Subject) -> Subject {
        if self == Scope::All { subject } else { subject.without_related() }
    }

    /// True if the scope contains this queue.
    pub fn has_queue(self, queue: QueueId) -> bool {
        match self {
            Scope::All => true,
            Scope::Own(seller) => queue == seller.into(),
            Scope::Nothing => false,
        }
    }
}

/// Who did something: a seller, a key or principal without a seller, or upnext itself if both are
/// absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The seller.
    pub seller: Option<SellerId>,
    /// The API key, or the principal of a token.
    pub key: Option<KeyId>,
    /// The `request_id` of the call, if it had one.
    #[serde(default)]
    pub request_id: Option<Uuid>,
}

impl Actor {
    /// upnext itself, for timers, segments and operations.
    pub const UPNEXT: Actor = Actor { seller: None, key: None, request_id: None };
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_salesperson_sees_only_their_own_unless_another_role_sees_all() {
        let seller = SellerId(Uuid::from_u128(7));
        let caller = |roles: &[Role], seller| Caller {
            organization: OrganizationId(Uuid::nil()),
            key: KeyId(Uuid::nil()),
            subject: None,
            roles: roles.to_vec(),
            seller,
            expire_time: None,
        };
        assert_eq!(caller(&[Role::Salesperson], Some(seller)).scope(), Scope::Own(seller));
        assert_eq!(caller(&[Role::Salesperson, Role::SalesManager], Some(seller)).scope(), Scope::All);
        assert_eq!(caller(&[Role::Salesperson], None).scope(), Scope::Nothing);
        assert_eq!(caller(&[Role::Worker], None).scope(), Scope::Nothing);
        assert_eq!(caller(&[Role::Worker, Role::Salesperson], Some(seller)).scope(), Scope::Own(seller));
        let both = caller(&[Role::Integration, Role::Salesperson], Some(seller));
        assert_eq!(both.scope(), Scope::All);
        let narrowed = |of: Role| both.clone().narrowed(|role| role == of).map(|caller| caller.scope());
        assert_eq!(narrowed(Role::Salesperson), Some(Scope::Own(seller)));
        assert_eq!(narrowed(Role::Worker), None);
        assert!(!Scope::Own(seller).has_owner(None));
        assert!(Scope::Own(seller).has_queue(seller.into()));
    }
}

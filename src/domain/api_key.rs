//! API keys: what a key allows, and until when.

use chrono::{DateTime, Utc};

use super::caller::{Caller, Role};
use super::id::{KeyId, OrganizationId, SellerId};
use super::reason::Reason;
use super::settings::Limits;
use super::violation::Violations;

/// An API key without its secret. Only a hash of the secret is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key of the row, which also identifies the caller in requests.
    pub id: KeyId,
    /// The purpose of the key.
    pub display_name: String,
    /// The roles that it gives; at least one.
    pub roles: Vec<Role>,
    /// The seller who uses the key, if it is bound to one.
    pub seller: Option<SellerId>,
    /// When the key was created.
    pub create_time: DateTime<Utc>,
    /// When the key expires, if ever.
    pub expire_time: Option<DateTime<Utc>>,
    /// When the key was revoked, if it was.
    pub revoke_time: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// Returns the caller that the key identifies, or `None` if the key has expired or was revoked.
    pub fn caller(&self, now: DateTime<Utc>) -> Option<Caller> {
        let works = self.revoke_time.is_none() && self.expire_time.is_none_or(|end| now < end);
        works.then(|| Caller {
            organization: self.organization,
            key: self.id,
            subject: None,
            roles: self.roles.clone(),
            seller: self.seller,
            expire_time: self.expire_time,
        })
    }
}

/// Returns everything that is wrong with a new key. `has_seller` is true if the key is bound to a
/// seller. Paths are relative to the key.
pub fn check(
    display_name: &str,
    roles: &[Role],
    has_seller: bool,
    expire_time: Option<DateTime<Utc>>,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Violations {
    let mut found = limits.check_display_name("display_name", display_name);

    if roles.contains(&Role::Salesperson) && !has_seller {
        found.push("seller", Reason::FieldRequired, "a salesperson's key must be bound to a seller");
    }
    if expire_time.is_some_and(|end| end <= now) {
        found.push("expire_time", Reason::FieldInvalid, "must be in the future");
    }

    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn key(expire_time: Option<DateTime<Utc>>, revoke_time: Option<DateTime<Utc>>) -> ApiKey {
        ApiKey {
            organization: OrganizationId(Uuid::nil()),
            id: KeyId(Uuid::nil()),
            display_name: "CRM".to_owned(),
            roles: vec![Role::Integration],
            seller: None,
            create_time: DateTime::UNIX_EPOCH,
            expire_time,
            revoke_time,
        }
    }

    #[test]
    fn a_key_works_until_the_instant_it_expires_and_never_once_revoked() {
        let end = DateTime::UNIX_EPOCH + TimeDelta::seconds(1);
        assert!(key(Some(end), None).caller(end - TimeDelta::microseconds(1)).is_some());
        assert!(key(Some(end), None).caller(end).is_none());
        assert!(key(None, Some(end)).caller(DateTime::UNIX_EPOCH).is_none());
    }

    #[test]
    fn a_salespersons_key_needs_a_seller_and_an_expire_time_in_the_future() {
        let now = DateTime::UNIX_EPOCH;
        let found = check("", &[Role::Salesperson], false, Some(now), &Limits::default(), now);
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["display_name", "seller", "expire_time"]);
        assert!(check("Ana", &[Role::Salesperson], true, None, &Limits::default(), now).is_empty());
    }
}

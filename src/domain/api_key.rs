//! An API key: what it allows and for how long.

use chrono::{DateTime, Utc};

use super::caller::{Caller, Role};
use super::id::{KeyId, OrganizationId, SellerId};
use super::refusal::Reason;
use super::settings::Limits;
use super::violation::Violations;

/// A key, without its secret, of which only a hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key, which is also the principal of its requests.
    pub id: KeyId,
    /// What it is for.
    pub display_name: String,
    /// What it allows.
    pub roles: Vec<Role>,
    /// The seller who acts with it.
    pub seller: Option<SellerId>,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it stops working.
    pub expire_time: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoke_time: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// The caller who comes with it, unless it has expired or was revoked.
    pub fn caller(&self, now: DateTime<Utc>) -> Option<Caller> {
        let works = self.revoke_time.is_none() && self.expire_time.is_none_or(|end| now < end);
        works.then(|| Caller {
            organization: self.organization,
            key: self.id,
            roles: self.roles.clone(),
            seller: self.seller,
            expire_time: self.expire_time,
        })
    }
}

/// Finds what is wrong with a key that is to be made; `has_seller` says whether it is bound to one.
/// Paths begin at the key.
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
    fn a_salespersons_key_needs_a_seller_and_a_future() {
        let now = DateTime::UNIX_EPOCH;
        let found = check("", &[Role::Salesperson], false, Some(now), &Limits::default(), now);
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["display_name", "seller", "expire_time"]);
        assert!(check("Ana", &[Role::Salesperson], true, None, &Limits::default(), now).is_empty());
    }
}

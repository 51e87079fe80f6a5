//! What a verified token says of its caller.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::config::Jwt;
use crate::domain::caller::{Caller, Role};
use crate::domain::id::{ChosenId, OrganizationId};
use crate::domain::names::{self, SellerName};
use crate::domain::principal::Principal;
use crate::store::tenants::principals::{Claimed, Standing};

/// The longest subject, in bytes: what OpenID Connect allows.
const LONGEST_SUBJECT: usize = 255;

/// The claims of a token whose signature is right.
pub(super) type Object = Map<String, Value>;

/// What a token says of its caller.
#[derive(Clone, Debug)]
pub struct Claims {
    /// Who calls.
    pub principal: Principal,
    /// At least one.
    roles: Vec<Role>,
    /// The seller who calls, if one does.
    seller: Option<ChosenId>,
    /// Until when the token works, with the leeway.
    pub(super) expire_time: DateTime<Utc>,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It isn't a token of the provider. The caller is told no more, because anyone can send it.
    Unknown,
    /// It is the provider's, but has expired.
    Expired,
    /// It is the provider's, but a claim isn't as it must be.
    Claim {
        /// The claim.
        claim: &'static str,
        /// What it must be.
        rule: &'static str,
    },
    /// The provider's keys can't be read now.
    NoKeys,
}

impl Claims {
    /// Reads claims.
    ///
    /// # Errors
    /// The first claim that isn't as it must be.
    pub(super) fn read(claims: &Object, settings: &Jwt, now: DateTime<Utc>) -> Result<Self, Refused> {
        let refused = |claim, rule| Refused::Claim { claim, rule };
        // Whose it is and for whom comes first: of any other token nothing is told.
        if text(claims, "iss") != Some(&settings.issuer) {
            return Err(refused("iss", "must be the issuer whose tokens this server accepts"));
        }
        if !words(claims.get("aud"), &[]).contains(&settings.audience.as_str()) {
            return Err(refused("aud", "must contain the audience of this server"));
        }
        let expire_time = Self::times(claims, settings.leeway, now)?;

        let organization = at(claims, &settings.organization_claim).and_then(Value::as_str);
        let organization = organization.and_then(organization_id).ok_or(UNKNOWN_ORGANIZATION)?;
        let roles = roles(at(claims, &settings.roles_claim));
        if roles.is_empty() {
            return Err(refused("roles", "must contain a role of upnext, like sales_manager"));
        }
        let seller = seller(at(claims, &settings.seller_claim))?;
        if roles.contains(&Role::Salesperson) && seller.is_none() {
            return Err(refused("seller", "must name the seller of a salesperson"));
        }

        let subject = text(claims, "sub").filter(|text| (1..=LONGEST_SUBJECT).contains(&text.len()));
        let subject = subject.ok_or(refused("sub", "must have 1 to 255 bytes"))?;
        let principal = Principal::new(organization, &settings.issuer, subject);
        Ok(Self { principal, roles, seller, expire_time })
    }

    /// When the token expires, if it works now.
    fn times(claims: &Object, leeway: Duration, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
        let leeway = TimeDelta::from_std(leeway).unwrap_or_default();
        let rule = "must be a time in seconds since 1970";
        let end = instant(claims, "exp").ok_or(Refused::Claim { claim: "exp", rule })?;
        let end = end.checked_add_signed(leeway).unwrap_or(DateTime::<Utc>::MAX_UTC);
        if now >= end {
            return Err(Refused::Expired);
        }

        if claims.contains_key("nbf") {
            let start = instant(claims, "nbf").ok_or(Refused::Claim { claim: "nbf", rule })?;
            if start > now + leeway {
                return Err(Refused::Claim { claim: "nbf", rule: "must not be in the future" });
            }
        }
        Ok(end)
    }

    /// What the database has to know of the caller.
    pub fn claimed(&self) -> Claimed {
        let Principal { organization, id: principal, .. } = self.principal;
        Claimed { organization, principal, seller: self.seller.clone() }
    }

    /// The caller, by what the database knows; `None` if it has no such organization.
    ///
    /// # Errors
    /// The organization or the seller is unknown.
    pub fn caller(&self, standing: Option<Standing>) -> Result<Caller, Refused> {
        let standing = standing.ok_or(UNKNOWN_ORGANIZATION)?;
        // Without its seller, a salesperson's token would see nothing and not say why.
        if self.seller.is_some() && standing.seller.is_none() {
            return Err(Refused::Claim { claim: "seller", rule: "must be a seller of the organization" });
        }
        Ok(Caller {
            organization: self.principal.organization,
            key: self.principal.id,
            subject: Some(Arc::from(self.principal.subject.as_str())),
            roles: self.roles.clone(),
            seller: standing.seller,
            expire_time: Some(self.expire_time),
        })
    }
}

/// Also for one that can't exist, so that probing reveals nothing.
const UNKNOWN_ORGANIZATION: Refused =
    Refused::Claim { claim: "organization", rule: "must be the id of an organization of this server" };

/// The value of a claim. A name with dots that isn't one itself leads into objects.
fn at<'a>(claims: &'a Object, name: &str) -> Option<&'a Value> {
    if let Some(whole) = claims.get(name) {
        return Some(whole);
    }
    let (first, rest) = name.split_once('.')?;
    at(claims.get(first)?.as_object()?, rest)
}

fn text<'a>(claims: &'a Object, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// The words of a list, or of one text that is split at these characters.
fn words<'a>(value: Option<&'a Value>, separators: &[char]) -> Vec<&'a str> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => one.split(separators).filter(|word| !word.is_empty()).collect(),
        _ => Vec::new(),
    }
}

/// The roles that upnext knows. Companies have others, too.
fn roles(value: Option<&Value>) -> Vec<Role> {
    let mut roles: Vec<Role> =
        words(value, &[' ', ',']).iter().filter_map(|word| word.parse().ok()).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn organization_id(text: &str) -> Option<OrganizationId> {
    names::ORGANIZATION.parse_uuid("", text).ok().map(OrganizationId)
}

fn seller(value: Option<&Value>) -> Result<Option<ChosenId>, Refused> {
    let wrong = Refused::Claim { claim: "seller", rule: "must be a seller's name or bare id" };
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => match names::seller("", text) {
            Ok(SellerName::Id(id)) => Ok(Some(ChosenId::known(id))),
            _ => Err(wrong),
        },
        Some(_) => Err(wrong),
    }
}

fn instant(claims: &Object, name: &str) -> Option<DateTime<Utc>> {
    let value = claims.get(name)?;
    // Some providers write fractions of a second.
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))?;
    DateTime::from_timestamp(seconds, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_claim_may_have_a_dot_in_its_name_or_be_inside_an_object() {
        let claims = json!({"https://acme.com/roles": ["worker"], "realm": {"roles": "integration other"}});
        let claims = claims.as_object().expect("an object");
        assert_eq!(roles(at(claims, "https://acme.com/roles")), [Role::Worker]);
        assert_eq!(roles(at(claims, "realm.roles")), [Role::Integration]);
        assert_eq!(roles(at(claims, "realm.groups")), []);
        assert_eq!(roles(at(claims, "roles")), []);
    }

    #[test]
    fn an_audience_may_have_spaces_and_be_one_of_several() {
        assert_eq!(words(Some(&json!("a b")), &[]), ["a b"]);
        assert_eq!(words(Some(&json!(["a b", 7, "c"])), &[]), ["a b", "c"]);
        assert_eq!(words(Some(&json!(7)), &[]), Vec::<&str>::new());
    }
}

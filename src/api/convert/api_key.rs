//! API keys on the wire.

use super::timestamp;
use crate::api::pb;
use crate::domain::api_key::ApiKey;
use crate::domain::caller::Role;
use crate::domain::id::ChosenId;
use crate::domain::names;

/// Converts a key; `seller` is the chosen id of the seller that it is bound to.
pub fn api_key(key: &ApiKey, seller: Option<&ChosenId>) -> pb::ApiKey {
    pb::ApiKey {
        name: names::API_KEY.uuid_name(key.id.0),
        display_name: key.display_name.clone(),
        roles: key.roles.iter().map(|role| role_to_wire(*role) as i32).collect(),
        seller: seller.map(|seller| names::SELLER.name([seller])).unwrap_or_default(),
        expire_time: key.expire_time.map(timestamp),
        create_time: Some(timestamp(key.create_time)),
        revoke_time: key.revoke_time.map(timestamp),
        last_use_time: key.last_use_time.map(timestamp),
    }
}

/// The requested roles. Numbers that aren't roles were refused earlier.
pub fn roles(numbers: &[i32]) -> Vec<Role> {
    let known = |number: &i32| Role::ALL.into_iter().find(|role| role_to_wire(*role) as i32 == *number);
    numbers.iter().filter_map(known).collect()
}

fn role_to_wire(role: Role) -> pb::Role {
    match role {
        Role::SystemAdministrator => pb::Role::SystemAdministrator,
        Role::SequenceManager => pb::Role::SequenceManager,
        Role::SalesManager => pb::Role::SalesManager,
        Role::Salesperson => pb::Role::Salesperson,
        Role::Integration => pb::Role::Integration,
        Role::Worker => pb::Role::Worker,
    }
}

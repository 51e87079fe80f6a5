//! Revokes an API key.

use crate::domain::id::KeyId;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::tenants;

impl Engine {
    /// Revokes a key. A key that is already revoked stays as it is.
    ///
    /// # Errors
    /// Missing; refused if no administrator's key would be left that never expires.
    pub async fn revoke_api_key(&self, request: &Request, id: KeyId) -> Result<KeyId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Locked, so that two administrators can't revoke each other's keys at the same moment.
        let organization = write.lock_organization().await?.id;
        if tenants::api_keys::is_last_for_good(write.conn(), organization, id).await? {
            return Err(Refusal::LastAdministratorKey { key: names::API_KEY.uuid_name(id.0) }.into());
        }

        if !tenants::api_keys::revoke(write.conn(), organization, id, request.now).await? {
            return Err(Error::Missing { kind: Kind::ApiKey, name: names::API_KEY.uuid_name(id.0) });
        }
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

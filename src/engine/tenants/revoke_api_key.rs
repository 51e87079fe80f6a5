//! Revokes an API key.

use chrono::{DateTime, Utc};

use crate::domain::id::{KeyId, OrganizationId};
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::engine::frame::audit::OperatorWrite;
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
        write.sees(id.0).await?;
        if tenants::api_keys::is_last_for_good(write.conn(), organization, id).await? {
            return Err(Refusal::LastAdministratorKey { key: names::API_KEY.uuid_name(id.0) }.into());
        }

        if !tenants::api_keys::revoke(write.conn(), organization, id, request.now).await? {
            return Err(Error::Missing { kind: Kind::ApiKey, name: names::API_KEY.uuid_name(id.0) });
        }
        write.changes_keys();
        write.commit(id.0, &id).await?;
        Ok(id)
    }

    /// Revokes a key of an organization whose administrators can't, even the last one. No RPC does
    /// this, only a command with access to the database. Servers notice it within a second.
    ///
    /// # Errors
    /// Missing.
    pub async fn revoke_any_api_key(
        &self,
        organization: OrganizationId,
        id: KeyId,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let by_operator = OperatorWrite { organization, command: "upnext keys revoke --direct", now };
        let mut tx = self.core().begin_write().await?;
        let before = by_operator.sees(&mut tx, id.0).await?;

        if !tenants::api_keys::revoke(&mut tx, organization, id, now).await? {
            let missing = Error::Missing { kind: Kind::ApiKey, name: names::API_KEY.uuid_name(id.0) };
            return Err(self.core().roll_back(tx, missing).await);
        }
        let noted = by_operator.note(self, &mut tx, (id.0, before)).await?;
        self.commit_as_operator(tx, &noted).await
    }
}

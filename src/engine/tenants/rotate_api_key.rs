//! Gives the caller of an API key another one in its place. Both work for a while.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::api_key;
use crate::domain::id::KeyId;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::engine::{Engine, Error, Kind, Opened, Request, Secret};
use crate::store::tenants;

/// The key to replace.
#[derive(Clone, Debug)]
pub struct RotateApiKey {
    /// The key.
    pub id: KeyId,
    /// How long it still works.
    pub overlap: TimeDelta,
    /// When the new key expires. `None`: after as long as the old one was to last.
    pub expire_time: Option<DateTime<Utc>>,
}

impl Engine {
    /// Creates a key like another one, which ends after the overlap. A repeated request gets the
    /// same key without the secret.
    ///
    /// # Errors
    /// Missing; refused if the key no longer works, or if no administrator's key would be left that
    /// never expires; invalid, with the path `expire_time`.
    pub async fn rotate_api_key(
        &self,
        request: &Request,
        command: RotateApiKey,
    ) -> Result<(KeyId, Option<Secret>), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(id) => return Ok((id, None)),
            Opened::Fresh(write) => write,
        };

        // Locked like for a revocation, so that an administrator's key for good is left.
        let organization = write.lock_organization().await?.id;
        let name = names::API_KEY.uuid_name(command.id.0);
        let found = tenants::api_keys::get(write.conn(), organization, command.id).await?;
        let old = found.ok_or_else(|| Error::Missing { kind: Kind::ApiKey, name: name.clone() })?;
        api_key::check_end(command.expire_time, request.now).into_result(())?;
        let new = old.successor(KeyId(self.clock().new_id()), command.expire_time, request.now)?;
        let last = tenants::api_keys::is_last_for_good(write.conn(), organization, old.id).await?;
        if last && new.expire_time.is_some() {
            return Err(Refusal::LastAdministratorKey { key: name }.into());
        }

        write.sees(old.id.0).await?;
        let secret = Secret::mint(organization);
        let end = old.end_after(command.overlap, request.now);
        tenants::api_keys::insert(write.conn(), &new, &secret.hash()).await?;
        tenants::api_keys::end(write.conn(), organization, old.id, end).await?;
        // In the history of both, so that either leads to the other.
        write.note_all(&[old.id.0, new.id.0]).await?;
        write.changes_keys();
        write.commit_unnoted(&new.id).await?;
        Ok((new.id, Some(secret)))
    }
}

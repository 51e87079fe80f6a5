//! Creates an API key. Its secret is shown once.

use chrono::{DateTime, Utc};

use crate::domain::api_key::{self, ApiKey};
use crate::domain::caller::Role;
use crate::domain::id::KeyId;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::engine::{Engine, Error, Opened, Request, Secret};
use crate::store::tenants;

/// The key to create.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// Its display name.
    pub display_name: String,
    /// The roles that it grants.
    pub roles: Vec<Role>,
    /// The id of the seller who acts with it. `None` for a key of a system.
    pub seller_id: Option<String>,
    /// When it expires. `None`: never.
    pub expire_time: Option<DateTime<Utc>>,
}

impl Engine {
    /// Creates a key. A repeated request gets the same key without the secret, because secrets are
    /// not kept.
    ///
    /// # Errors
    /// Invalid, with paths relative to the key, even for an unknown seller.
    pub async fn create_api_key(
        &self,
        request: &Request,
        command: CreateApiKey,
    ) -> Result<(KeyId, Option<Secret>), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(id) => return Ok((id, None)),
            Opened::Fresh(write) => write,
        };

        let organization = write.organization();
        let limits = write.settings().await?.limits;
        let CreateApiKey { display_name, roles, seller_id, expire_time } = command;
        let (has_seller, now) = (seller_id.is_some(), request.now);
        let mut found = api_key::check(&display_name, &roles, has_seller, expire_time, &limits, now);
        let seller = match &seller_id {
            Some(id) => tenants::sellers::find(write.conn(), organization, id).await?.map(|seller| seller.id),
            None => None,
        };
        if let (Some(id), None) = (&seller_id, seller) {
            let description =
                format!("must be an existing seller: {} doesn't exist", names::SELLER.name([id]));
            found.push("seller", Reason::ReferenceNotFound, description);
        }
        found.into_result(())?;

        let key = ApiKey {
            organization,
            id: KeyId(self.clock().new_id()),
            display_name,
            roles,
            seller,
            create_time: request.now,
            expire_time,
            revoke_time: None,
            last_use_time: None,
        };

        // Only the hash is written.
        let secret = Secret::mint(organization);
        tenants::api_keys::insert(write.conn(), &key, &secret.hash()).await?;
        write.commit(key.id.0, &key.id).await?;
        Ok((key.id, Some(secret)))
    }
}

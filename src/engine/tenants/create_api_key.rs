//! A new API key, whose secret is shown once.

use chrono::{DateTime, Utc};

use crate::domain::api_key::{self, ApiKey};
use crate::domain::caller::Role;
use crate::domain::id::KeyId;
use crate::domain::names;
use crate::domain::refusal::Reason;
use crate::engine::{Engine, Error, Opened, Request, Secret};
use crate::store::{api_keys, sellers};

/// The key to be made.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// What it is for.
    pub display_name: String,
    /// What it allows.
    pub roles: Vec<Role>,
    /// The chosen id of the seller who acts with it.
    pub seller_id: Option<String>,
    /// When it stops working.
    pub expire_time: Option<DateTime<Utc>>,
}

impl Engine {
    /// Makes a key. A repeated request gets the same key without its secret: secrets are not kept.
    ///
    /// # Errors
    /// Invalid with paths that begin at the key; an unknown seller is one of them.
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
        let mut found =
            api_key::check(&display_name, &roles, seller_id.is_some(), expire_time, &limits, request.now);
        let seller = match &seller_id {
            Some(id) => sellers::find(write.conn(), organization, id).await?.map(|seller| seller.id),
            None => None,
        };
        if let (Some(id), None) = (&seller_id, seller) {
            found.push(
                "seller",
                Reason::ReferenceNotFound,
                format!("{} doesn't exist", names::SELLER.name([id])),
            );
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
        };
        let secret = Secret::mint(organization);
        api_keys::insert(write.conn(), &key, &secret.hash()).await?;
        write.commit(key.id.0, &key.id).await?;
        Ok((key.id, Some(secret)))
    }
}

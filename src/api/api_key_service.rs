//! ApiKeyService: keys of the caller's organization.

use std::collections::HashMap;

use chrono::TimeDelta;
use tonic::{Request, Response, Status};

use crate::api::call::Call;
use crate::api::convert::{api_key as convert, instant, length_within};
use crate::api::pb::api_key_service_server::ApiKeyService;
use crate::api::{Api, pb};
use crate::domain::api_key::{self, ApiKey};
use crate::domain::id::{ChosenId, KeyId, SellerId};
use crate::domain::names::{self, SellerName};
use crate::domain::violation::Violations;
use crate::engine::{CreateApiKey, Error, Kind, RotateApiKey};
use crate::store::tenants;

/// How long a rotated key works unless given.
const OVERLAP: TimeDelta = TimeDelta::hours(24);

/// The longest time for which a rotated key works.
const LONGEST_OVERLAP: TimeDelta = TimeDelta::days(7);

#[tonic::async_trait]
impl ApiKeyService for Api {
    async fn create_api_key(
        &self,
        request: Request<pb::CreateApiKeyRequest>,
    ) -> Result<Response<pb::CreateApiKeyResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let command = found.keep("api_key", command(message.api_key.unwrap_or_default()));
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition, whose key may have expired since.
        if let (Some(command), false) = (&command, found.is_empty()) {
            let limits = self.settings(call.organization()).await?.limits;
            let CreateApiKey { display_name, roles, seller_id, expire_time } = command;
            let checked =
                api_key::check(display_name, roles, seller_id.is_some(), *expire_time, &limits, call.now);
            found.extend_under("api_key", checked);
        }
        let command = found.settle(command)?;

        let created = self.engine.create_api_key(&call.request(repetition), command).await;
        let (id, secret) = created.map_err(|error| error.under("api_key"))?;
        let api_key = Some(self.api_key(&call, id).await?);
        let secret = secret.map(|secret| secret.expose().to_owned()).unwrap_or_default();
        Ok(Response::new(pb::CreateApiKeyResponse { api_key, secret }))
    }

    async fn rotate_api_key(
        &self,
        request: Request<pb::RotateApiKeyRequest>,
    ) -> Result<Response<pb::RotateApiKeyResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let id = found.keep_once(names::API_KEY.parse_uuid("name", &message.name));
        let overlap = length_within("overlap", message.overlap.as_ref(), OVERLAP, LONGEST_OVERLAP);
        let overlap = found.keep("", overlap);
        let expire_time = message.expire_time.as_ref().map(|end| instant("expire_time", end)).transpose();
        let expire_time = found.keep("", expire_time);
        let (id, overlap, expire_time) = found.settle((id, overlap, expire_time))?;

        let (old, command) = (KeyId(id), RotateApiKey { id: KeyId(id), overlap, expire_time });
        let (id, secret) = self.engine.rotate_api_key(&call.request(repetition), command).await?;
        let secret = secret.map(|secret| secret.expose().to_owned()).unwrap_or_default();
        Ok(Response::new(pb::RotateApiKeyResponse {
            api_key: Some(self.api_key(&call, id).await?),
            secret,
            previous_api_key: Some(self.api_key(&call, old).await?),
        }))
    }

    async fn list_api_keys(
        &self,
        request: Request<pb::ListApiKeysRequest>,
    ) -> Result<Response<pb::ListApiKeysResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let page = call.page::<KeyId>(message.page_size, &message.page_token, &[])?;

        let mut conn = self.read(call.organization()).await?;
        let rows = tenants::api_keys::page(&mut conn, call.organization(), page.after, page.limit()).await?;
        drop(conn);
        let sellers = self.bound_sellers(&call, &rows).await?;
        let show = |row: &ApiKey| convert::api_key(row, row.seller.and_then(|seller| sellers.get(&seller)));
        let (api_keys, next_page_token) = page.fill(&rows.into(), show, |last| last.id);
        Ok(Response::new(pb::ListApiKeysResponse { api_keys, next_page_token }))
    }

    async fn revoke_api_key(
        &self,
        request: Request<pb::RevokeApiKeyRequest>,
    ) -> Result<Response<pb::RevokeApiKeyResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let id = found.keep_once(names::API_KEY.parse_uuid("name", &message.name));
        let id = KeyId(found.settle(id)?);
        let id = self.engine.revoke_api_key(&call.request(repetition), id).await?;
        Ok(Response::new(pb::RevokeApiKeyResponse { api_key: Some(self.api_key(&call, id).await?) }))
    }
}

/// Reads the key to create. Paths start at the key.
fn command(key: pb::ApiKey) -> Result<CreateApiKey, Violations> {
    let mut found = Violations::new();
    let seller_id = match key.seller.as_str() {
        "" => None,
        name => match found.keep("", names::seller("seller", name)) {
            Some(SellerName::Id(id)) => Some(id.to_owned()),
            // A key names its seller by id, so `me` can only be an id, and no seller has this one.
            Some(SellerName::Me) => Some("me".to_owned()),
            None => None,
        },
    };

    let expire_time = key.expire_time.as_ref().map(|end| instant("expire_time", end)).transpose();
    let expire_time = found.keep("", expire_time).flatten();
    let roles = convert::roles(&key.roles);

    found.into_result(CreateApiKey { display_name: key.display_name, roles, seller_id, expire_time })
}

impl Api {
    async fn api_key(&self, call: &Call, id: KeyId) -> Result<pb::ApiKey, Status> {
        let mut conn = self.read(call.organization()).await?;
        let found = tenants::api_keys::get(&mut conn, call.organization(), id).await?;
        drop(conn);
        let missing = || Error::Missing { kind: Kind::ApiKey, name: names::API_KEY.uuid_name(id.0) };
        let key = found.ok_or_else(missing)?;
        let sellers = self.bound_sellers(call, std::slice::from_ref(&key)).await?;
        Ok(convert::api_key(&key, key.seller.and_then(|seller| sellers.get(&seller))))
    }

    /// The chosen ids of the sellers that keys are bound to.
    async fn bound_sellers(
        &self,
        call: &Call,
        keys: &[ApiKey],
    ) -> Result<HashMap<SellerId, ChosenId>, Status> {
        let bound: Vec<_> = keys.iter().filter_map(|key| key.seller.map(|seller| seller.0)).collect();
        Ok(tenants::sellers::chosen_ids(
            &mut *self.read(call.organization()).await?,
            call.organization(),
            &bound,
        )
        .await?)
    }
}

//! SellerService: the people who do the work.

use std::collections::HashMap;

use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::{self, Call};
use crate::api::convert::seller as convert;
use crate::api::pb::seller_service_server::SellerService;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::id::SellerId;
use crate::domain::names::{self, SellerName};
use crate::domain::record::Attributes;
use crate::domain::seller::Seller;
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::violation::Violations;
use crate::engine::{CreateSeller, DeleteSeller, Error, Kind, ProfilePatch, UpdateSeller};
use crate::store::tenants;

const UPDATABLE: &[&str] = &[
    "display_name",
    "email",
    "assign_records",
    "calendar",
    "max_capacity",
    "attributes",
    "after_completion",
];

#[tonic::async_trait]
impl SellerService for Api {
    async fn create_seller(
        &self,
        request: Request<pb::CreateSellerRequest>,
    ) -> Result<Response<pb::CreateSellerResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let seller_id = found.keep_once(names::new_seller_id("seller_id", &message.seller_id));
        // The rules in the proto report a missing seller.
        let profile = found.keep("seller", convert::profile(message.seller.unwrap_or_default()));
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition: limits may have been lowered since.
        if let Some(profile) = profile.as_ref().filter(|_| !found.is_empty()) {
            let organization = self.own_organization(&call).await?;
            found.extend_under("seller", profile.check(&organization.settings.limits));
            let attributes = organization.seller_attributes;
            found.keep("seller.attributes", attributes.merge(&Attributes::new(), &profile.attributes));
        }
        let (seller_id, profile) = found.settle((seller_id, profile))?;

        let command = CreateSeller { seller_id, profile };
        let created = self.engine.create_seller(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("seller"))?;
        Ok(Response::new(pb::CreateSellerResponse { seller: Some(self.seller(&call, id).await?) }))
    }

    async fn get_seller(
        &self,
        request: Request<pb::GetSellerRequest>,
    ) -> Result<Response<pb::GetSellerResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let name = names::seller("name", &message.name)?;
        let mut conn = self.read(call.organization()).await?;
        let found = match (name, call.caller.seller) {
            (SellerName::Id(id), _) => tenants::sellers::find(&mut conn, call.organization(), id).await?,
            (SellerName::Me, Some(own)) => tenants::sellers::get(&mut conn, call.organization(), own).await?,
            // The key is not bound to a seller.
            (SellerName::Me, None) => None,
        };
        let seller = found.ok_or(Error::Missing { kind: Kind::Seller, name: message.name })?;
        let owned = tenants::sellers::owned(&mut conn, call.organization(), &[seller.id.0]).await?;
        drop(conn);
        let declared = self.own_organization(&call).await?.seller_attributes;

        Ok(Response::new(pb::GetSellerResponse { seller: Some(shown(&seller, &owned, &declared)) }))
    }

    async fn list_sellers(
        &self,
        request: Request<pb::ListSellersRequest>,
    ) -> Result<Response<pb::ListSellersResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<String>(message.page_size, &message.page_token, &parts));
        let declared = self.own_organization(&call).await?.seller_attributes;
        let filter = found.keep("", call::filter(&message.filter, &declared.list_subject()));
        let (page, filter) = found.settle((page, filter))?;

        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(call.organization()).await?;
        let filter = (filter.as_ref(), &declared);
        let rows = tenants::sellers::page(&mut conn, organization, filter, last, page.limit()).await?;
        let owned = tenants::sellers::owned(&mut conn, organization, &keys(&rows.rows)).await?;
        let show = |seller: &Seller| shown(seller, &owned, &declared);
        let (sellers, next_page_token) = page.fill(&rows, show, |last| last.seller_id.to_string());
        Ok(Response::new(pb::ListSellersResponse { sellers, next_page_token }))
    }

    async fn update_seller(
        &self,
        request: Request<pb::UpdateSellerRequest>,
    ) -> Result<Response<pb::UpdateSellerResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let seller = message.seller.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&seller, message.update_mask.as_ref(), UPDATABLE));
        let name = found.keep("seller", names::seller("name", &seller.name));
        let profile = found.keep("seller", convert::profile(seller.clone()));
        let (fields, name, profile) = found.settle((fields, name, profile))?;

        let seller_id = match name {
            SellerName::Id(id) => id.to_owned(),
            SellerName::Me => self.own_seller_id(&call, &seller.name).await?,
        };
        let expected_version = etag::expected(&seller.etag);
        let patch = ProfilePatch {
            display_name: fields.has("display_name").then_some(profile.display_name),
            email: fields.has("email").then_some(profile.email),
            assign_records: fields.has("assign_records").then_some(profile.assign_records),
            calendar: fields.has("calendar").then_some(profile.calendar),
            max_capacity: fields.has("max_capacity").then_some(profile.max_capacity),
            attributes: fields.has("attributes").then_some(profile.attributes),
            after_completion: fields.has("after_completion").then_some(profile.after_completion),
        };
        let command = UpdateSeller { seller_id, expected_version, patch };
        let updated = self.engine.update_seller(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("seller"))?;
        Ok(Response::new(pb::UpdateSellerResponse { seller: Some(self.seller(&call, id).await?) }))
    }

    async fn delete_seller(
        &self,
        request: Request<pb::DeleteSellerRequest>,
    ) -> Result<Response<pb::DeleteSellerResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let seller_id = found.keep_once(names::SELLER.parse_id("name", &message.name));
        let seller_id = found.settle(seller_id)?;

        let expected_version = etag::expected(&message.etag);
        let command = DeleteSeller { seller_id, expected_version, force: message.force };
        self.engine.delete_seller(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteSellerResponse {}))
    }

    async fn declare_seller_attributes(
        &self,
        request: Request<pb::DeclareSellerAttributesRequest>,
    ) -> Result<Response<pb::DeclareSellerAttributesResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let declared = found.keep_once(convert::declared(message.attributes));
        let declared = found.settle(declared)?;
        self.engine.declare_seller_attributes(&call.request(repetition), &declared).await?;
        let attributes = convert::declared_attributes(&self.own_organization(&call).await?.seller_attributes);
        Ok(Response::new(pb::DeclareSellerAttributesResponse { attributes }))
    }

    async fn delete_seller_attribute(
        &self,
        request: Request<pb::DeleteSellerAttributeRequest>,
    ) -> Result<Response<pb::DeleteSellerAttributeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        found.into_result(())?;
        self.engine.delete_seller_attribute(&call.request(repetition), &message.attribute).await?;
        let attributes = convert::declared_attributes(&self.own_organization(&call).await?.seller_attributes);
        Ok(Response::new(pb::DeleteSellerAttributeResponse { attributes }))
    }

    async fn reassign_records(
        &self,
        request: Request<pb::ReassignRecordsRequest>,
    ) -> Result<Response<pb::ReassignRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.hand_over(&call, message).await?))
    }

    async fn hand_back_records(
        &self,
        request: Request<pb::HandBackRecordsRequest>,
    ) -> Result<Response<pb::HandBackRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.hand_back(&call, message).await?))
    }
}

fn keys(sellers: &[Seller]) -> Vec<Uuid> {
    sellers.iter().map(|seller| seller.id.0).collect()
}

fn shown(seller: &Seller, owned: &HashMap<SellerId, i64>, declared: &SellerAttributes) -> pb::Seller {
    convert::seller(seller, owned.get(&seller.id).copied().unwrap_or(0), declared)
}

impl Api {
    async fn seller(&self, call: &Call, id: SellerId) -> Result<pb::Seller, Status> {
        let mut conn = self.read(call.organization()).await?;
        let seller = tenants::sellers::get(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Seller, name: id.to_string() };
        let seller = seller.ok_or_else(missing)?;
        let owned = tenants::sellers::owned(&mut conn, call.organization(), &[seller.id.0]).await?;
        drop(conn);
        let declared = self.own_organization(call).await?.seller_attributes;
        Ok(shown(&seller, &owned, &declared))
    }

    pub(super) async fn own_seller_id(&self, call: &Call, name: &str) -> Result<String, Status> {
        let missing = || Error::Missing { kind: Kind::Seller, name: name.to_owned() };
        let own = call.caller.seller.ok_or_else(missing)?;
        let mut conn = self.read(call.organization()).await?;
        let seller = tenants::sellers::get(&mut conn, call.organization(), own).await?.ok_or_else(missing)?;
        Ok(seller.seller_id.as_str().to_owned())
    }
}

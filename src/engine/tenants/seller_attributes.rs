//! Declares and deletes attributes of sellers.

use std::collections::HashMap;

use crate::domain::id::OrganizationId;
use crate::domain::record_type::Declared;
use crate::domain::seller_attributes::SellerAttributes;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::tenants::organizations::{self, Organization};
use crate::store::{records, tenants};

impl Engine {
    /// Declares attributes of sellers. Declaring an attribute again with the same type changes
    /// nothing.
    ///
    /// # Errors
    /// Invalid, with paths relative to the request; Refused if an attribute is already declared
    /// with another type.
    pub async fn declare_seller_attributes(
        &self,
        request: &Request,
        declared: &Declared,
    ) -> Result<OrganizationId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Everything that reads the declarations to write by them locks the organization first.
        let before = write.lock_organization().await?;
        let id = before.id;
        write.sees(id.0).await?;
        let attributes = before.seller_attributes.declare(declared)?;
        if attributes == before.seller_attributes {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        write.save_seller_attributes(before, attributes).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }

    /// Deletes an attribute of sellers, with its values.
    ///
    /// # Errors
    /// Missing; Refused if a rule uses it.
    pub async fn delete_seller_attribute(
        &self,
        request: &Request,
        attribute: &str,
    ) -> Result<OrganizationId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let before = write.lock_organization().await?;
        let id = before.id;
        write.sees(id.0).await?;
        if !before.seller_attributes.0.contains_key(attribute) {
            let name = format!("sellers/-/attributes/{attribute}");
            return Err(Error::Missing { kind: Kind::Seller, name });
        }
        let attributes = write.without_seller_attribute(&before, attribute).await?;

        write.save_seller_attributes(before, attributes).await?;
        tenants::sellers::erase_attribute(write.conn(), id, attribute, request.now).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl Write {
    async fn save_seller_attributes(
        &mut self,
        before: Organization,
        seller_attributes: SellerAttributes,
    ) -> Result<(), Error> {
        let (version, update_time) = (before.version + 1, self.now());
        let after = Organization { seller_attributes, version, update_time, ..before };
        organizations::save_seller_attributes(self.conn(), &after).await?;
        self.definitions_changed().await
    }

    /// Returns what is left without an attribute.
    ///
    /// # Errors
    /// Refused, with the rules that use it.
    async fn without_seller_attribute(
        &mut self,
        organization: &Organization,
        attribute: &str,
    ) -> Result<SellerAttributes, Error> {
        let readers = records::type_users::readers_of_sellers(self.conn(), organization.id).await?;
        let keys: Vec<_> = readers.iter().map(|(_, record_type)| record_type.0).collect();
        let types = records::types::by_keys(self.conn(), organization.id, &keys).await?;

        // Every segment's type exists.
        let types: HashMap<_, _> = types.into_iter().map(|one| (one.id, one)).collect();
        let typed = readers.into_iter().filter_map(|(reader, of)| Some((reader, types.get(&of)?.clone())));
        let readers: Vec<_> = typed.collect();
        Ok(organization.seller_attributes.delete(attribute, &readers)?)
    }
}

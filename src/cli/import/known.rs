//! What the server knows before an import: the record type's attributes, and who can own a record.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context as _;
use tonic::service::Interceptor;

use super::Calls;
use super::contact::Consent;
use crate::api::convert::record_type as convert;
use crate::api::pb;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::seller_service_client::SellerServiceClient;
use crate::cli::client::readable;
use crate::domain::record_type::Declared;

/// A record type.
pub struct Known {
    /// Its attributes.
    pub declared: Declared,
    /// Its id.
    pub record_type: String,
    /// The attribute with a record's name; empty without one.
    pub display_name: String,
    /// The attribute with the email address; empty without one.
    pub email: String,
    /// The attributes with phone numbers.
    pub phones: Vec<String>,
    do_not_phone: String,
    do_not_email: String,
}

impl Known {
    /// Asks the server.
    ///
    /// # Errors
    /// There is no such record type, or the server is newer and has types of attributes that aren't
    /// known here.
    pub async fn read<I: Interceptor>(
        records: &mut RecordServiceClient<Calls<I>>,
        record_type: &str,
    ) -> anyhow::Result<Self> {
        let request = pb::GetRecordTypeRequest { name: record_type.to_owned() };
        let answer = records.get_record_type(request).await.map_err(readable)?.into_inner();
        let record_type = answer.record_type.context("the server's answer has no record type")?;
        let declared = convert::declared(record_type.attributes)
            .context("the server declares types that this version doesn't know")?;

        Ok(Self {
            declared,
            record_type: record_type.name.trim_start_matches("recordTypes/").to_owned(),
            display_name: record_type.display_name_attribute,
            email: record_type.email_attribute,
            phones: record_type.phone_attributes,
            do_not_phone: record_type.do_not_phone_attribute,
            do_not_email: record_type.do_not_email_attribute,
        })
    }

    /// The attributes that are heeded for such a consent.
    pub fn heeded(&self, consent: Consent) -> Vec<&str> {
        let (phone, email) = (self.do_not_phone.as_str(), self.do_not_email.as_str());
        let mut heeded = match consent {
            Consent::NoPhone => vec![phone],
            Consent::NoEmail => vec![email],
            Consent::NoContact | Consent::Given => vec![phone, email],
        };
        heeded.retain(|name| !name.is_empty());
        heeded
    }
}

/// The sellers, so that an unknown owner is found before anything is imported.
#[derive(Default)]
pub struct Owners {
    ids: BTreeSet<String>,
    /// By email in lower case; none where several sellers have it.
    by_email: HashMap<String, Option<String>>,
}

impl Owners {
    /// Asks the server.
    ///
    /// # Errors
    /// The call fails.
    pub async fn read<I: Interceptor>(calls: Calls<I>) -> anyhow::Result<Self> {
        let mut sellers = SellerServiceClient::new(calls);
        let mut owners = Self::default();
        let mut request = pb::ListSellersRequest { page_size: 1000, ..pb::ListSellersRequest::default() };
        loop {
            let page = sellers.list_sellers(request.clone()).await.map_err(readable)?.into_inner();
            page.sellers.iter().for_each(|seller| owners.add(seller));
            if page.next_page_token.is_empty() {
                return Ok(owners);
            }
            request.page_token = page.next_page_token;
        }
    }

    fn add(&mut self, seller: &pb::Seller) {
        let Some(id) = seller.name.strip_prefix("sellers/") else { return };
        self.ids.insert(id.to_owned());
        if !seller.email.is_empty() {
            let by_email = self.by_email.entry(seller.email.to_lowercase());
            by_email.and_modify(|id| *id = None).or_insert(Some(id.to_owned()));
        }
    }

    /// The seller whom a cell names by id, name or email.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, cell: &str) -> Result<&str, String> {
        let id = cell.strip_prefix("sellers/").unwrap_or(cell);
        if let Some(id) = self.ids.get(id) {
            return Ok(id);
        }
        match self.by_email.get(&cell.to_lowercase()) {
            Some(Some(id)) => Ok(id),
            Some(None) => Err(format!("the owner {cell:?} is the email of several sellers")),
            None => Err(format!("the owner {cell:?} isn't a seller")),
        }
    }
}

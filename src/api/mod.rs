//! The gRPC edge: the only place that knows tonic and the generated server code.

mod actors;
mod apart;
mod api_key_service;
mod batch;
mod calendar_service;
pub mod call;
pub mod connections;
mod console;
pub(crate) mod convert;
pub mod emails;
mod enrollments;
pub mod etag;
pub mod events;
pub mod layers;
mod operations_service;
mod organization_service;
pub mod page;
pub mod pb;
mod records;
pub mod repetition;
mod revision_texts;
pub mod roles;
mod segments;
mod seller_records;
mod seller_service;
mod sequences;
pub mod server;
pub mod status;
mod team_service;
mod template_service;
pub mod tokens;
pub mod update_mask;
pub mod validate;
pub mod work_queue;

use tonic::Status;

use crate::domain::caller::Caller;
use crate::domain::id::OrganizationId;
use crate::domain::settings::Settings;
use crate::engine::Engine;
use crate::store::{ReadConnection, tenants};
use call::Call;
use connections::Connection;
use events::testing::Tester;
use layers::OverHttp1;
use layers::identity::{Identity, Method};
use work_queue::reads::ActivityReads;
use work_queue::watch::Live;

/// The gRPC edge: implements every service. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Api {
    /// Everything that writes.
    pub engine: Engine,
    /// Authentication, for calls and open streams.
    pub identity: Identity,
    /// What streams need.
    pub live: Live,
    /// Shared reads of activities, queue heads and enrollments.
    pub reads: ActivityReads,
    /// Where people reach this server; `None`: nowhere, so that emails have no link to unsubscribe.
    pub public_url: Option<String>,
    /// Sends tests of webhooks, and says which addresses they may reach.
    pub webhooks: Tester,
}

impl Api {
    /// Splits a request into the call and its message.
    ///
    /// # Errors
    /// The request bypassed the identity layer. That is a bug of ours, and refusing is safer than
    /// serving.
    pub fn enter<T>(&self, request: tonic::Request<T>) -> Result<(Call, T), Status> {
        let (_, extensions, message) = request.into_parts();
        let caller = extensions.get::<Caller>().cloned().ok_or_else(status::unauthenticated)?;
        let method = *extensions.get::<Method>().ok_or_else(status::unauthenticated)?;
        let over_http1 = extensions.get::<OverHttp1>().is_some();
        let peer = extensions.get::<Connection>().and_then(Connection::peer);
        Ok((Call { caller, now: self.engine.clock().now(), method, over_http1, peer }, message))
    }

    /// A connection for the reads of a call of this organization.
    pub async fn read(&self, organization: OrganizationId) -> Result<ReadConnection, Status> {
        Ok(self.engine.store().read(organization).await?)
    }

    /// A connection for reads that may look through all records of this organization.
    pub async fn survey(&self, organization: OrganizationId) -> Result<ReadConnection, Status> {
        Ok(self.engine.store().survey(organization).await?)
    }

    /// The settings for checks at the edge. The engine checks again inside its transaction.
    pub async fn settings(&self, organization: OrganizationId) -> Result<Settings, Status> {
        let mut conn = self.read(organization).await?;
        let found = tenants::organizations::get(&mut conn, organization).await?;
        // The engine reports a missing organization; here the defaults will do.
        Ok(found.map(|organization| organization.settings).unwrap_or_default())
    }
}

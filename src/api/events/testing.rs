//! Tests of webhooks: one attempt at once, beside their events.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use prost_types::Duration;
use tonic::Status;

use super::endpoint::Reach;
use super::sending::Sender;
use super::webhooks::missing;
use crate::api::call::Call;
use crate::api::convert::timestamp;
use crate::api::pb::event::Event as Kind;
use crate::api::{Api, pb};
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::engine::Error;
use crate::store::webhooks;

/// Sends tests, one of each organization at a time: nobody floods a receiver by them. Cheap to
/// clone; one per server.
#[derive(Clone, Debug)]
pub struct Tester {
    sender: Sender,
    testing: Arc<Mutex<HashSet<OrganizationId>>>,
}

impl Tester {
    /// Sends with this sender.
    pub fn new(sender: Sender) -> Self {
        Self { sender, testing: Arc::default() }
    }

    /// Which addresses are in reach.
    pub fn reach(&self) -> Reach {
        self.sender.reach()
    }

    /// The right to test for an organization.
    ///
    /// # Errors
    /// Another test is on its way.
    fn begin(&self, organization: OrganizationId) -> Result<Test, Refusal> {
        let is_new = self.testing().insert(organization);
        is_new.then(|| Test { tester: self.clone(), organization }).ok_or(Refusal::WebhookTestRunning)
    }

    fn testing(&self) -> MutexGuard<'_, HashSet<OrganizationId>> {
        self.testing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to test, until it is dropped: even a caller that gives up gives it back.
struct Test {
    tester: Tester,
    organization: OrganizationId,
}

impl Drop for Test {
    fn drop(&mut self) {
        self.tester.testing().remove(&self.organization);
    }
}

impl Api {
    pub(super) async fn send_test(
        &self,
        call: &Call,
        message: pb::TestWebhookRequest,
    ) -> Result<pb::TestWebhookResponse, Status> {
        let id = names::WEBHOOK.parse_id("name", &message.name)?;
        let organization = call.organization();
        let _test = self.webhooks.begin(organization).map_err(Error::from)?;

        let claimed = {
            // Given back before anything is sent: a receiver may take its time.
            let mut conn = self.read(organization).await?;
            webhooks::signing(&mut conn, organization, &id, call.now).await?
        };
        let claimed = claimed.ok_or_else(|| missing(&id))?;
        let webhook = names::WEBHOOK.name([&id]);
        let event = pb::Event {
            name: names::EVENT.uuid_name(self.engine.clock().new_id()),
            event_time: Some(timestamp(call.now)),
            event: Some(Kind::WebhookTest(pb::WebhookTest { webhook })),
            ..pb::Event::default()
        };

        let (began, url) = (Instant::now(), &claimed.webhook.target.url);
        let sent = Box::pin(self.webhooks.sender.send(url, &event, &claimed.secrets, call.now)).await;
        let (status, error) = match sent {
            Ok(status) => (Some(status), String::new()),
            Err(failure) => (failure.status, failure.error),
        };
        Ok(pb::TestWebhookResponse {
            event: event.name,
            status_code: status.map_or(0, i32::from),
            duration: Duration::try_from(began.elapsed()).ok(),
            error,
        })
    }
}

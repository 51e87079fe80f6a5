//! A client: the services, waiting for an operation, and the live queue.

use std::time::Duration;

use futures::stream::BoxStream;
use prost::Message;
use tonic::Status;

use crate::google::longrunning::operations_client::OperationsClient;
use crate::google::longrunning::{Operation, WaitOperationRequest, operation};
use crate::pages::{self, Paged};
use crate::v1::api_key_service_client::ApiKeyServiceClient;
use crate::v1::calendar_service_client::CalendarServiceClient;
use crate::v1::email_service_client::EmailServiceClient;
use crate::v1::enrollment_service_client::EnrollmentServiceClient;
use crate::v1::event_service_client::EventServiceClient;
use crate::v1::organization_service_client::OrganizationServiceClient;
use crate::v1::record_service_client::RecordServiceClient;
use crate::v1::segment_service_client::SegmentServiceClient;
use crate::v1::seller_service_client::SellerServiceClient;
use crate::v1::sequence_service_client::SequenceServiceClient;
use crate::v1::team_service_client::TeamServiceClient;
use crate::v1::template_service_client::TemplateServiceClient;
use crate::v1::work_queue_service_client::WorkQueueServiceClient;
use crate::v1::{OperationMetadata, OperationResult};
use crate::{Channel, ConnectError, Error, Options, Queue};

/// The services. Cheap to clone; make it inside of a tokio runtime. The connection is made by the
/// first call.
#[derive(Clone)]
pub struct Client {
    channel: Channel,
}

macro_rules! services {
    ($($(#[$comment:meta])* $name:ident: $client:ident,)*) => {
        $($(#[$comment])* pub fn $name(&self) -> $client<Channel> {
            $client::new(self.channel.clone())
        })*
    };
}

impl Client {
    /// A client of `UPNEXT_ADDRESS` with `UPNEXT_KEY`.
    pub fn from_env() -> Result<Self, ConnectError> {
        Self::connect(&Options::default())
    }

    /// A client of another server, or with another key.
    pub fn connect(options: &Options) -> Result<Self, ConnectError> {
        let key = options.key()?;
        Ok(Self { channel: Channel::new(options.endpoint()?.connect_lazy(), key) })
    }

    services! {
        /// API keys.
        api_keys: ApiKeyServiceClient,
        /// Calendars.
        calendars: CalendarServiceClient,
        /// Emails that workers send.
        emails: EmailServiceClient,
        /// Enrollments.
        enrollments: EnrollmentServiceClient,
        /// Events for other systems.
        events: EventServiceClient,
        /// Long-running operations.
        operations: OperationsClient,
        /// The organization and its settings.
        organization: OrganizationServiceClient,
        /// Records and their types.
        records: RecordServiceClient,
        /// Segments and their assignment rules.
        segments: SegmentServiceClient,
        /// Sellers.
        sellers: SellerServiceClient,
        /// Sequences.
        sequences: SequenceServiceClient,
        /// Teams of sellers.
        teams: TeamServiceClient,
        /// Templates.
        templates: TemplateServiceClient,
        /// The sellers' queues.
        work_queue: WorkQueueServiceClient,
    }

    /// For calls by name.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Every item of a list, read page by page: `client.pages(ListSequencesRequest::default())`.
    pub fn pages<R: Paged>(&self, request: R) -> BoxStream<'static, Result<R::Item, Status>> {
        pages::items(self.channel(), request)
    }

    /// Every page of a list as the server answers it.
    pub fn whole_pages<R: Paged>(&self, request: R) -> BoxStream<'static, Result<R::Page, Status>> {
        pages::whole(self.channel(), request)
    }

    /// Waits for an operation: `operations/…`, or "", which is done at once. Tells every other
    /// second how far it is.
    pub async fn wait(
        &self,
        name: &str,
        mut on_progress: impl FnMut(OperationMetadata),
    ) -> Result<OperationResult, Error> {
        while !name.is_empty() {
            let timeout = prost_types::Duration { seconds: 2, nanos: 0 };
            let mut request =
                tonic::Request::new(WaitOperationRequest { name: name.to_owned(), timeout: Some(timeout) });
            request.set_timeout(Duration::from_secs(12));
            let operation = self.operations().wait_operation(request).await?.into_inner();
            if let Some(progress) =
                operation.metadata.as_ref().and_then(|any| OperationMetadata::decode(&*any.value).ok())
            {
                on_progress(progress);
            }
            if operation.done {
                return result_of(operation);
            }
        }
        Ok(OperationResult::default())
    }

    /// Opens a live queue, `sellers/…`, `sellers/me` or `teams/…`, of its first 50 activities.
    pub fn watch(&self, queue: &str) -> Queue {
        self.watch_window(queue, 50)
    }

    /// Opens a live queue of its first activities, at most 500.
    pub fn watch_window(&self, queue: &str, window: i32) -> Queue {
        Queue::open(self.channel(), queue, window)
    }
}

fn result_of(operation: Operation) -> Result<OperationResult, Error> {
    match operation.result {
        Some(operation::Result::Error(status)) => Err(Error::from_proto(&status)),
        Some(operation::Result::Response(any)) => {
            Ok(OperationResult::decode(&*any.value).unwrap_or_default())
        }
        None => Ok(OperationResult::default()),
    }
}

//! The gRPC edge: the only place that knows tonic and the generated server code.

mod activity_answers;
mod api_key_service;
pub mod call;
pub(crate) mod convert;
mod enrollment_service;
pub mod etag;
pub mod identity;
pub mod names;
mod organization_service;
pub mod page_token;
pub mod pb;
mod queues;
mod record_service;
pub mod repetition;
pub mod request_id;
mod roles;
mod seller_service;
mod sequence_service;
pub mod server;
pub mod status;
mod template_service;
mod texts;
pub mod update_mask;
pub mod validate;
pub mod watch;
mod work_queue_service;

//! The gRPC edge: the only place that knows tonic and the generated server code.

mod activity_answers;
mod api_key_service;
mod convert;
mod enrollment_service;
mod organization_service;
mod queues;
mod record_service;
mod roles;
mod seller_service;
mod sequence_service;
mod template_service;
mod texts;
mod work_queue_service;
pub mod call;
pub mod etag;
pub mod identity;
pub mod names;
pub mod page_token;
pub mod pb;
pub mod repetition;
pub mod request_id;
pub mod server;
pub mod status;
pub mod update_mask;
pub mod validate;

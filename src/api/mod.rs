//! The gRPC edge: the only place that knows tonic and the generated server code.

pub mod etag;
pub mod names;
pub mod page_token;
pub mod pb;
pub mod repetition;
pub mod request_id;
pub mod status;
pub mod update_mask;
pub mod validate;

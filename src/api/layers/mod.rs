//! The layers around every call, outermost first: measures, request ids, the envelope and identity;
//! and the codec below them.

pub mod codec;
mod envelope;
pub mod identity;
mod measured;
mod rate_limit;
pub mod request_id;

pub use envelope::EnvelopeLayer;
pub use measured::MeasuredLayer;
pub use rate_limit::RateLimits;

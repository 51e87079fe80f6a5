//! The layers around every call, outermost first: arrival, measures, request ids, the envelope,
//! identity and bytes in flight; and the codec below them.

mod arrival;
pub mod codec;
mod envelope;
pub mod identity;
pub mod in_flight;
mod measured;
mod rate_limit;
mod recent_keys;
pub mod request_id;

pub use arrival::{ArrivalLayer, OverHttp1};
pub use envelope::EnvelopeLayer;
pub use in_flight::InFlightLayer;
pub use measured::MeasuredLayer;
pub use rate_limit::RateLimits;

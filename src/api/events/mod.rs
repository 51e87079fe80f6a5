//! EventService: events as other systems read them, and webhooks, which send them.

mod audit;
pub mod deliver;
pub mod endpoint;
mod public_address;
mod reading;
pub mod sending;
mod service;
pub mod testing;
mod wanted;
mod watch;
mod webhooks;

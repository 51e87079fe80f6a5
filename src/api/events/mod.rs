//! EventService: events as other systems read them.

pub mod reading;
mod service;
mod watch;

//! Emails: what activities would say, how workers send them, and the page where people unsubscribe.

pub mod links;
pub(in crate::api) mod making;
mod service;
pub mod unsubscribe;

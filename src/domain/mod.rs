//! Decisions: pure, without I/O, clock or randomness.

pub mod activity;
pub mod api_key;
pub mod assignment;
pub mod attribute;
pub mod caller;
pub mod changes;
pub mod condition;
pub mod definition;
pub mod draft;
pub mod enrollment;
pub mod flow;
pub mod history;
pub mod id;
pub mod operation;
pub mod program;
pub mod record;
pub mod record_type;
pub mod refusal;
pub mod routing;
pub mod segment;
pub mod seller;
pub mod sequence;
pub mod settings;
pub mod template;
pub mod validation;
pub mod violation;

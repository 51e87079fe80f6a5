//! Sequences as code: a file in YAML or JSON that names sequences, segments, their rules, email
//! templates and calendars by id. Exporting writes one, applying makes the organization like it.

mod apply;
mod calls;
mod export;
mod file;
mod kinds;
mod plan;

pub(super) use apply::{Apply, show_plan};
pub(super) use export::Export;

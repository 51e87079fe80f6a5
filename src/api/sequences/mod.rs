//! SequenceService: one file for drafts, their lifecycle and revisions, and one for each thing that
//! is asked about them.

mod copies;
mod differences;
mod patches;
mod pictures;
mod service;
mod simulations;
mod stats;
mod validations;

//! SegmentService: one file for segments, one for their assignment rules.

mod preview;
mod rules;
mod runs;
mod service;

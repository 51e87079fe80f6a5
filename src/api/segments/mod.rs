//! SegmentService: one file for segments, one for their assignment rules.

mod rules;
mod service;

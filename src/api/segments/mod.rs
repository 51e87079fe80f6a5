//! SegmentService, a file for segments and one for their assignment rules.

mod rules;
mod service;

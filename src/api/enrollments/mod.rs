//! EnrollmentService: one file for enrollments, one for what can be done with them, one for what
//! their timelines need.

mod actions;
pub(in crate::api) mod service;
pub(in crate::api) mod timelines;

//! What becomes of enrollments: calls about single ones, timers, and what they follow of their
//! records.

pub(super) mod close_activities;
pub(super) mod enroll_records;
pub(super) mod exit_enrollment;
pub(super) mod fire_timers;
pub(super) mod follow_records;
pub(super) mod load;
pub(super) mod skip_wait;
pub(super) mod snooze_activities;
pub(super) mod verbs;

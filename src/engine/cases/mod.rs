//! Moves enrollments: through calls about single enrollments, through timers, and when their
//! records change.

pub(super) mod acquire_activities;
pub(super) mod act_on_enrollment;
pub(super) mod act_on_enrollments;
pub(super) mod cancel_activity;
pub(super) mod close_activities;
pub(super) mod create_activity;
pub(super) mod destinations;
pub(super) mod enroll_records;
pub(super) mod explain_enrollment;
pub(super) mod fire_timers;
pub(super) mod follow_records;
pub(super) mod leases;
pub(super) mod load;
pub(super) mod named_records;
pub(super) mod reached_goals;
pub(super) mod reassign_activities;
pub(super) mod reopen_activity;
pub(super) mod run_commands;
pub(super) mod send_emails;
pub(super) mod serve_lines;
pub(super) mod skip_wait;
pub(super) mod snooze_activities;
pub(super) mod team_rounds;
pub(super) mod timer_work;
mod timing;
pub(super) mod unsnooze_activity;
pub(super) mod update_activity;
pub(super) mod update_enrollment;
pub(super) mod verbs;

//! Segments and their assignment rules.

pub(super) mod activate_segment;
pub(super) mod clone_segment;
pub(super) mod connect_sequence;
pub(super) mod create_assignment_rule;
pub(super) mod create_segment;
pub(super) mod deactivate_segment;
pub(super) mod delete_assignment_rule;
pub(super) mod delete_segment;
pub(super) mod disconnect_sequence;
pub(super) mod move_assignment_rule;
pub(super) mod move_segment;
pub(super) mod rule_target;
pub(super) mod segment_target;
pub(super) mod update_assignment_rule;
pub(super) mod update_segment;

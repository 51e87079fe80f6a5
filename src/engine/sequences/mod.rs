//! Sequences and the templates that they name.

pub(super) mod activate_sequence;
pub(super) mod clone_sequence;
pub(super) mod create_sequence;
pub(super) mod create_template;
pub(super) mod deactivate_sequence;
pub(super) mod decide_split;
pub(super) mod delete_sequence;
pub(super) mod delete_template;
pub(super) mod end_splits;
pub(super) mod merge_tallies;
pub(super) mod reassign_sequences;
pub(super) mod recount_tallies;
pub(super) mod sequence_plan;
pub(super) mod sequence_verb;
pub(super) mod settle_enrollments;
pub(super) mod simulate_sequence;
pub(super) mod simulated_record;
pub(super) mod sketch;
pub(super) mod undelete_sequence;
pub(super) mod update_sequence;
pub(super) mod update_template;
pub(super) mod validate_sequence;

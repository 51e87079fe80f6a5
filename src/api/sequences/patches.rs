//! Reads what an update of a sequence changes.

use crate::api::convert::sequence as convert;
use crate::api::pb;
use crate::api::update_mask::Fields;
use crate::domain::draft::PlanPatch;
use crate::domain::filing::FilingPatch;
use crate::domain::priority::Priority;
use crate::domain::violation::Violations;

/// The record type that the caller expects, and the fields that an update sets.
pub(super) fn patch(
    fields: Option<&Fields>,
    sent: pb::Sequence,
    found: &mut Violations,
) -> (Option<String>, PlanPatch, FilingPatch) {
    let has = |field| fields.is_some_and(|fields| fields.has(field));
    let mut record_type = None;
    // An empty record type means unchanged here, although it means the default on creation.
    if has("record_type") && !sent.record_type.is_empty() {
        record_type = found.keep("sequence", convert::record_type(&sent.record_type));
    }

    let mut draft = None;
    if has("steps") {
        let (read, wrong) = convert::draft(sent.steps);
        found.extend_under("sequence", wrong);
        draft = Some(read);
    }

    let assign_to = found.keep("sequence", convert::assign_to(sent.assign_to)).flatten();
    let plan = PlanPatch {
        display_name: has("display_name").then_some(sent.display_name),
        description: has("description").then_some(sent.description),
        draft,
        exit_criteria: has("exit_criteria")
            .then(|| convert::exit_criteria(sent.exit_criteria.unwrap_or_default())),
        working_hours_only: has("working_hours_only").then(|| sent.working_hours_only.unwrap_or_default()),
        priority: has("priority").then(|| sent.priority.map(Priority::of).unwrap_or_default()),
        assign_to: has("assign_to").then(|| assign_to.unwrap_or_default()),
    };
    let owner = has("owner").then(|| found.keep_once(convert::seller("sequence.owner", &sent.owner)));
    let filing = FilingPatch { owner: owner.map(Option::flatten), tags: has("tags").then_some(sent.tags) };
    (record_type, plan, filing)
}

//! Validations of sequences: of saved drafts, and of definitions in the request.

use tonic::Status;

use crate::api::call::Call;
use crate::api::convert::sequence as convert;
use crate::api::{Api, pb, validate};
use crate::domain::draft::PlanPatch;
use crate::domain::names;
use crate::domain::priority::Priority;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::Sketch;

/// The most warnings of one answer.
const MOST_WARNINGS: usize = 1_000;

impl Api {
    /// Validates the sequence that a request names or contains.
    pub(super) async fn validated(
        &self,
        call: &Call,
        message: pb::ValidateSequenceRequest,
    ) -> Result<pb::ValidateSequenceResponse, Status> {
        // Everything wrong with the definition is what the caller asks for.
        let (mut problems, mut wrong) = apart(validate::violations(&message));
        let name = given(&message.name, message.sequence.is_some());
        let name = wrong.keep_once(name).flatten();
        let sequence_id = name.and_then(|name| wrong.keep_once(names::SEQUENCE.parse_id("name", name)));
        wrong.into_result(())?;

        let sketch = message.sequence.map(|sequence| sketch(sequence, &mut problems));
        let request = call.request(None);
        let found = self.engine.validate_sequence(&request, sequence_id.as_deref(), sketch.as_ref()).await?;
        problems.extend_once(found.problems);
        let warnings = found.warnings.into_iter().take(MOST_WARNINGS);
        Ok(pb::ValidateSequenceResponse {
            violations: problems.into_iter().map(convert::violation).collect(),
            warnings: warnings.map(convert::warning).collect(),
        })
    }
}

/// Returns the name that a request gives. `None` if it gives a definition instead.
///
/// # Errors
/// It gives neither.
pub(super) fn given(name: &str, with_definition: bool) -> Result<Option<&str>, Violation> {
    match (name, with_definition) {
        ("", false) => Err(Violation::new("name", Reason::FieldRequired, "must be given, or else sequence")),
        ("", true) => Ok(None),
        (name, _) => Ok(Some(name)),
    }
}

/// Reads a definition that isn't saved. What is wrong with it is added with paths relative to the
/// sequence.
pub(super) fn sketch(sequence: pb::Sequence, found: &mut Violations) -> Sketch {
    let mut wrong = Violations::new();
    let record_type = (!sequence.record_type.is_empty()).then(|| convert::record_type(&sequence.record_type));
    let record_type = record_type.and_then(|record_type| wrong.keep("", record_type));
    let mut draft = None;
    if !sequence.steps.is_empty() {
        let (read, unreadable) = convert::draft(sequence.steps);
        wrong.extend(unreadable);
        draft = Some(read);
    }

    let assign_to = wrong.keep("", convert::assign_to(sequence.assign_to)).flatten();

    found.extend_once(wrong);
    let plan = PlanPatch {
        draft,
        exit_criteria: sequence.exit_criteria.map(convert::exit_criteria),
        working_hours_only: sequence.working_hours_only,
        priority: sequence.priority.map(Priority::of),
        assign_to,
        ..PlanPatch::default()
    };
    Sketch { record_type, plan }
}

/// Separates what is wrong with the definition, with paths relative to it, from the rest.
fn apart(found: Violations) -> (Violations, Violations) {
    let (mut inside, mut outside) = (Violations::new(), Violations::new());
    for Violation { field, reason, description } in found {
        match field.strip_prefix("sequence.") {
            Some(field) => inside.push(field, reason, description),
            None => outside.push(field, reason, description),
        }
    }
    (inside, outside)
}

//! Pictures of sequences on the wire.

use crate::api::pb;
use crate::domain::picture::{DrawnStep, Edge, Picture, Point};

/// Converts a picture. `with_counts` says whether it has counts.
pub fn picture(picture: &Picture, with_counts: bool) -> pb::RenderSequenceResponse {
    pb::RenderSequenceResponse {
        mermaid: picture.mermaid(with_counts),
        steps: picture.steps.iter().map(step).collect(),
        edges: picture.edges.iter().map(edge).collect(),
        ..Default::default()
    }
}

fn step(step: &DrawnStep) -> pb::RenderedStep {
    pb::RenderedStep {
        step_id: step.step_id.clone(),
        display_name: step.display_name.clone(),
        caption: step.caption.clone(),
        passes: step.passes,
        nesting: step.nesting,
        current_count: step.stays.current,
        exited_count: step.stays.exited,
    }
}

fn edge(edge: &Edge) -> pb::RenderedEdge {
    // The start and the end have no id.
    let id = |point: &Point| match point {
        Point::Start | Point::End => String::new(),
        Point::Step(id) => id.clone(),
    };
    pb::RenderedEdge {
        from_step_id: id(&edge.from),
        to_step_id: id(&edge.to),
        passed_count: edge.passed,
        label: edge.label.clone(),
    }
}

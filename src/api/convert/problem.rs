//! Problems on the wire.

use super::{activity, timestamp};
use crate::api::pb;
use crate::api::pb::problem::{Kind, State};
use crate::domain::names;
use crate::domain::problem::{Item, Problem};
use crate::store::routing::set_aside::ProblemRow;

/// Converts a problem.
pub fn problem(row: &ProblemRow) -> pb::Problem {
    let ProblemRow { problem, record, enrollment } = row;
    let (kind, state) = (kind(&problem.item), state(problem));
    let operation = match problem.item {
        Item::OfOperation { operation, .. } => operation,
        Item::Timer { .. } | Item::RecordChange { .. } => None,
    };

    pb::Problem {
        name: names::PROBLEM.uuid_name(problem.id.0),
        kind: kind.into(),
        state: state.into(),
        record: activity::record(record.as_ref()),
        enrollment: enrollment.map(|id| names::ENROLLMENT.uuid_name(id.0)).unwrap_or_default(),
        operation: operation.map(|id| names::OPERATION.uuid_name(id.0)).unwrap_or_default(),
        reason: problem.reason.clone(),
        cure: cure(kind, state).to_owned(),
        attempt_count: problem.attempts,
        create_time: Some(timestamp(problem.create_time)),
        next_attempt_time: Some(timestamp(problem.retry_time)),
    }
}

fn kind(item: &Item) -> Kind {
    match item {
        Item::Timer { .. } => Kind::Timer,
        Item::RecordChange { .. } => Kind::RecordChange,
        Item::OfOperation { .. } => Kind::Operation,
    }
}

fn state(problem: &Problem) -> State {
    if problem.retrying { State::Retrying } else { State::SetAside }
}

/// What to do about it.
fn cure(kind: Kind, state: State) -> &'static str {
    match (state, kind) {
        (State::Retrying | State::Unspecified, _) => {
            "wait for the next attempts; most problems pass by themselves"
        }
        (State::SetAside, Kind::Timer) => {
            "report the reason, with what the server's log says about it; then call RetryProblem, or \
             exit the enrollment"
        }
        (State::SetAside, _) => {
            "report the reason, with what the server's log says about it; then call RetryProblem"
        }
    }
}

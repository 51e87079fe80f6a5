//! google.longrunning.Operations: the progress of long work.

use std::time::Duration;

use chrono::TimeDelta;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::{self, Call};
use crate::api::convert::operation as convert;
use crate::api::pb::longrunning as lro;
use crate::api::pb::longrunning::operations_server::Operations;
use crate::api::{Api, status};
use crate::domain::caller::Scope;
use crate::domain::id::{OperationId, SequenceId};
use crate::domain::names;
use crate::domain::operation::Operation;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{Error, Kind};
use crate::store::{routing, sequences};
use crate::wake::Topic;

/// The longest time that a call waits.
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// How often a waiting call polls, because a wake-up from another server may be lost.
const POLL: TimeDelta = TimeDelta::seconds(1);

#[tonic::async_trait]
impl Operations for Api {
    async fn list_operations(
        &self,
        request: Request<lro::ListOperationsRequest>,
    ) -> Result<Response<lro::ListOperationsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        if !matches!(message.name.as_str(), "" | "operations") {
            found.push("name", Reason::ResourceNameInvalid, "must be operations or empty");
        }
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let mut conn = self.read(call.organization()).await?;
        let (after, limit) = (page.after, page.limit());
        let rows =
            routing::operations::page(&mut conn, call.organization(), filter.as_ref(), after, limit).await?;
        let (operations, next_page_token) = page.fill(&rows, convert::operation, |last| last.id.0);
        Ok(Response::new(lro::ListOperationsResponse {
            operations,
            next_page_token,
            unreachable: Vec::new(),
        }))
    }

    async fn get_operation(
        &self,
        request: Request<lro::GetOperationRequest>,
    ) -> Result<Response<lro::Operation>, Status> {
        let (call, message) = self.enter(request)?;
        let id = operation_id(&message.name)?;
        Ok(Response::new(convert::operation(&self.operation(&call, id).await?)))
    }

    async fn delete_operation(
        &self,
        _request: Request<lro::DeleteOperationRequest>,
    ) -> Result<Response<()>, Status> {
        Err(status::not_served("operations can't be deleted; cancel it instead"))
    }

    async fn cancel_operation(
        &self,
        request: Request<lro::CancelOperationRequest>,
    ) -> Result<Response<()>, Status> {
        let (call, message) = self.enter(request)?;
        self.engine.cancel_operation(&call.request(None), operation_id(&message.name)?).await?;
        Ok(Response::new(()))
    }

    async fn wait_operation(
        &self,
        request: Request<lro::WaitOperationRequest>,
    ) -> Result<Response<lro::Operation>, Status> {
        let (call, message) = self.enter(request)?;
        let id = operation_id(&message.name)?;
        // The wait counts from the arrival of the call, including its time in queues.
        let deadline = call.now + wait(message.timeout)?;
        let clock = self.engine.clock();

        loop {
            // Arm before reading, so that a change in between ends the wait at once.
            let changed = self.engine.wake().arm(Topic::Operation(id));
            let operation = self.operation(&call, id).await?;
            let now = clock.now();
            if operation.end_time.is_some() || now >= deadline {
                return Ok(Response::new(convert::operation(&operation)));
            }
            tokio::select! {
                () = changed => {}
                () = clock.sleep_until(deadline.min(now + POLL)) => {}
            }
        }
    }
}

fn operation_id(name: &str) -> Result<OperationId, Violations> {
    Ok(convert::id("name", name)?)
}

/// How long to wait: at most ten minutes, which is also the default.
fn wait(timeout: Option<prost_types::Duration>) -> Result<TimeDelta, Violations> {
    let longest = TimeDelta::from_std(LONGEST_WAIT).unwrap_or(TimeDelta::MAX);
    let Some(timeout) = timeout else { return Ok(longest) };

    // Check before converting: the library's conversion negates the number, which overflows for the
    // smallest one.
    let parts = u64::try_from(timeout.seconds).ok().zip(u32::try_from(timeout.nanos).ok());
    let given = parts
        .filter(|(_, nanos)| *nanos < 1_000_000_000)
        .map(|(seconds, nanos)| Duration::new(seconds, nanos));

    let wrong = || {
        Violation::new(
            "timeout",
            Reason::FieldInvalid,
            "must be at least 0 seconds, with 0 to 999,999,999 nanoseconds",
        )
    };

    let given = given.ok_or_else(wrong)?;
    Ok(TimeDelta::from_std(given.min(LONGEST_WAIT)).unwrap_or(longest))
}

impl Api {
    async fn operation(&self, call: &Call, id: OperationId) -> Result<Operation, Status> {
        let mut conn = self.read(call.organization()).await?;
        let found = routing::operations::get(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Operation, name: names::OPERATION.uuid_name(id.0) };
        let operation = found.ok_or_else(missing)?;

        let seller = match call.caller.scope() {
            Scope::All => return Ok(operation),
            Scope::Own(seller) => seller,
            Scope::Nothing => return Err(missing().into()),
        };
        // A salesperson follows what becomes of own sequences.
        let target = SequenceId(operation.target);
        let sequence = sequences::get(&mut conn, call.organization(), target).await?;
        let own = sequence.is_some_and(|row| row.sequence.filing.owner == Some(seller));
        if own { Ok(operation) } else { Err(missing().into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_timeout_is_read_or_refused_and_none_is_longer_than_ten_minutes() {
        let read = |seconds, nanos| wait(Some(prost_types::Duration { seconds, nanos })).ok();
        assert_eq!(read(1, 5_000_000), Some(TimeDelta::milliseconds(1005)));
        assert_eq!(read(0, 0), Some(TimeDelta::zero()));
        assert_eq!(read(i64::MAX, 999_999_999), Some(TimeDelta::minutes(10)));
        assert_eq!(wait(None), Ok(TimeDelta::minutes(10)));

        for (seconds, nanos) in [
            (i64::MIN, 0),
            (i64::MIN, i32::MIN),
            (-1, 0),
            (0, -1),
            (1, -1),
            (0, 1_000_000_000),
            (0, i32::MIN),
        ] {
            assert_eq!(read(seconds, nanos), None, "{seconds} {nanos}");
        }
    }
}

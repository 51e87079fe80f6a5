//! The part of SegmentService that lists what routing decided.

use std::collections::HashMap;

use tonic::Status;
use uuid::Uuid;

use crate::api::call::{self, Call};
use crate::api::convert::segment as convert;
use crate::api::{Api, pb};
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::store::routing::runs::{self, Run};

impl Api {
    pub(super) async fn list_runs(
        &self,
        call: &Call,
        message: pb::ListRoutingRunsRequest,
    ) -> Result<pb::ListRoutingRunsResponse, Status> {
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::run_subject()));
        let (page, filter) = found.settle((page, filter))?;

        let organization = call.organization();
        // A filter may look through all of them.
        let mut conn = match filter {
            Some(_) => self.survey(organization).await?,
            None => self.read(organization).await?,
        };
        let rows = runs::page(&mut conn, organization, filter.as_ref(), page.after, page.limit()).await?;
        let record = |run: &Run| {
            let (record_type, record) = &run.record;
            (run.event.subject, names::RECORD.name([record_type, record]))
        };
        let records: HashMap<Uuid, String> = rows.iter().map(record).collect();
        let events: Vec<_> = rows.iter().map(|run| &run.event).collect();

        let named = self.named(call, &mut conn, records, &events).await?;
        let (routing_runs, next_page_token) =
            page.fill(&rows, |run| named.event(&run.event), |last| last.event.id);
        Ok(pb::ListRoutingRunsResponse { routing_runs, next_page_token })
    }
}

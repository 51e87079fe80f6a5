//! Who works on what: what there is to do in the queues of sellers, and what they did today.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use tonic::{Request, Response, Status};

use crate::api::call::Call;
use crate::api::convert::{step, timestamp};
use crate::api::pb::work_queue_summary::KindSummary;
use crate::api::{Api, pb, validate};
use crate::domain::calendar;
use crate::domain::caller::Scope;
use crate::domain::id::{ChosenId, OrganizationId, QueueId, SellerId};
use crate::domain::names;
use crate::domain::seller::Seller;
use crate::domain::seller_attributes::SellerAttributes;
use crate::engine::{Error, Kind};
use crate::store::queues::summaries::{self, Counted, Today, Work};
use crate::store::tenants::{calendars, sellers, teams};
use crate::store::{Portion, ReadConnection};

impl Api {
    pub(super) async fn summarize(
        &self,
        request: Request<pb::SummarizeWorkQueuesRequest>,
    ) -> Result<Response<pb::SummarizeWorkQueuesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let parts = [("team", message.team.as_str())];
        let page = found.keep_once(call.page::<String>(message.page_size, &message.page_token, &parts));
        let named = Some(&message.team).filter(|team| !team.is_empty());
        let team = found.keep_once(named.map(|team| names::TEAM.parse_id("team", team)).transpose());
        let (page, team) = found.settle((page, team))?;

        let organization = call.organization();
        let mut conn = self.survey(organization).await?;
        let members = match team {
            None => None,
            Some(team) => Some(members(&mut conn, organization, &team).await?),
        };
        let after = page.after.as_deref();
        let rows = match (call.caller.scope(), &members) {
            (Scope::All, None) => {
                let all = (None, &SellerAttributes::default());
                sellers::page(&mut conn, organization, all, after, page.limit()).await?
            }
            (Scope::All, Some(members)) => {
                sellers::page_of(&mut conn, organization, members, after, page.limit()).await?
            }
            (Scope::Own(seller), _) => {
                let own = sellers::get(&mut conn, organization, seller).await?;
                let is_asked = |own: &Seller| members.as_ref().is_none_or(|ids| ids.contains(&own.seller_id));
                Portion::from(Vec::from_iter(own.filter(is_asked)))
            }
            (Scope::Nothing, _) => Portion::from(Vec::new()),
        };
        let today = today(&mut conn, &call, &rows, page.now).await?;
        let counted = summaries::count(&mut conn, organization, &today).await?;
        drop(conn);

        // The rows come by queue and kind.
        let mut of: HashMap<QueueId, Vec<Counted>> = HashMap::new();
        for one in counted {
            of.entry(one.queue).or_default().push(one);
        }
        let show = |seller: &Seller| {
            // A seller's queue has the seller's key.
            let work = of.get(&QueueId::from(seller.id)).map(Vec::as_slice).unwrap_or_default();
            summary(seller, work)
        };
        let (summaries, next_page_token) = page.fill(&rows, show, |last| last.seller_id.to_string());
        Ok(Response::new(pb::SummarizeWorkQueuesResponse { summaries, next_page_token }))
    }
}

/// The chosen ids of a team's members.
async fn members(
    conn: &mut ReadConnection,
    organization: OrganizationId,
    team: &str,
) -> Result<Vec<ChosenId>, Status> {
    let missing = || Error::Missing { kind: Kind::Team, name: names::TEAM.name([team]) };
    let found = teams::find(conn, organization, team).await?;
    Ok(found.ok_or_else(missing)?.profile.members)
}

/// When the day of each seller began, by the calendar that counts for the seller.
async fn today(
    conn: &mut ReadConnection,
    call: &Call,
    sellers: &[Seller],
    now: DateTime<Utc>,
) -> Result<Vec<Today>, Status> {
    let owners: Vec<_> = sellers.iter().map(|seller| (call.organization(), Some(seller.id))).collect();
    let schedules = calendars::schedules(conn, &owners).await?;
    let zones: HashMap<Option<SellerId>, _> =
        schedules.into_iter().filter_map(|found| Some((found.owner.1, found.schedule?.time_zone))).collect();
    // Whoever has no calendar lives by UTC.
    let begins = |seller: &Seller| {
        let zone = zones.get(&Some(seller.id)).copied().unwrap_or_default();
        (seller.id, calendar::day(zone, now).0)
    };

    Ok(sellers.iter().map(begins).collect())
}

fn summary(seller: &Seller, work: &[Counted]) -> pb::WorkQueueSummary {
    let total = |of: fn(&Work) -> i64| count(work.iter().map(|one| of(&one.work)).sum());
    let kind = |one: &Counted| KindSummary {
        kind: step::activity_kind(one.kind).into(),
        due: count(one.work.due),
        overdue: count(one.work.overdue),
        snoozed: count(one.work.snoozed),
        completed_today: count(one.work.completed),
        skipped_today: count(one.work.skipped),
    };

    pb::WorkQueueSummary {
        queue: names::SELLER.name([&seller.seller_id]),
        display_name: seller.profile.display_name.clone(),
        due: total(|work| work.due),
        overdue: total(|work| work.overdue),
        snoozed: total(|work| work.snoozed),
        oldest_due_time: work.iter().filter_map(|one| one.work.oldest).min().map(timestamp),
        completed_today: total(|work| work.completed),
        skipped_today: total(|work| work.skipped),
        kinds: work.iter().map(kind).collect(),
    }
}

fn count(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

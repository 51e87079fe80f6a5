//! All waiting enrollments of a sequence, paused, resumed, moved to a new revision or ended by one
//! call: from the call to the last commit.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use upnext::api::pb;
use upnext::api::pb::act_on_enrollments_request::Work;
use upnext::api::pb::enrollment_action::Action;
use upnext::api::pb::enrollment_service_client::EnrollmentServiceClient;
use upnext::api::pb::sequence_service_client::SequenceServiceClient;

use super::backfill::until_done;
use super::timers;
use crate::anchors::bare_bulk::{self, Deed};
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Family};
use crate::world::{World, task, wait};

/// Sellers that own the records.
const OWNERS: usize = 1_000;

const DEEDS: [(Deed, &str); 4] = [
    (Deed::Pause, "paused"),
    (Deed::Resume, "resumed"),
    (Deed::Migrate, "moved to a new revision"),
    (Deed::Exit, "ended by a condition"),
];

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(10_000, 100_000);
    let day = Duration::from_secs(86_400);
    world.sequence("calls", vec![wait("pause", day), task("call")]).await?;
    revise(world, vec![wait("pause", 2 * day), task("call")]).await?;
    let sellers = seed::sellers(world, OWNERS).await?;
    let leads = seed::leads(world, count, sellers, 0, OWNERS).await?;
    world.settle().await?;

    let set = interleave(world.size.rounds(), DEEDS.len(), DEEDS.len(), async |turn| {
        let (place, is_bare) = match turn {
            Turn::Anchor(place) => (place, true),
            Turn::Product(place) => (place, false),
        };
        let deed = DEEDS[place].0;
        let enrollments = waiting(world, leads, sellers, count).await?;
        if deed == Deed::Resume {
            act(world, Deed::Pause).await?;
        }

        world.settle().await?;
        match is_bare {
            true => bare_bulk::rate(world, enrollments, deed, count).await,
            false => {
                let start = Instant::now();
                act(world, deed).await?;
                Ok(count as f64 / start.elapsed().as_secs_f64())
            }
        }
    })
    .await?;

    let line = |(place, (_, name)): (usize, &(Deed, &str))| Line {
        path: format!("{count} enrollments {name} by one call"),
        anchor: "bare: the same rows by plain SQL".to_owned(),
        anchors: set.anchors[place].clone(),
        products: set.products[place].clone(),
        unit: Unit::PerSecond,
        goal: Goal::Rate(0.50),
    };
    Ok(DEEDS.iter().enumerate().map(line).collect())
}

/// Waits that end long after the measurement.
async fn waiting(world: &World<'_>, leads: Family, sellers: Family, count: usize) -> anyhow::Result<Family> {
    let due_at = world.now() + TimeDelta::days(1);
    timers::seed(world, leads, sellers, OWNERS, count, due_at).await
}

/// Activates a second revision.
async fn revise(world: &World<'_>, steps: Vec<pb::Step>) -> anyhow::Result<()> {
    let mut sequences = SequenceServiceClient::new(world.client.calls(0));
    let sequence = pb::Sequence { name: "sequences/calls".to_owned(), steps, ..Default::default() };
    let update = pb::UpdateSequenceRequest { sequence: Some(sequence), ..Default::default() };
    sequences.update_sequence(update).await?;
    let activate = pb::ActivateSequenceRequest { name: "sequences/calls".to_owned(), ..Default::default() };
    sequences.activate_sequence(activate).await?;
    Ok(())
}

/// Acts on all enrollments, and waits for the end of the operation.
async fn act(world: &World<'_>, deed: Deed) -> anyhow::Result<()> {
    let action = match deed {
        Deed::Pause => Action::Pause(pb::PauseAction::default()),
        Deed::Resume => Action::Resume(pb::ResumeAction {}),
        Deed::Exit => Action::Exit(pb::ExitAction {}),
        Deed::Migrate => Action::Migrate(pb::MigrateAction::default()),
    };
    let work = Work::Action(pb::EnrollmentAction { action: Some(action) });
    // All of them match it.
    let condition = if deed == Deed::Exit { "enrollment.revision >= 1" } else { "" };
    let request = pb::ActOnEnrollmentsRequest {
        sequence: "sequences/calls".to_owned(),
        condition: condition.to_owned(),
        work: Some(work),
        ..Default::default()
    };

    let mut enrollments = EnrollmentServiceClient::new(world.client.calls(0));
    let begun = enrollments.act_on_enrollments(request).await?.into_inner();
    until_done(world, &begun.operation).await
}

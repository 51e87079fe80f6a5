//! Statistics of sequences: of all revisions or of one.

use chrono::{NaiveDate, NaiveTime};
use tonic::Status;

use crate::api::call::Call;
use crate::api::convert::{sequence_stats as convert, timestamp};
use crate::api::sequences::pictures::{missing_named, named};
use crate::api::sequences::service::revision_number;
use crate::api::{Api, pb, validate};
use crate::domain::definition::Definition;
use crate::domain::names;
use crate::domain::picture::Picture;
use crate::domain::program::Program;
use crate::domain::sequence::Sequence;
use crate::domain::sequence_stats::{SequenceStats, Window};
use crate::domain::split_end::Measured;
use crate::domain::step::Split;
use crate::engine::Error;
use crate::store::{ReadConnection, sequences};

impl Api {
    /// Reads the statistics that a request asks for.
    pub(super) async fn stats(
        &self,
        call: &Call,
        message: &pb::GetSequenceStatsRequest,
    ) -> Result<pb::GetSequenceStatsResponse, Status> {
        let mut found = validate::violations(message);
        let named = found.keep_once(named("name", &message.name));
        let (id, number) = found.settle(named)?;
        let missing = || missing_named(id, number);

        let (organization, mut conn) = (call.organization(), self.read(call.organization()).await?);
        let sequence = sequences::find(&mut conn, organization, id).await?.ok_or_else(missing)?.sequence;
        let only = number.map(|text| revision_number(text).ok_or_else(missing)).transpose()?;
        let shown = only.unwrap_or(sequence.state.revision());
        let shown = sequences::revisions::get(&mut conn, organization, sequence.id, shown).await?;
        if only.is_some() && shown.is_none() {
            return Err(missing().into());
        }

        // A draft that was never activated has no numbers, but steps to show.
        let definition =
            shown.map_or_else(|| sequence.plan.definition.clone(), |shown| shown.plan.definition);
        let drawn = Picture::of(&Program::compile(&definition)).steps;
        let shown = drawn.iter().map(|step| step.step_id.clone());
        let window = Window::ending(call.now.date_naive(), convert::days(message.window()));
        let mut stats = summed(&mut conn, &sequence, only, SequenceStats::new(shown), &window).await?;
        drop(conn);
        self.compare_variants(call, &sequence, &definition, &mut stats).await?;

        let start = |day: NaiveDate| Some(timestamp(day.and_time(NaiveTime::MIN).and_utc()));
        let name = match number {
            None => names::SEQUENCE.name([id]),
            Some(number) => names::REVISION.name([id, number]),
        };
        Ok(pb::GetSequenceStatsResponse {
            name,
            start_time: start(window.first),
            previous_start_time: start(window.previous_first),
            ..convert::stats(&stats, &drawn)
        })
    }
}

impl Api {
    /// Adds the results of the variants of each split that has a goal.
    async fn compare_variants(
        &self,
        call: &Call,
        sequence: &Sequence,
        definition: &Definition,
        stats: &mut SequenceStats,
    ) -> Result<(), Status> {
        let splits = definition.measured_splits();
        if splits.is_empty() {
            return Ok(());
        }
        let goal = |(step_id, split): &(&str, &Split)| {
            let (step_id, metric) = ((*step_id).to_owned(), split.goal?.metric);
            Some(Measured { sequence: sequence.id, step_id, metric })
        };
        let asked: Vec<Measured> = splits.iter().filter_map(goal).collect();
        // Tallies don't say what became of those who took a variant. Entries do.
        let mut conn = self.survey(call.organization()).await?;
        let counted = sequences::splits::count(&mut conn, sequence.organization, &asked).await?;
        for (step_id, split) in splits {
            let numbers = counted.get(&(sequence.id, step_id.to_owned()));
            stats.compare(step_id, split.results(numbers));
        }
        Ok(())
    }
}

/// Sums the tallies of a sequence.
async fn summed(
    conn: &mut ReadConnection,
    sequence: &Sequence,
    revision: Option<i32>,
    mut stats: SequenceStats,
    window: &Window,
) -> Result<SequenceStats, Error> {
    let organization = sequence.organization;
    let step_ids = sequences::revisions::step_ids_by_revision(conn, organization, sequence.id).await?;

    let rows = sequences::tallies::of_sequence(conn, organization, sequence.id, revision).await?;
    for row in &rows {
        let step_ids = step_ids.get(&row.key.revision).map(Vec::as_slice).unwrap_or_default();
        stats.add((row.key.revision, row.key.day), &row.tally, step_ids, window);
    }
    Ok(stats.finished())
}

//! Finds out what records match: the conditions of segments and rules that can make a difference.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::condition::Condition;
use crate::domain::id::{RecordId, SegmentId};
use crate::engine::routing::plan_flips::knows_time;
use crate::engine::routing::routing_plan::{Matches, RoutingPlan, TypePlan};
use crate::store;
use crate::store::answers::{self, Question};
use crate::store::records::Fields;
use crate::store::routing::RoutedRecord;
use crate::store::standing_questions::StandingQuestion;

impl RoutingPlan {
    /// Evaluates the conditions that can make a difference for these records.
    pub async fn evaluate(
        &self,
        conn: &mut PgConnection,
        records: &[RoutedRecord],
        now: DateTime<Utc>,
    ) -> Result<Matches, store::Error> {
        let mut matches = Matches::new();
        for plan in self.types.values() {
            // One call for each type, because conditions read the attributes of their type.
            let source = Fields { record_type: &plan.record_type, now };
            match plan.switched_on {
                true => matches.extend(plan.ask_all(conn, &source, records).await?),
                false => plan.ask_members(conn, &source, records, &mut matches).await?,
            }
        }
        Ok(matches)
    }

    /// Leaves only those of the records for which routing may have something to do. The others are
    /// in no segment, match none, and time alone doesn't change that.
    ///
    /// They are read without a lock. Whoever changes one meanwhile appends a change, which is
    /// routed next. Only routing lets records enter segments, and the routing row is locked.
    pub async fn concerned(
        &self,
        conn: &mut PgConnection,
        mut records: BTreeSet<RecordId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RecordId>, store::Error> {
        for plan in self.types.values().filter(|plan| !knows_time(plan)) {
            let left: Vec<RecordId> = records.iter().copied().collect();
            let source = Fields { record_type: &plan.record_type, now };
            let outsiders = match plan.switched_on {
                true => plan.question.outsiders(conn, &source, &left).await?,
                // Nothing can be entered.
                false => StandingQuestion::default().outsiders(conn, &source, &left).await?,
            };
            outsiders.iter().for_each(|record| _ = records.remove(record));
        }
        Ok(records.into_iter().collect())
    }
}

impl TypePlan {
    /// Prepares to ask its conditions.
    pub(super) fn prepare(&mut self) {
        // What is looked up doesn't depend on the time.
        let source = Fields { record_type: &self.record_type, now: DateTime::UNIX_EPOCH };
        self.question = StandingQuestion::of(&self.groups(), &source);
    }

    /// Asks all conditions about the active records of this type: any of them may enter any
    /// segment.
    async fn ask_all(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        records: &[RoutedRecord],
    ) -> Result<Matches, store::Error> {
        let records: Vec<RecordId> = self.active(records).map(|record| record.id).collect();
        if records.is_empty() {
            return Ok(Matches::new());
        }
        self.question.ask(conn, source, &self.groups(), &records).await
    }

    /// Asks about members only, and each only about its own segment. For a type whose records can't
    /// enter segments.
    async fn ask_members(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        records: &[RoutedRecord],
        matches: &mut Matches,
    ) -> Result<(), store::Error> {
        let mut members: HashMap<SegmentId, Vec<RecordId>> = HashMap::new();
        for record in self.active(records) {
            if let Some(segment) = record.segment {
                members.entry(segment).or_default().push(record.id);
            }
        }

        let with_members = self.segments.iter().filter_map(|planned| {
            let records = members.remove(&planned.segment.id)?;
            Some((planned.place, Question { records, groups: vec![vec![&planned.condition]] }))
        });
        let (places, questions): (Vec<_>, Vec<_>) = with_members.unzip();
        for (first, answers) in places.into_iter().zip(answers::ask(conn, source, &questions).await?) {
            let all = |places: Vec<usize>| places.into_iter().map(|place| first + place).collect();
            matches.extend(answers.into_iter().map(|(record, places)| (record, all(places))));
        }
        Ok(())
    }

    fn active<'a>(&self, records: &'a [RoutedRecord]) -> impl Iterator<Item = &'a RoutedRecord> {
        let own = self.record_type.id;
        records.iter().filter(move |record| record.record_type == own && !record.closed)
    }

    /// Returns the conditions of each segment and its rules.
    fn groups(&self) -> Vec<Vec<&Condition>> {
        self.segments.iter().map(|planned| planned.conditions().collect()).collect()
    }
}

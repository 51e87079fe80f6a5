//! What a call that closed an activity answers with, made of what was decided. Nothing is read
//! again.

use std::collections::HashMap;

use uuid::Uuid;

use crate::api::Api;
use crate::domain::activity::{Activity, ActivityState, ClosedActivity, Marks};
use crate::domain::consent::Warnings;
use crate::domain::id::{ChosenId, OrganizationId};
use crate::domain::names;
use crate::engine::Decided;
use crate::store;
use crate::store::activities::rows::{ActivityRow, Ending};
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::names::{NameKey, Named};
use crate::store::queues::rows::{QueueOwner, QueueRow};

/// The rows of a call, like they would be read after its commit.
pub(super) struct DecidedRows {
    /// The closed activity, then the record's next one.
    pub activities: Vec<ActivityRow>,
    /// The enrollment.
    pub enrollment: EnrollmentRow,
}

impl Api {
    /// The rows of several calls. Those of a call whose names can't be found are absent, because
    /// something was deleted meanwhile.
    pub(super) async fn decided_rows(
        &self,
        decided: impl Iterator<Item = &Decided> + Clone,
    ) -> Result<Vec<DecidedRows>, store::Error> {
        let keys: Vec<NameKey> = decided.clone().flat_map(named).collect();
        let names = Names(self.reads.names.of(&keys).await?);
        Ok(decided.filter_map(|one| names.rows(one)).collect())
    }
}

/// What the rows of a call name.
fn named(decided: &Decided) -> impl Iterator<Item = NameKey> {
    let Decided { closed: ClosedActivity { activity, closing }, enrollment, next_activity, .. } = decided;
    let organization = activity.organization;
    let next = next_activity.as_ref().map(|next| next.queue.0);
    let several = [closing.by.seller.map(|seller| seller.0), enrollment.segment.map(|id| id.0), next];
    let keys = several.into_iter().flatten().chain([activity.queue.0, activity.sequence.0]);
    keys.map(move |key| (organization, key))
}

/// The names of what rows refer to.
struct Names(HashMap<NameKey, Named>);

impl Names {
    fn rows(&self, decided: &Decided) -> Option<DecidedRows> {
        let Decided { closed, enrollment, next_activity, record, owner, .. } = decided;
        let organization = enrollment.organization;

        let ending = self.ending(organization, closed)?;
        let mut activities = vec![self.activity(shown_closed(decided), decided, Some(ending))?];
        if let Some(next) = next_activity {
            activities.push(self.activity(next.clone(), decided, None)?);
        }

        let segment = match enrollment.segment {
            Some(segment) => Some(self.id(organization, segment.0)?.clone()),
            None => None,
        };
        let enrollment = EnrollmentRow {
            enrollment: enrollment.clone(),
            sequence: self.id(organization, enrollment.sequence.0)?.clone(),
            record: Some(record.clone()),
            owner: *owner,
            segment,
        };
        Some(DecidedRows { activities, enrollment })
    }

    fn activity(&self, activity: Activity, of: &Decided, ending: Option<Ending>) -> Option<ActivityRow> {
        let organization = activity.organization;
        let shown = QueueRow {
            record: Some(of.record.clone()),
            sequence: Some(self.id(organization, activity.sequence.0)?.clone()),
            queue: self.queue(organization, activity.queue.0)?,
            holder: None,
            activity,
        };
        Some(ActivityRow { shown, owner: of.owner, ending })
    }

    fn ending(&self, organization: OrganizationId, closed: &ClosedActivity) -> Option<Ending> {
        let closing = &closed.closing;
        let by = match (closing.by.seller, closing.by.key) {
            (Some(seller), _) => names::SELLER.name([self.id(organization, seller.0)?]),
            // The subject of a token has to be read.
            (None, Some(key)) if key.is_of_token() => return None,
            (None, key) => names::actor(None, key, None),
        };

        Some(Ending {
            state: closing.state,
            outcome: closing.outcome.clone(),
            note: closing.note.clone(),
            by,
            at: closing.at,
        })
    }

    fn queue(&self, organization: OrganizationId, key: Uuid) -> Option<QueueOwner> {
        match self.0.get(&(organization, key))? {
            Named::Seller(seller) => Some(QueueOwner::Seller(seller.clone())),
            Named::Team(team) => Some(QueueOwner::Team(team.clone())),
            Named::Sequence(_) | Named::Segment(_) => None,
        }
    }

    /// Keys are unique across tables, so whoever asks knows whose it is.
    fn id(&self, organization: OrganizationId, key: Uuid) -> Option<&ChosenId> {
        self.0.get(&(organization, key)).map(Named::id)
    }
}

/// A closed activity like it is read: without what only an open one has, and with the present name
/// of its record.
fn shown_closed(decided: &Decided) -> Activity {
    Activity {
        record_display_name: decided.record_display_name.clone(),
        warnings: Warnings::default(),
        state: ActivityState::Due,
        reassigned_from: None,
        auto_skip_time: None,
        marks: Marks::default(),
        note: String::new(),
        lease: None,
        manual: None,
        ..decided.closed.activity.clone()
    }
}

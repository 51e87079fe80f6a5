//! Reads of activities, queue heads and enrollments, shared by all calls that need them at the
//! moment.

use std::collections::HashMap;

use crate::api::work_queue::kept_names::KeptNames;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, QueueId};
use crate::store::activities::rows::ActivityRow;
use crate::store::enrollments;
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::queues::rows::QueueRow;
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store, activities};

/// Shared reads for nearly every response about activities. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ActivityReads {
    /// Activities, open or closed.
    pub activities: Together<Activities>,
    /// The first due activities of queues.
    pub heads: Together<Heads>,
    /// Enrollments.
    pub enrollments: Together<Enrollments>,
    /// The names in their rows.
    pub names: KeptNames,
}

impl ActivityReads {
    /// Reads from `store`.
    pub fn new(store: &Store) -> Self {
        Self {
            activities: Together::new(Activities(store.clone())),
            heads: Together::new(Heads(store.clone())),
            enrollments: Together::new(Enrollments(store.clone())),
            names: KeptNames::new(store),
        }
    }
}

/// Activities by key.
pub struct Activities(Store);

impl Source for Activities {
    type Key = (OrganizationId, ActivityId);
    type Found = ActivityRow;

    fn organization(key: &Self::Key) -> OrganizationId {
        key.0
    }

    async fn read(&self, keys: &[Self::Key]) -> Result<HashMap<Self::Key, ActivityRow>, store::Error> {
        let read = async { activities::rows::get(&mut *self.0.connection().await?, keys).await };
        let rows = self.0.while_answered(Part::Transaction, read).await??.into_iter();
        let key = |row: &ActivityRow| (row.shown.activity.organization, row.shown.activity.id);
        Ok(rows.map(|row| (key(&row), row)).collect())
    }
}

/// Heads by queue.
pub struct Heads(Store);

impl Source for Heads {
    type Key = (OrganizationId, QueueId);
    type Found = QueueRow;

    fn organization(key: &Self::Key) -> OrganizationId {
        key.0
    }

    async fn read(&self, keys: &[Self::Key]) -> Result<HashMap<Self::Key, QueueRow>, store::Error> {
        let read = async { activities::rows::heads(&mut *self.0.connection().await?, keys).await };
        let heads = self.0.while_answered(Part::Transaction, read).await??.into_iter();
        let key = |row: &QueueRow| (row.activity.organization, row.activity.queue);
        Ok(heads.map(|row| (key(&row), row)).collect())
    }
}

/// Enrollments by key.
pub struct Enrollments(Store);

impl Source for Enrollments {
    type Key = (OrganizationId, EnrollmentId);
    type Found = EnrollmentRow;

    fn organization(key: &Self::Key) -> OrganizationId {
        key.0
    }

    async fn read(&self, keys: &[Self::Key]) -> Result<HashMap<Self::Key, EnrollmentRow>, store::Error> {
        let read = async { enrollments::rows::of_keys(&mut *self.0.connection().await?, keys).await };
        let rows = self.0.while_answered(Part::Transaction, read).await??.into_iter();
        let key = |row: &EnrollmentRow| (row.enrollment.organization, row.enrollment.id);
        Ok(rows.map(|row| (key(&row), row)).collect())
    }
}

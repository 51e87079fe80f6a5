//! One kind of transaction per file: lock, load, decide, save, commit, wake.
//!
//! A verb takes a [`Request`] and a command, and answers with keys; what a caller sees is read afterwards, so that a repeated request shows its
//! resources as they now stand.

mod activate_segment;
mod activate_sequence;
mod batch;
mod cancel_operation;
mod case_verbs;
mod cases;
mod close_activities;
mod close_record;
mod connect_sequence;
mod core;
mod create_api_key;
mod create_assignment_rule;
mod create_organization;
mod create_record_type;
mod create_segment;
mod create_seller;
mod create_sequence;
mod create_template;
mod deactivate_segment;
mod deactivate_sequence;
mod declare_attributes;
mod delete_assignment_rule;
mod delete_record;
mod delete_segment;
mod delete_sequence;
mod delete_template;
mod disconnect_sequence;
mod enroll_records;
mod error;
mod exit_enrollment;
mod fire_timers;
mod follow_records;
mod frame;
mod keep_house;
mod programs;
mod recent;
mod repetitions;
mod revoke_api_key;
mod route_batch;
mod route_records;
mod routing_plan;
mod rule_target;
mod run_operations;
mod secret;
mod segment_target;
mod sequence_plan;
mod sequence_verb;
mod skip_wait;
mod snooze_activities;
mod undelete_sequence;
mod update_assignment_rule;
mod update_organization;
mod update_segment;
mod update_seller;
mod update_sequence;
mod update_template;
mod upsert_batch;
mod upsert_records;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::caller::Caller;
use crate::store::Store;
use crate::wake::Wake;

use self::core::Core;
pub use activate_segment::{ActivateSegment, SegmentStarted};
pub use activate_sequence::{ActivateSequence, ActivatedSequence};
use batch::Batcher;
pub use close_record::CloseRecord;
pub use connect_sequence::ConnectSequence;
pub use create_api_key::CreateApiKey;
pub use create_assignment_rule::CreateAssignmentRule;
use enroll_records::Entry;
use frame::Frame;

pub use close_activities::{ActivityClosed, CloseActivity, CloseHow};
pub use create_organization::CreatedOrganization;
pub use create_record_type::CreateRecordType;
pub use create_segment::CreateSegment;
pub(crate) use create_segment::unknown_record_type;
pub use create_seller::CreateSeller;
pub use create_sequence::CreateSequence;
pub use create_template::CreateTemplate;
pub use deactivate_sequence::DeactivateSequence;
pub use declare_attributes::DeclareAttributes;
pub use delete_record::DeleteRecord;
pub use delete_sequence::{DeleteSequence, DeletedSequence};
pub use delete_template::DeleteTemplate;
pub use enroll_records::{EnrollRecord, Enrolled};
pub use error::{Error, Kind};
pub use exit_enrollment::{EnrollmentExited, ExitEnrollment};
pub use fire_timers::Fired;
pub use programs::Programs;
pub use route_records::Ticked;
pub use rule_target::RuleTarget;
pub use secret::Secret;
pub use segment_target::SegmentTarget;
pub use skip_wait::{SkipWait, WaitSkipped};
pub use snooze_activities::{ActivitySnoozed, SnoozeActivity};
pub use update_assignment_rule::{RulePatch, UpdateAssignmentRule};
pub use update_organization::UpdateOrganization;
pub use update_segment::{SegmentPatch, UpdateSegment};
pub use update_seller::{ProfilePatch, UpdateSeller};
pub use update_sequence::UpdateSequence;
pub use update_template::{ContentPatch, UpdateTemplate};
pub use upsert_batch::{UpsertItem, Upserted};
use upsert_records::Upserting;
pub use write::{Opened, Write};

/// Everything that writes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    core: Arc<Core>,
    batches: Batches,
    tasks: TaskTracker,
}

/// Where the calls of each kind come together.
#[derive(Debug)]
struct Batches {
    close: Batcher<Frame<CloseActivity>>,
    snooze: Batcher<Frame<SnoozeActivity>>,
    exit: Batcher<Frame<ExitEnrollment>>,
    skip_wait: Batcher<Frame<SkipWait>>,
    enroll: Batcher<Frame<Entry>>,
    upsert: Batcher<Upserting>,
}

impl Engine {
    /// An engine on this database, with this time, that tells `wake` what it changed.
    pub fn new(store: Store, clock: Clock, wake: Wake) -> Self {
        Self::with_batches_of(batch::LIMIT, store, clock, wake)
    }

    /// As [`Self::new`]; at most `batch_size` calls of one kind are written in one transaction.
    pub fn with_batches_of(batch_size: usize, store: Store, clock: Clock, wake: Wake) -> Self {
        let core = Arc::new(Core {
            store,
            clock,
            wake,
            programs: Programs::default(),
            routing_plans: Default::default(),
        });
        let tasks = TaskTracker::new();
        let batches = Batches {
            close: Batcher::new("close", Frame::new(core.clone()), batch_size, tasks.clone()),
            snooze: Batcher::new("snooze", Frame::new(core.clone()), batch_size, tasks.clone()),
            exit: Batcher::new("exit", Frame::new(core.clone()), batch_size, tasks.clone()),
            skip_wait: Batcher::new("skip_wait", Frame::new(core.clone()), batch_size, tasks.clone()),
            enroll: Batcher::new("enroll", Frame::new(core.clone()), batch_size, tasks.clone()),
            upsert: Batcher::new("upsert", Upserting { core: core.clone() }, batch_size, tasks.clone()),
        };
        Self { inner: Arc::new(Inner { core, batches, tasks }) }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.core.store
    }

    /// Does work of a loop, and gives it up when the database stops answering: see [`Store::while_answered`].
    ///
    /// # Errors
    /// The database is gone; what was committed before that stays.
    pub async fn while_answered<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        Ok(self.store().while_answered(work).await?)
    }

    /// The time, and the mint of keys.
    pub fn clock(&self) -> &Clock {
        &self.inner.core.clock
    }

    /// Who is told after a commit.
    pub fn wake(&self) -> &Wake {
        &self.inner.core.wake
    }

    /// Compiled revisions, as this server keeps them.
    pub fn programs(&self) -> &Programs {
        &self.inner.core.programs
    }

    /// Waits until no batch is under way: also the items of callers that went away are done then.
    pub async fn rest(&self) {
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.tasks.reopen();
    }

    fn core(&self) -> &Core {
        &self.inner.core
    }

    /// What is under way and has to end before the server does.
    fn tasks(&self) -> &TaskTracker {
        &self.inner.tasks
    }

    fn batches(&self) -> &Batches {
        &self.inner.batches
    }
}

/// Who asks, when, for what, and how a repetition is recognised.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// The full name of the RPC, like `upnext.v1.SellerService/CreateSeller`.
    pub method: &'static str,
    /// How a repetition is recognised; none: every request is a new one.
    pub repetition: Option<Repetition>,
}

/// A caller's own id for a request, and what it asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// The `request_id`.
    pub request_id: Uuid,
    /// A hash of the request without its id: the same id with other content is refused.
    pub fingerprint: [u8; 32],
}

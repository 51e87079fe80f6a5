//! All writes. A folder per noun, and in it a file per kind of transaction: lock, load, decide,
//! save, commit, wake.
//!
//! A verb takes a [`Request`] and a command, and returns keys. The API reads the resources
//! afterwards, so a repeated request shows them in their current state.

mod cases;
mod frame;
mod problems;
mod publish_events;
mod records;
mod routing;
mod segments;
mod sequences;
mod tenants;
mod webhooks;

use std::sync::Arc;

use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::store::{Part, Store};
use crate::wake::Wake;

use cases::acquire_activities::Acquiring;
use cases::create_activity::Making;
use cases::enroll_records::Entry;
use frame::batchers::Batchers;
use frame::core::Core;
use frame::verb::{Frame, Verb};
use records::upsert_records::Upserting;
use routing::pace::Pace;
use routing::route_records::BATCH;
use routing::run_operations::CHUNK;

pub use cases::acquire_activities::{AcquireActivities, Acquired};
pub use cases::act_on_enrollment::{ActOnEnrollment, EnrollmentChanged};
pub use cases::act_on_enrollments::{ActOnEnrollments, EnrollmentsActedOn};
pub use cases::cancel_activity::CancelActivity;
pub use cases::close_activities::{ActivityClosed, CloseActivity, CloseHow, Decided};
pub use cases::create_activity::{ActivityCreated, CreateActivity};
pub use cases::enroll_records::{EnrollRecord, Enrolled};
pub use cases::explain_enrollment::ExplainedEnrollment;
pub use cases::fire_timers::Fired;
pub use cases::leases::{ExtendLease, ReleaseActivity};
pub use cases::reassign_activities::{ActivityReassigned, ReassignActivity};
pub use cases::reopen_activity::{ActivityReopened, ReopenActivity};
pub use cases::send_emails::{BeginSending, Begun, FinishSending};
pub use cases::skip_wait::{SkipWait, WaitSkipped};
pub use cases::snooze_activities::{ActivityChanged, SnoozeActivity};
pub use cases::unsnooze_activity::UnsnoozeActivity;
pub use cases::update_activity::{ActivityUpdated, UpdateActivity};
pub use cases::update_enrollment::UpdateEnrollment;
pub use frame::error::{Error, Kind};
pub use frame::programs::{Compiled, Programs};
pub use frame::request::{Repetition, Request};
pub use frame::write::{Opened, Write};
pub use records::close_record::CloseRecord;
pub use records::create_record_type::CreateRecordType;
pub use records::declare_attributes::DeclareAttributes;
pub use records::delete_attribute::DeletedAttribute;
pub use records::delete_record::{DeleteEffect, DeleteRecord};
pub use records::hand_back_records::HandBackRecords;
pub use records::ingest_events::{Ingested, ToldEvent};
pub use records::merge_records::{MergeRecords, RecordsMerged};
pub use records::reassign_records::{ReassignRecords, RecordsReassigned};
pub use records::reopen_record::ReopenRecord;
pub use records::update_attribute::AttributePatch;
pub use records::update_record_type::RecordTypeTarget;
pub use records::upsert_batch::{UpsertItem, Upserted};
pub use routing::forecast::{Supposition, Walk};
pub use routing::route_records::Ticked;
pub use routing::run_assignment::{AssignmentPreview, AssignmentRun};
pub use segments::activate_segment::{ActivateSegment, SegmentStarted};
pub use segments::clone_segment::CloneSegment;
pub use segments::connect_sequence::ConnectSequence;
pub use segments::create_assignment_rule::CreateAssignmentRule;
pub use segments::create_segment::CreateSegment;
pub(crate) use segments::create_segment::unknown_record_type;
pub use segments::rule_target::{CandidateNames, RuleTarget};
pub use segments::segment_target::SegmentTarget;
pub use segments::update_assignment_rule::{RulePatch, UpdateAssignmentRule};
pub use segments::update_segment::{SegmentPatch, UpdateSegment};
pub use sequences::activate_sequence::{ActivateSequence, ActivatedSequence};
pub use sequences::clone_sequence::{CloneSequence, Original};
pub use sequences::create_sequence::CreateSequence;
pub use sequences::create_template::CreateTemplate;
pub use sequences::deactivate_sequence::{DeactivateSequence, DeactivatedSequence};
pub use sequences::decide_split::DecideSplit;
pub use sequences::delete_sequence::{DeleteSequence, DeletedSequence};
pub use sequences::delete_template::DeleteTemplate;
pub use sequences::reassign_sequences::{ReassignSequences, Whose};
pub use sequences::simulate_sequence::{SimulateSequence, Simulated};
pub use sequences::sketch::Sketch;
pub use sequences::update_sequence::UpdateSequence;
pub use sequences::update_template::{ContentPatch, UpdateTemplate};
pub use sequences::validate_sequence::Validated;
pub use tenants::create_api_key::CreateApiKey;
pub use tenants::create_calendar::CreateCalendar;
pub use tenants::create_organization::CreatedOrganization;
pub use tenants::create_seller::CreateSeller;
pub use tenants::create_team::CreateTeam;
pub use tenants::create_view::CreateView;
pub use tenants::delete_calendar::DeleteCalendar;
pub use tenants::delete_seller::DeleteSeller;
pub use tenants::delete_team::DeleteTeam;
pub use tenants::import_calendar_events::{ImportCalendarEvents, ImportedEvents};
pub use tenants::rotate_api_key::RotateApiKey;
pub use tenants::secret::Secret;
pub use tenants::update_calendar::{SchedulePatch, UpdateCalendar};
pub use tenants::update_organization::UpdateOrganization;
pub use tenants::update_seller::{ProfilePatch, UpdateSeller};
pub use tenants::update_team::{TeamPatch, UpdateTeam};
pub use tenants::update_view::{DeleteView, UpdateView};
pub use webhooks::change_webhook::{WebhookPatch, WebhookTarget};
pub use webhooks::create_webhook::CreateWebhook;
pub use webhooks::signing_secret::SigningSecret;

/// All writes to one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    core: Arc<Core>,
    batches: Batches,
}

/// One batcher per kind of call and organization: a transaction writes rows of one organization.
#[derive(Debug)]
struct Batches {
    close: Batchers<Frame<CloseActivity>>,
    snooze: Batchers<Frame<SnoozeActivity>>,
    unsnooze: Batchers<Frame<UnsnoozeActivity>>,
    reassign: Batchers<Frame<ReassignActivity>>,
    cancel: Batchers<Frame<CancelActivity>>,
    acquire: Batchers<Frame<Acquiring>>,
    extend_lease: Batchers<Frame<ExtendLease>>,
    release: Batchers<Frame<ReleaseActivity>>,
    update: Batchers<Frame<UpdateEnrollment>>,
    skip_wait: Batchers<Frame<SkipWait>>,
    act: Batchers<Frame<ActOnEnrollment>>,
    enroll: Batchers<Frame<Entry>>,
    create: Batchers<Frame<Making>>,
    upsert: Batchers<Upserting>,
}

impl Engine {
    /// Creates an engine on a database. It tells `wake` what it changed.
    pub fn new(store: Store, clock: Clock, wake: Wake) -> Self {
        Self::with_batches_of(frame::batch::LIMIT, store, clock, wake)
    }

    /// Like [`Self::new`], but writes at most `batch_size` calls of one kind in one transaction.
    pub fn with_batches_of(batch_size: usize, store: Store, clock: Clock, wake: Wake) -> Self {
        let core = Arc::new(Core {
            store,
            clock,
            wake,
            programs: Programs::default(),
            routing_plans: Default::default(),
            routing_pace: Pace::of(BATCH),
            operation_pace: Pace::of(CHUNK),
            successes: Default::default(),
            tasks: TaskTracker::new(),
        });
        let tasks = core.tasks.clone();

        let batches = Batches {
            close: verb_batchers("close", &core, batch_size, &tasks),
            snooze: verb_batchers("snooze", &core, batch_size, &tasks),
            unsnooze: verb_batchers("unsnooze", &core, batch_size, &tasks),
            reassign: verb_batchers("reassign", &core, batch_size, &tasks),
            cancel: verb_batchers("cancel", &core, batch_size, &tasks),
            acquire: verb_batchers("acquire", &core, batch_size, &tasks),
            extend_lease: verb_batchers("extend_lease", &core, batch_size, &tasks),
            release: verb_batchers("release", &core, batch_size, &tasks),
            update: verb_batchers("update", &core, batch_size, &tasks),
            skip_wait: verb_batchers("skip_wait", &core, batch_size, &tasks),
            act: verb_batchers("act", &core, batch_size, &tasks),
            enroll: verb_batchers("enroll", &core, batch_size, &tasks),
            create: verb_batchers("create", &core, batch_size, &tasks),
            upsert: Batchers::new("upsert", Upserting { core: core.clone() }, batch_size, tasks.clone()),
        };

        Self { inner: Arc::new(Inner { core, batches }) }
    }

    /// Returns the database.
    pub fn store(&self) -> &Store {
        &self.inner.core.store
    }

    /// Runs the work of a loop, and gives up when the database stops answering: see
    /// [`Store::while_answered`].
    ///
    /// # Errors
    /// The database is gone. What was committed before stays.
    pub fn while_answered<T>(&self, work: impl Future<Output = T>) -> impl Future<Output = Result<T, Error>> {
        let answered = self.store().while_answered(Part::Whole, work);
        async { Ok(answered.await?) }
    }

    /// Returns the clock, which also makes new keys.
    pub fn clock(&self) -> &Clock {
        &self.inner.core.clock
    }

    /// Returns what is woken after a commit.
    pub fn wake(&self) -> &Wake {
        &self.inner.core.wake
    }

    /// Returns this server's cache of compiled revisions.
    pub fn programs(&self) -> &Programs {
        &self.inner.core.programs
    }

    /// Waits until no batch is running. Then even the started items of callers that went away are
    /// written.
    pub async fn rest(&self) {
        // `wait` only returns while the tracker is closed.
        self.core().tasks.close();
        self.core().tasks.wait().await;
        self.core().tasks.reopen();
    }

    fn core(&self) -> &Core {
        &self.inner.core
    }

    /// Returns the running tasks. The server waits for them before it ends.
    fn tasks(&self) -> &TaskTracker {
        &self.inner.core.tasks
    }

    fn batches(&self) -> &Batches {
        &self.inner.batches
    }
}

fn verb_batchers<V: Verb>(
    name: &'static str,
    core: &Arc<Core>,
    batch_size: usize,
    tasks: &TaskTracker,
) -> Batchers<Frame<V>> {
    Batchers::new(name, Frame::new(core.clone()), batch_size, tasks.clone())
}

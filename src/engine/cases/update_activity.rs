//! Changes what sellers note on activities: the marks of open ones, and the notes of all. Of open
//! manual ones, changes the text and the due time.
//!
//! Not batched like the other verbs of activities: it acts on closed ones, too, and nobody writes
//! notes by the thousand.

use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::enrollment::Enrollment;
use crate::domain::flow::Flow;
use crate::domain::handling::Notes;
use crate::domain::id::ActivityId;
use crate::domain::manual_activity::{Edit, ManualActivity, ManualPatch};
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::cases::load::check_record;
use crate::engine::cases::verbs::{Subject, is_in, was_closed};
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::activities::reopening::{self, Belongings};
use crate::store::activities::{self, ClosedActivityRow, LockMiss, manual, notes};
use crate::store::enrollments::Locking;
use crate::store::{changes, enrollments, routing};

/// Changes what sellers note on an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// The new values.
    pub notes: Notes,
    /// The new text and due time. Empty unless it is a manual activity.
    pub content: ManualPatch,
}

/// The answer to updating an activity. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityUpdated {
    /// The activity.
    pub activity: ActivityId,
}

/// What a change of a manual activity would write.
struct Prepared {
    /// The next revision of its text. `None`: the text stays.
    next: Option<ManualActivity>,
    /// Everything that is wrong.
    found: Violations,
}

/// A closed activity.
struct Closed {
    row: ClosedActivityRow,
    version: i64,
}

impl Engine {
    /// Changes what sellers note on one activity, or a manual one itself.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] for the note, the text and the due time.
    /// - [`Error::Refused`] with `ActivityClosed` for anything but the note of a closed activity,
    ///   or if its record is deleted; with `ActivityNotManual` for the text of others.
    pub async fn update_activity(
        &self,
        request: &Request,
        command: UpdateActivity,
    ) -> Result<ActivityUpdated, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let (case, closed) = self.lock_either(&mut write, &command).await?;
        let prepared = command.prepare(&mut write, &case).await?;
        let (mut decided, checked) = self.core().decide(write.now(), |flow| match &closed {
            None => command.apply(&case, prepared.as_ref(), request, flow),
            Some(closed) => command.check_closed(&case, closed, request),
        });
        checked?;

        decided.manual_texts.extend(prepared.and_then(|prepared| prepared.next));
        changes::save_rows(write.conn(), &decided).await?;
        if let (Some(_), Some(note)) = (&closed, &command.notes.note) {
            let organization = write.organization();
            notes::rewrite(write.conn(), organization, command.activity, note).await?;
        }
        // Callers are shown the activity as it is then.
        let answer = ActivityUpdated { activity: command.activity };
        write.commit_with_queues(&answer, decided).await?;
        Ok(answer)
    }

    /// Locks and loads the case of an activity. If the activity is closed, returns how.
    async fn lock_either(
        &self,
        write: &mut Write,
        command: &UpdateActivity,
    ) -> Result<(Case, Option<Closed>), Error> {
        let (organization, activity, now) = (write.organization(), command.activity, write.now());
        let missing = || Subject::Activity(activity).missing();
        let found = reopening::belongings(write.conn(), organization, activity).await?;
        let Belongings { enrollment, record, .. } = found.ok_or_else(missing)?;

        // A deletion of the record erases what was written about it. Nothing may come afterwards.
        if command.notes.note.is_some() || command.content.has_words() {
            routing::lock_records(write.conn(), organization, &[record]).await?;
        }
        let key = (organization, enrollment);
        enrollments::lock(write.conn(), &[key], Locking::Wait).await?;

        let case = self.core().load_cases(write.conn(), &[key], now).await?.pop().ok_or_else(missing)?;
        check_record(&case, record)?;
        if case.open.as_ref().is_some_and(|open| open.id == activity) {
            return Ok((case, None));
        }
        // Its enrollment is locked, so it stays closed.
        let mut closed = activities::why_not_locked(write.conn(), &[(organization, activity)]).await?;
        let version = notes::closed_version(write.conn(), organization, activity).await?;
        match (closed.remove(&(organization, activity)), version) {
            (Some(LockMiss::Closed(row)), Some(version)) => Ok((case, Some(Closed { row, version }))),
            _ => Err(Error::Fault("an activity is neither open nor closed")),
        }
    }
}

impl UpdateActivity {
    /// Prepares the change of a manual activity. `None` if the call asks for none, or it isn't one.
    async fn prepare(&self, write: &mut Write, case: &Case) -> Result<Option<Prepared>, Error> {
        if self.content.is_empty() || !case.enrollment.is_manual_activity() {
            return Ok(None);
        }
        let Enrollment { organization, sequence, revision, .. } = case.enrollment;
        let now = write.now();
        let text = manual::get(write.conn(), &[(organization, sequence, revision)]).await?.pop();
        let text = text.ok_or(Error::Fault("a manual activity has no text"))?;
        let (next, found) = text.patched(write, &self.content, now).await?;
        Ok(Some(Prepared { next, found }))
    }

    fn apply(
        &self,
        case: &Case,
        prepared: Option<&Prepared>,
        request: &Request,
        flow: &mut Flow<'_>,
    ) -> Result<(), Error> {
        let subject = Subject::Activity(self.activity);
        if !is_in(request.caller.scope(), case) {
            return Err(subject.missing());
        }
        let open = case.activity()?;
        subject.check_version(self.expected_version, open.version)?;
        if prepared.is_none() && !self.content.is_empty() {
            return Err(Error::Refused(Refusal::ActivityNotManual { activity: self.activity }));
        }
        let mut found = self.wrong_note(case)?;
        found.extend(prepared.map(|prepared| prepared.found.clone()).unwrap_or_default());
        found.into_result(())?;

        let revision = prepared.and_then(|prepared| prepared.next.as_ref()).map(|next| next.revision);
        let edit = Edit { revision, due_time: self.content.due_time };
        Ok(case.update(&self.notes, edit, request.actor(), flow)?)
    }

    /// Checks that the note of a closed activity can be changed, and that nothing else is asked.
    fn check_closed(&self, case: &Case, closed: &Closed, request: &Request) -> Result<(), Error> {
        let (subject, scope) = (Subject::Activity(self.activity), request.caller.scope());
        if !(scope.has_owner(closed.row.owner) || scope.has_queue(closed.row.queue)) {
            return Err(subject.missing());
        }
        subject.check_version(self.expected_version, closed.version)?;
        let marks = self.notes.read.is_some() || self.notes.followed.is_some() || !self.content.is_empty();
        // What was written about a deleted record is erased, and stays so.
        if marks || case.facts.target.is_none() {
            return Err(was_closed(&closed.row));
        }
        Ok(self.wrong_note(case)?.into_result(())?)
    }

    fn wrong_note(&self, case: &Case) -> Result<Violations, Error> {
        let note = self.notes.note.as_deref().unwrap_or_default();
        Ok(case.settings()?.limits.check_description("note", note))
    }
}

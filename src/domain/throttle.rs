//! Throttles: how many enrollments of a sequence a seller gets. A record that comes when its seller
//! has no place waits in line. The oldest in line begins when the day turns, or another one ends.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar;
use super::caller::Actor;
use super::case::{Broken, Case};
use super::enrollment::{Enrollment, Position};
use super::flow::{Advance, Basis, Flow, Target};
use super::history::{HistoryDetail, HistoryKind};
use super::id::{EnrollmentId, OrganizationId, QueueId, SequenceId};
use super::timer::{Timer, TimerKind, WaitReason};

/// What a sequence lets each seller have. 0: any number. Values that are 0 are not stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Throttle {
    /// The most enrollments that begin in a day.
    #[serde(skip_serializing_if = "is_zero")]
    pub new_per_seller_and_day: i32,
    /// The most enrollments that have begun and not ended.
    #[serde(skip_serializing_if = "is_zero")]
    pub active_per_seller: i32,
}

/// The end of the wait of those who begin when another one ends: nobody can say when.
pub const UNKNOWN: DateTime<Utc> = match DateTime::from_timestamp(253_402_214_400, 0) {
    Some(last_day_of_9999) => last_day_of_9999,
    None => DateTime::<Utc>::MAX_UTC,
};

/// The reason of those who are pending because they wait in line. It is stored, and the same in the
/// proto. Never change it.
pub const THROTTLED: (i16, &str) = (160, "THROTTLED");

/// Returns the end of a wait, unless it is [`UNKNOWN`].
pub fn known(until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(until).filter(|until| *until < UNKNOWN)
}

/// The key of a line: the sequence, and the queue of the seller.
pub type LineKey = (OrganizationId, SequenceId, QueueId);

/// The places of a seller in a sequence, and those who wait for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the sequence allows.
    pub throttle: Throttle,
    /// The zone whose days count.
    pub zone: Tz,
    /// How many began today.
    pub begun_today: i64,
    /// How many have begun and not ended.
    pub active: i64,
    /// How many wait in line and aren't paused.
    pub waiting: i64,
}

/// The place of an enrollment in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: LineKey,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// When it began. `None` while it waits in line, or if that doesn't change.
    pub begin_time: Option<DateTime<Utc>>,
    /// When it ended. `None` before.
    pub end_time: Option<DateTime<Utc>>,
}

impl Throttle {
    /// True if it limits nothing.
    pub fn is_off(self) -> bool {
        self == Self::default()
    }
}

impl Line {
    /// Returns how many may begin now.
    pub fn free(&self) -> i64 {
        self.left_today().min(left(self.throttle.active_per_seller, self.active))
    }

    fn left_today(&self) -> i64 {
        left(self.throttle.new_per_seller_and_day, self.begun_today)
    }

    /// Returns when one begins that has so many ahead of it in line, as far as anybody can say:
    /// earlier if some of them leave the line, later if those who are active stay long.
    pub fn begin_time(&self, ahead: i64, now: DateTime<Utc>) -> DateTime<Utc> {
        if ahead < self.free() {
            return now;
        }
        let beyond = ahead - self.left_today();
        if beyond < 0 {
            // Its day has come, but all places are taken.
            return UNKNOWN;
        }
        // Today's are used up, and each day has as many again.
        let days = 1 + beyond / i64::from(self.throttle.new_per_seller_and_day.max(1));
        let midnight = u64::try_from(days).ok().and_then(|days| {
            let today = calendar::shown(self.zone, now);
            calendar::midnight(today, days)
        });
        midnight.map_or(UNKNOWN, |midnight| calendar::instant(self.zone, midnight)).min(UNKNOWN)
    }
}

fn left(most: i32, taken: i64) -> i64 {
    if most == 0 { i64::MAX } else { (i64::from(most) - taken).max(0) }
}

// Serde asks with a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_zero(value: &i32) -> bool {
    *value == 0
}

impl Enrollment {
    /// Returns its place in a line. `None` if its sequence had no throttle when it was enrolled.
    fn placed(&self) -> Option<Place> {
        let line = (self.organization, self.sequence, self.place?);
        Some(Place { line, enrollment: self.id, begin_time: None, end_time: None })
    }

    /// True if it waits in a line.
    pub fn waits_in_line(&self) -> bool {
        matches!(self.position.waiting(), Some((_, WaitReason::Throttle)))
    }
}

impl Flow<'_> {
    /// Gives a new enrollment its place in a line. Returns until when it waits there. `None`: it
    /// begins now.
    pub(super) fn line_up(&mut self, enrollment: &Enrollment, basis: Basis<'_>) -> Option<DateTime<Utc>> {
        let place = enrollment.placed()?;
        let line = self.changes.line_now(basis.facts.line?, place.line);

        let begins = line.waiting == 0 && line.free() > 0;
        self.changes.take_place(Place { begin_time: begins.then_some(self.now), ..place });
        (!begins).then(|| line.begin_time(line.waiting, self.now))
    }

    /// Moves an enrollment that waits in a line, even a paused one, to that of this queue.
    pub(super) fn move_in_line(&mut self, enrollment: &mut Enrollment, queue: QueueId) {
        let Some(before) = enrollment.placed().filter(|place| place.line.2 != queue) else { return };
        self.changes.leave_line(before);
        enrollment.place = Some(queue);
        enrollment.placed().into_iter().for_each(|place| self.changes.take_place(place));
        self.changes.in_full.insert(enrollment.id);
    }

    /// Notes that an enrollment begins, which waited in a line or for its start.
    pub(super) fn begin_place(&mut self, enrollment: &Enrollment) {
        let Some(place) = enrollment.placed() else { return };
        let begun = Place { begin_time: Some(self.now), ..place };
        match enrollment.position.waiting() {
            Some((_, WaitReason::Throttle)) => self.changes.change_place(begun),
            // Before its start it isn't in the line.
            Some((_, WaitReason::Start)) => self.changes.take_place(begun),
            _ => {}
        }
    }

    /// Frees the place of an enrollment that is about to end, for those who wait.
    pub(super) fn free_place(&mut self, enrollment: &Enrollment) {
        let Some(place) = enrollment.placed() else { return };
        match enrollment.position.planned_wait() {
            Some((_, WaitReason::Throttle)) => self.changes.leave_line(place),
            // Before its start it isn't in the line.
            Some((_, WaitReason::Start)) => return,
            _ => self.changes.change_place(Place { end_time: Some(self.now), ..place }),
        }
        self.serve_line(place.line, enrollment.id);
    }

    /// Like [`Flow::free_place`], of one that ends while it goes from step to step.
    pub(super) fn complete_place(&mut self, enrollment: &Enrollment) {
        if let Some(place) = enrollment.placed() {
            self.changes.change_place(Place { end_time: Some(self.now), ..place });
            self.serve_line(place.line, enrollment.id);
        }
    }

    /// Lets a line be served, because somebody there may begin now. The enrollment is any in its
    /// sequence.
    pub fn serve_line(&mut self, (organization, _, queue): LineKey, enrollment: EnrollmentId) {
        // Several may ask for it at the same time, so each has a key of its own.
        let (kind, subject) = (TimerKind::Line, (self.mint)());
        let timer = Timer { organization, due_at: self.now, kind, subject, enrollment };
        self.changes.set_timer(timer, queue);
    }

    /// Like [`Flow::serve_line`], because one that is about to be paused leaves its turn to others.
    pub(super) fn pass_turn(&mut self, enrollment: &Enrollment) {
        if let Some(place) = enrollment.placed().filter(|_| enrollment.waits_in_line()) {
            self.serve_line(place.line, enrollment.id);
        }
    }
}

impl Case {
    /// Begins the enrollment, which has waited in line.
    ///
    /// # Errors
    /// The case is broken.
    pub fn begin_in_turn(&self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        if let Some((until, WaitReason::Throttle)) = self.enrollment.position.waiting() {
            self.leave_wait(until, (HistoryKind::WaitEnded, Actor::UPNEXT), flow.now, flow)?;
        }
        Ok(())
    }

    /// Lets the enrollment, which waits in line, wait until another time.
    ///
    /// # Errors
    /// The case is broken.
    pub fn wait_in_line_until(&self, until: DateTime<Utc>, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let waits = self.enrollment.waits_in_line();
        if waits && self.enrollment.position.waiting() != Some((until, WaitReason::Throttle)) {
            self.wait_in_line(self.enrollment.clone(), until, self.target()?.queue, flow);
        }
        Ok(())
    }

    /// Leaves its turn to those behind, because the case is broken. Returns the timer that is to be
    /// held. It is due by now, so that it is tried again. `None` if it waits in no line.
    pub fn stand_aside(&self, flow: &mut Flow<'_>) -> Option<Timer> {
        let (until, _) = self.enrollment.position.waiting().filter(|_| self.enrollment.waits_in_line())?;
        if until <= flow.now {
            return self.enrollment.timer();
        }
        let (enrollment, queue) = (self.enrollment.clone(), self.enrollment.place?);
        self.wait_in_line(enrollment, flow.now, queue, flow).enrollment.timer()
    }

    /// Lets the enrollment, whose start has come, join the line of its record's owner.
    ///
    /// # Errors
    /// The case is broken.
    pub(super) fn join_line(&self, flow: &mut Flow<'_>) -> Result<Advance, Broken> {
        let target = self.target()?;
        let enrollment = Enrollment { place: Some(target.queue), ..self.enrollment.clone() };
        enrollment.placed().into_iter().for_each(|place| flow.changes.take_place(place));
        flow.changes.in_full.insert(enrollment.id);
        Ok(self.wait_in_line(enrollment, flow.now, target.queue, flow))
    }

    /// Moves the enrollment to the line of another owner, if it waits in one. Returns true if it
    /// did.
    pub(super) fn change_line(&self, target: &Target, flow: &mut Flow<'_>) -> bool {
        let before = self.enrollment.placed().filter(|_| self.enrollment.waits_in_line());
        let Some(before) = before.filter(|place| place.line.2 != target.queue) else { return false };
        flow.serve_line(before.line, self.enrollment.id);

        let mut enrollment = self.enrollment.clone();
        flow.move_in_line(&mut enrollment, target.queue);
        self.wait_in_line(enrollment, flow.now, target.queue, flow);
        true
    }

    /// Waits in line until `until`, when the line is served.
    fn wait_in_line(
        &self,
        mut enrollment: Enrollment,
        until: DateTime<Utc>,
        queue: QueueId,
        flow: &mut Flow<'_>,
    ) -> Advance {
        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        enrollment.position = Position::Waiting { until, reason: WaitReason::Throttle };
        enrollment.timer().into_iter().for_each(|timer| flow.changes.set_timer(timer, queue));

        let detail = HistoryDetail { planned: known(until), ..HistoryDetail::default() };
        flow.note(&enrollment, HistoryKind::WaitRescheduled, Actor::UPNEXT, detail);
        flow.moved(enrollment, None)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn line(new_per_seller_and_day: i32, active_per_seller: i32, begun_today: i64, active: i64) -> Line {
        let throttle = Throttle { new_per_seller_and_day, active_per_seller };
        Line { throttle, zone: chrono_tz::Europe::Berlin, begun_today, active, waiting: 0 }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn both_limits_count_and_none_lets_everybody_begin() {
        assert_eq!(line(0, 0, 7, 7).free(), i64::MAX);
        assert_eq!(line(3, 0, 1, 9).free(), 2);
        assert_eq!(line(3, 5, 1, 4).free(), 1);
        assert_eq!(line(3, 5, 4, 6).free(), 0, "it is lowered below what there is");
    }

    #[test]
    fn whoever_waits_begins_at_the_sellers_midnight_of_its_day() {
        let now = at("2026-03-28T22:30:00Z");
        let full = line(2, 0, 2, 2);
        let begins = |ahead| full.begin_time(ahead, now);
        // 23:30 in Berlin. The clocks change in the next night.
        assert_eq!((begins(0), begins(1)), (at("2026-03-28T23:00:00Z"), at("2026-03-28T23:00:00Z")));
        assert_eq!((begins(2), begins(4)), (at("2026-03-29T22:00:00Z"), at("2026-03-30T22:00:00Z")));
        let half = line(2, 0, 1, 1);
        assert_eq!((half.begin_time(0, now), half.begin_time(1, now)), (now, at("2026-03-28T23:00:00Z")));
    }

    #[test]
    fn nobody_can_say_when_another_one_ends() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(known(line(0, 2, 0, 2).begin_time(0, now)), None);
        assert_eq!(known(line(3, 2, 1, 2).begin_time(1, now)), None);
        assert_eq!(known(line(3, 2, 1, 2).begin_time(2, now)), Some(at("1970-01-01T23:00:00Z")));
        assert_eq!(known(now + TimeDelta::days(1)), Some(now + TimeDelta::days(1)));
    }

    #[test]
    fn what_limits_nothing_is_stored_as_nothing() {
        let stored = |throttle| serde_json::to_value(throttle).expect("plain data");
        assert_eq!(stored(Throttle::default()), serde_json::json!({}));
        let some = Throttle { new_per_seller_and_day: 3, active_per_seller: 0 };
        assert_eq!(stored(some), serde_json::json!({"new_per_seller_and_day": 3}));
        assert!(Throttle::default().is_off() && !some.is_off());
    }
}

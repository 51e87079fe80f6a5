//! How an enrollment went, as a person judges it.

use super::caller::Actor;
use super::case::Case;
use super::enrollment::Enrollment;
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};

impl Case {
    /// Notes how the enrollment went. Empty: nobody has judged. The same disposition changes
    /// nothing.
    pub fn dispose(&self, disposition: &str, by: Actor, flow: &mut Flow<'_>) {
        if let Some(enrollment) = self.judged(disposition, by, flow) {
            flow.moved(enrollment, None);
        }
    }

    /// Like [`Self::dispose`], but leaves it to the decision that follows to save the enrollment,
    /// which the case returned has. Empty: the disposition stays.
    #[must_use]
    pub fn disposed(&self, disposition: &str, by: Actor, flow: &mut Flow<'_>) -> Option<Case> {
        let judged = Some(disposition).filter(|word| !word.is_empty());
        let enrollment = judged.and_then(|word| self.judged(word, by, flow))?;
        Some(Case { enrollment, ..self.clone() })
    }

    /// Notes the judgment, and returns the enrollment with it. `None` if it has it already.
    fn judged(&self, disposition: &str, by: Actor, flow: &mut Flow<'_>) -> Option<Enrollment> {
        let disposition = Some(disposition).filter(|word| !word.is_empty()).map(str::to_owned);
        if disposition == self.enrollment.disposition {
            return None;
        }

        let detail = HistoryDetail { outcome: disposition.clone(), ..HistoryDetail::default() };
        flow.note(&self.enrollment, HistoryKind::DispositionSet, by, detail);
        flow.changes.in_full.insert(self.enrollment.id);
        Some(Enrollment { disposition, ..self.enrollment.clone() })
    }
}

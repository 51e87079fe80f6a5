//! What differs between two definitions, step by step.

use std::collections::{HashMap, HashSet};

use super::definition::Step;

/// A step that differs. One that is only in one of the definitions has no other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// The step before. `None` if it was added.
    pub before: Option<&'a Step>,
    /// The step afterwards. `None` if it was removed.
    pub after: Option<&'a Step>,
    /// True if other steps come before it than before, as far as both definitions have them.
    pub is_moved: bool,
}

/// Returns the steps that differ, matched by their ids. They stand in the order of `after`, and
/// removed ones where they were.
pub fn between<'a>(before: &[&'a Step], after: &[&'a Step]) -> Vec<Difference<'a>> {
    let staying = staying(before, after);
    let of_id = |steps: &[&'a Step]| -> HashMap<&'a str, &'a Step> {
        steps.iter().map(|step| (step.step_id.as_str(), *step)).collect()
    };
    let (known, kept) = (of_id(before), of_id(after));
    let stays = |step: &&&Step| staying.contains(step.step_id.as_str());

    let mut found = Vec::new();
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        while let Some(step) = old.next_if(|step| !stays(step)) {
            if !kept.contains_key(step.step_id.as_str()) {
                found.push(Difference { before: Some(*step), after: None, is_moved: false });
            }
        }
        while let Some(step) = new.next_if(|step| !stays(step)) {
            let before = known.get(step.step_id.as_str()).copied();
            found.push(Difference { before, after: Some(*step), is_moved: before.is_some() });
        }

        // Both are now at the same step, or at their ends.
        let (Some(before), Some(after)) = (old.next(), new.next()) else { return found };
        if before != after {
            found.push(Difference { before: Some(*before), after: Some(*after), is_moved: false });
        }
    }
}

/// Returns the ids of as many steps as possible that have the same order in both definitions.
fn staying<'a>(before: &[&'a Step], after: &[&'a Step]) -> HashSet<&'a str> {
    let place: HashMap<&str, usize> =
        before.iter().enumerate().map(|(place, step)| (step.step_id.as_str(), place)).collect();
    let common: Vec<(&'a str, usize)> = after
        .iter()
        .filter_map(|step| Some((step.step_id.as_str(), *place.get(step.step_id.as_str())?)))
        .collect();

    // The longest rising run that ends at each step: its length, and the step before.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(common.len());
    for (index, (_, place)) in common.iter().enumerate() {
        let earlier = (0..index).filter(|earlier| common[*earlier].1 < *place);
        let best = earlier.max_by_key(|earlier| runs[*earlier].0);
        runs.push((best.map_or(1, |best| runs[best].0 + 1), best));
    }

    let last = (0..runs.len()).max_by_key(|index| runs[*index].0);
    std::iter::successors(last, |index| runs[*index].1).map(|index| common[index].0).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::step::{StepKind, Task};

    fn step(step_id: &str, display_name: &str) -> Step {
        let (step_id, display_name) = (step_id.to_owned(), display_name.to_owned());
        Step {
            step_id,
            display_name,
            description: String::new(),
            auto_skip_after: None,
            assign_to: None,
            kind: StepKind::Task(Task {}),
            paths: Vec::new(),
        }
    }

    /// The differences as signs and ids: `+` added, `-` removed, `~` changed, `>` moved.
    fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let steps =
            |given: &[(&str, &str)]| given.iter().map(|(id, name)| step(id, name)).collect::<Vec<_>>();
        let (before, after) = (steps(before), steps(after));
        let (before, after): (Vec<&Step>, Vec<&Step>) = (before.iter().collect(), after.iter().collect());
        let tell = |one: Difference<'_>| match (one.before, one.after) {
            (None, Some(after)) => format!("+{}", after.step_id),
            (Some(before), None) => format!("-{}", before.step_id),
            (_, Some(after)) if one.is_moved => format!(">{}", after.step_id),
            (_, Some(after)) => format!("~{}", after.step_id),
            (None, None) => unreachable!("a step is on one side at least"),
        };
        between(&before, &after).into_iter().map(tell).collect()
    }

    #[test]
    fn added_removed_changed_and_moved_steps_are_told_in_order() {
        let before = [("a", ""), ("b", ""), ("c", ""), ("d", "")];
        assert_eq!(told(&before, &before), Vec::<String>::new());
        assert_eq!(told(&before, &[("a", ""), ("x", ""), ("c", "new"), ("d", "")]), ["-b", "+x", "~c"]);
        assert_eq!(told(&before, &[("d", ""), ("a", ""), ("b", ""), ("c", "")]), [">d"]);
        assert_eq!(told(&[], &before), ["+a", "+b", "+c", "+d"]);
        assert_eq!(told(&before, &[]), ["-a", "-b", "-c", "-d"]);
    }

    proptest! {
        /// Each step that differs is told once, and nothing else.
        #[test]
        fn every_difference_is_told_once(
            before in prop::collection::btree_map("[a-f]", "[xy]", 0..6), after in prop::collection::btree_map("[a-f]", "[xy]", 0..6),
            turned in any::<bool>(),
        ) {
            let list = |steps: &std::collections::BTreeMap<String, String>| -> Vec<Step> {
                steps.iter().map(|(id, name)| step(id, name)).collect()
            };
            let (old, mut new) = (list(&before), list(&after));
            if turned { new.reverse() }
            let (old, new): (Vec<&Step>, Vec<&Step>) = (old.iter().collect(), new.iter().collect());
            let found = between(&old, &new);
            let ids: Vec<&str> = found.iter().filter_map(|one| one.after.or(one.before)).map(|step| step.step_id.as_str()).collect();
            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
            for id in before.keys().chain(after.keys()) {
                let differs = before.get(id) != after.get(id);
                prop_assert!(!differs || ids.contains(&id.as_str()), "{}", id);
            }
            let unmoved = found.iter().filter(|one| !one.is_moved);
            prop_assert!(unmoved.clone().all(|one| one.before != one.after));
        }
    }
}

//! The violations in a request or definition: all at once, each with its own path and reason.

use std::fmt;

use super::reason::Reason;

/// One field that breaks one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Path from the request's root in proto names, like `sequence.steps[1].wait.delay`.
    pub field: String,
    /// The published reason.
    pub reason: Reason,
    /// The rule and its limit in words, like "must be at most 160 characters, has 212".
    pub description: String,
}

impl Violation {
    /// Returns a violation: `field` breaks the rule in `description`.
    pub fn new(field: impl Into<String>, reason: Reason, description: impl Into<String>) -> Self {
        Self { field: field.into(), reason, description: description.into() }
    }

    /// Puts `parent` in front of the path. An index follows without a dot (`steps` + `[1].wait`).
    /// If one side is empty, the path is the other side.
    #[must_use]
    pub fn under(mut self, parent: &str) -> Self {
        let dot =
            if parent.is_empty() || self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        self.field = format!("{parent}{dot}{}", self.field);
        self
    }
}

/// The values that a check kept: one optional value, or a tuple of them.
pub trait Parts {
    /// The values without their options.
    type Whole;

    /// Returns all values. `None` if one is missing.
    fn all(self) -> Option<Self::Whole>;
}

impl<T> Parts for Option<T> {
    type Whole = T;

    fn all(self) -> Option<T> {
        self
    }
}

impl<A, B> Parts for (Option<A>, Option<B>) {
    type Whole = (A, B);

    fn all(self) -> Option<(A, B)> {
        self.0.zip(self.1)
    }
}

impl<A, B, C> Parts for (Option<A>, Option<B>, Option<C>) {
    type Whole = (A, B, C);

    fn all(self) -> Option<(A, B, C)> {
        Some((self.0?, self.1?, self.2?))
    }
}

impl<A, B, C, D> Parts for (Option<A>, Option<B>, Option<C>, Option<D>) {
    type Whole = (A, B, C, D);

    fn all(self) -> Option<(A, B, C, D)> {
        Some((self.0?, self.1?, self.2?, self.3?))
    }
}

/// The most violations that one request keeps. Further ones are only counted: nobody reads more,
/// and a request with a million mistakes must not cost more than one without.
pub const MOST: usize = 100;

/// The violations, in the order in which they were found. Empty if there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    /// At most [`MOST`].
    kept: Vec<Violation>,
    /// How many more there are.
    left_out: usize,
}

impl Violations {
    /// Returns no violations.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a single violation.
    pub fn one(field: impl Into<String>, reason: Reason, description: impl Into<String>) -> Self {
        Violation::new(field, reason, description).into()
    }

    /// Adds a violation.
    pub fn push(&mut self, field: impl Into<String>, reason: Reason, description: impl Into<String>) {
        self.add(Violation::new(field, reason, description));
    }

    fn add(&mut self, violation: Violation) {
        if self.kept.len() < MOST {
            self.kept.push(violation);
        } else {
            self.left_out += 1;
        }
    }

    /// Adds a violation, unless its field already has one.
    pub fn push_once(&mut self, violation: Violation) {
        // Only what is kept is compared, so this takes the same time however many there are.
        if self.kept.iter().all(|known| known.field != violation.field) {
            self.add(violation);
        }
    }

    /// Adds all violations of `part`, with the same paths.
    pub fn extend(&mut self, part: Violations) {
        self.left_out += part.left_out;
        part.kept.into_iter().for_each(|violation| self.add(violation));
    }

    /// Keeps at most this many, and counts the others.
    pub fn keep_at_most(&mut self, most: usize) {
        self.left_out += self.kept.len().saturating_sub(most);
        self.kept.truncate(most);
    }

    /// Adds all violations of `part`, with `parent` in front of their paths.
    pub fn extend_under(&mut self, parent: &str, part: Violations) {
        self.extend(part.under(parent));
    }

    /// Puts `parent` in front of every path.
    #[must_use]
    pub fn under(self, parent: &str) -> Self {
        let kept = self.kept.into_iter().map(|violation| violation.under(parent)).collect();
        Self { kept, ..self }
    }

    /// Puts `text` in front of every description.
    #[must_use]
    pub fn about(mut self, text: &str) -> Self {
        for violation in &mut self.kept {
            violation.description.insert_str(0, text);
        }
        self
    }

    /// Returns the value of a part. `None` if the part has violations, which are added with
    /// `parent` in front of their paths.
    pub fn keep<T>(&mut self, parent: &str, part: Result<T, impl Into<Violations>>) -> Option<T> {
        match part {
            Ok(value) => Some(value),
            Err(found) => {
                self.extend_under(parent, found.into());
                None
            }
        }
    }

    /// Like [`Self::keep`], but without a `parent`, and leaves out violations of fields that
    /// already have one.
    pub fn keep_once<T>(&mut self, part: Result<T, impl Into<Violations>>) -> Option<T> {
        part.map_err(|found| self.extend_once(found.into())).ok()
    }

    /// Adds the violations of `part`, except those of fields that already have one.
    pub fn extend_once(&mut self, part: Violations) {
        self.left_out += part.left_out;
        part.kept.into_iter().for_each(|violation| self.push_once(violation));
    }

    /// Ends a check with `value`.
    ///
    /// # Errors
    /// The violations, if there are any.
    pub fn into_result<T>(self, value: T) -> Result<T, Violations> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Ends a check with the values that it kept.
    ///
    /// # Errors
    /// The violations, if there are any. If a value is missing without a violation, which is a bug
    /// in the check, a violation of the whole request, so that the bug isn't overlooked.
    pub fn settle<V: Parts>(mut self, values: V) -> Result<V::Whole, Violations> {
        match values.all() {
            Some(values) if self.is_empty() => return Ok(values),
            None if self.is_empty() => self.push("request", Reason::FieldInvalid, "can't be read"),
            _ => {}
        }
        Err(self)
    }

    /// True if there are no violations.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.left_out == 0
    }

    /// Returns the number of violations, including those that were only counted.
    pub fn len(&self) -> usize {
        self.kept.len() + self.left_out
    }

    /// Returns the violations that were kept, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.kept.iter()
    }

    /// Returns the reason that all kept violations share. `None` if they differ or there are none.
    pub fn shared_reason(&self) -> Option<Reason> {
        let first = self.kept.first()?.reason;
        self.kept.iter().all(|violation| violation.reason == first).then_some(first)
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self { kept: vec![violation], left_out: 0 }
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(found: I) -> Self {
        let mut all = Self::new();
        found.into_iter().for_each(|violation| all.add(violation));
        all
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.kept.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(out, "{separator}{} {}", violation.field, violation.description)?;
        }
        match self.left_out {
            0 => Ok(()),
            more => write!(out, "; and {more} more"),
        }
    }
}

impl std::error::Error for Violations {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_with_a_dot_except_before_an_index() {
        let mut steps = Violations::one("[1].wait.delay", Reason::WaitTooLong, "must be at most 30 days");
        steps.push("", Reason::FieldTooLong, "must have at most 200 steps");
        let found = steps.under("steps").under("sequence").under("");
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["sequence.steps[1].wait.delay", "sequence.steps"]);
    }

    #[test]
    fn a_reason_is_shared_only_if_every_violation_has_it() {
        let mut found = Violations::new();
        assert_eq!(found.shared_reason(), None);
        found.push("a", Reason::FieldRequired, "must be given");
        found.push("b", Reason::FieldRequired, "must be given");
        assert_eq!(found.shared_reason(), Some(Reason::FieldRequired));
        found.push("c", Reason::WaitTooLong, "must be at most 30 days");
        assert_eq!(found.shared_reason(), None);
    }

    #[test]
    fn keeping_collects_what_is_wrong_and_goes_on() {
        let mut found = Violations::new();
        let good = found.keep("seller", Ok::<_, Violation>(1));
        let bad: Option<u8> =
            found.keep("seller", Err(Violations::one("email", Reason::FieldInvalid, "must be an address")));
        assert_eq!((good, bad), (Some(1), None));
        assert_eq!(found.to_string(), "seller.email must be an address");
        assert_eq!(found.clone().settle((good, bad)), Err(found));
    }

    #[test]
    fn the_first_hundred_violations_are_kept_and_the_others_are_counted() {
        let many = || (0..250).map(|index| Violation::new(format!("[{index}]"), Reason::FieldInvalid, "no"));
        let mut found: Violations = many().collect();
        assert_eq!((found.len(), found.iter().count()), (250, MOST));
        found.extend(many().collect());
        assert_eq!((found.len(), found.iter().count()), (500, MOST));
        let mut once = Violations::new();
        many().chain(many().take(MOST)).for_each(|violation| once.push_once(violation));
        assert_eq!((once.len(), once.iter().count()), (250, MOST));
        assert!(found.under("steps").to_string().ends_with("steps[99] no; and 400 more"));
    }

    #[test]
    fn values_are_settled_only_if_nothing_was_found_and_none_is_missing() {
        assert_eq!(Violations::new().settle((Some(1), Some("a"))), Ok((1, "a")));
        assert!(Violations::new().settle((Some(1), None::<u8>)).is_err());
        let found = Violations::one("name", Reason::FieldRequired, "must be given");
        assert_eq!(found.clone().settle(Some(1)), Err(found));
    }
}

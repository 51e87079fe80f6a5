//! What statements unnest.

/// One column of rows.
pub(super) fn column<'a, T, C>(rows: &'a [T], value: impl FnMut(&'a T) -> C) -> Vec<C> {
    rows.iter().map(value).collect()
}

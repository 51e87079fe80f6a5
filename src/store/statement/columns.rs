//! Arrays for statements that unnest them.

/// Returns one value of each row, as an array parameter.
pub(in crate::store) fn column<'a, T, C>(rows: &'a [T], value: impl FnMut(&'a T) -> C) -> Vec<C> {
    rows.iter().map(value).collect()
}

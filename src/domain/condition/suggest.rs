//! Suggests the known name that a mistyped one was probably meant to be.

/// The most characters that may have to change. Nobody mistypes more, and each further one makes
/// the search longer.
const MOST_EDITS: usize = 5;

/// Returns the name nearest to `typed`, or `None` if no name is near enough. A name is near enough
/// if at most a third of the typed characters have to change, and at most five; two are always
/// allowed, as long as one typed character stays. The first of equally near names wins.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Cut off, because the comparison takes time proportional to both lengths.
    let typed: Vec<char> = typed.chars().take(100).collect();
    let near_enough = (typed.len() / 3).clamp(2, MOST_EDITS).min(typed.len().saturating_sub(1));
    // A name that differs more in length is further away, so it needn't be compared.
    let as_long = |name: &&str| name.chars().count().abs_diff(typed.len()) <= near_enough;
    known
        .into_iter()
        .filter(as_long)
        .map(|name| (distance(&typed, name, near_enough), name))
        .filter(|(distance, _)| *distance <= near_enough)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Counts the edits (insert, delete, replace, swap neighbours) from one text to the other, ignoring
/// case. More than `most` may be counted as any larger number.
fn distance(typed: &[char], name: &str, most: usize) -> usize {
    /// Further than anything counted.
    const FAR: usize = usize::MAX / 2;
    let name: Vec<char> = name.chars().collect();
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=name.len()).collect());

    for (i, a) in typed.iter().enumerate() {
        let mut row = vec![FAR; name.len() + 1];
        row[0] = i + 1;
        // A place that is further from the diagonal takes more edits than count.
        for j in i.saturating_sub(most)..name.len().min(i + most + 1) {
            let b = name[j];
            let mut cost =
                (last[j] + usize::from(!a.eq_ignore_ascii_case(&b))).min(last[j + 1] + 1).min(row[j] + 1);
            // Swapped neighbours are one edit.
            if i > 0 && j > 0 && *a == name[j - 1] && typed[i - 1] == b {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        // Only the last two rows are needed: a swap reaches back two.
        before = std::mem::replace(&mut last, row);
    }

    last[name.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_edits() {
        let known = ["origin", "owner", "revenue"];
        assert_eq!(nearest("orign", known), Some("origin"));
        assert_eq!(nearest("Revenue", known), Some("revenue"));
        assert_eq!(nearest("onwer", known), Some("owner"));
    }

    #[test]
    fn long_names_are_found_with_a_few_edits_and_not_with_many() {
        let known = ["annual_recurring_revenue_in_euro"];
        assert_eq!(nearest("anual_recuring_revenue_in_erou", known), Some(known[0]));
        assert_eq!(nearest("annual_recurring_revenue_in_e", known), Some(known[0]));
        assert_eq!(nearest("anual_recuring_revnue_in_dollar", known), None);
        assert_eq!(nearest("euro_in_revenue_recurring_annual", known), None);
    }

    #[test]
    fn a_name_unlike_all_others_gets_no_suggestion() {
        assert_eq!(nearest("zzz", ["origin", "owner"]), None);
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("anything", []), None);
    }
}

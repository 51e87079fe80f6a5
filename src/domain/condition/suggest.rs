//! Suggests the known name that a mistyped one was probably meant to be.

/// Returns the name nearest to `typed`, or `None` if no name is near enough. A name is near enough
/// if at most a third of the typed characters have to change; two are always allowed, as long as
/// one typed character stays. The first of equally near names wins.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Cut off, because the comparison takes time proportional to both lengths.
    let typed: Vec<char> = typed.chars().take(100).collect();
    let near_enough = (typed.len() / 3).max(2).min(typed.len().saturating_sub(1));
    // A name that differs more in length is further away, so it needn't be compared.
    let as_long = |name: &&str| name.chars().count().abs_diff(typed.len()) <= near_enough;
    known
        .into_iter()
        .filter(as_long)
        .map(|name| (distance(&typed, name), name))
        .filter(|(distance, _)| *distance <= near_enough)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Counts the edits (insert, delete, replace, swap neighbours) from one text to the other, ignoring
/// case.
fn distance(typed: &[char], name: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=name.len()).collect());

    for (i, a) in typed.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in name.iter().enumerate() {
            let mut cost =
                (last[j] + usize::from(!a.eq_ignore_ascii_case(b))).min(last[j + 1] + 1).min(row[j] + 1);
            // Swapped neighbours are one edit.
            if i > 0 && j > 0 && *a == name[j - 1] && typed[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
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
    fn a_name_unlike_all_others_gets_no_suggestion() {
        assert_eq!(nearest("zzz", ["origin", "owner"]), None);
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("anything", []), None);
    }
}

//! Reads the page of metrics: what Prometheus gets is what others get, too.

use std::sync::LazyLock;

use regex::Regex;

/// One line of the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample<'p> {
    /// The name, with the ending of a part of a distribution.
    pub name: &'p str,
    /// The labels, in their order.
    pub labels: Vec<(&'p str, String)>,
    /// The value.
    pub value: f64,
}

/// Returns the samples of a page.
pub(super) fn samples(page: &str) -> impl Iterator<Item = Sample<'_>> {
    page.lines().filter(|line| !line.starts_with('#')).filter_map(sample)
}

fn sample(line: &str) -> Option<Sample<'_>> {
    let (series, value) = line.rsplit_once(' ')?;
    let (name, labels) = series.split_once('{').unwrap_or((series, ""));
    Some(Sample { name, labels: read_labels(labels), value: value.parse().ok()? })
}

fn read_labels(text: &str) -> Vec<(&str, String)> {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"([a-z_]+)="((?:[^"\\]|\\.)*)""#).expect("a pattern"));
    let label = |found: regex::Captures<'_>| {
        let (name, value) = (found.get(1)?, found.get(2)?);
        Some((&text[name.range()], plain(value.as_str())))
    };
    LABEL.captures_iter(text).filter_map(label).collect()
}

/// Undoes the escapes of a label's value.
fn plain(value: &str) -> String {
    value.replace(r"\n", "\n").replace(r#"\""#, "\"").replace(r"\\", r"\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_line_by_line() {
        let page = "# HELP a_total Says a lot.\n# TYPE a_total counter\na_total{verb=\"say \\\"hi\\\"\",code=\"OK\"} 3\n\n\
                    b_seconds_bucket{le=\"+Inf\"} 7\nc 0.25\n";
        let label = |name, value: &str| (name, value.to_owned());

        assert_eq!(
            samples(page).collect::<Vec<_>>(),
            [
                Sample {
                    name: "a_total",
                    labels: vec![label("verb", "say \"hi\""), label("code", "OK")],
                    value: 3.0
                },
                Sample { name: "b_seconds_bucket", labels: vec![label("le", "+Inf")], value: 7.0 },
                Sample { name: "c", labels: vec![], value: 0.25 },
            ]
        );
    }
}

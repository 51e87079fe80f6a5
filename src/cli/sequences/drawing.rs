//! A sequence as an SVG picture. Branches and splits stand above their paths, side by side, and the
//! lines between steps never cross a box.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::api::pb::{RenderSequenceResponse, RenderedEdge, RenderedStep};

/// The distance of columns and of rows, and the size of a box.
const COLUMN: i32 = 260;
const ROW: i32 = 110;
const BOX: (i32, i32) = (220, 62);
const MARGIN: i32 = 20;
/// The most characters of a line in a box. The whole text is shown on hovering.
const LONGEST: usize = 30;

/// The style of the picture, for light and dark pages.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#1f2933;text-anchor:middle}\
    .name{font-weight:600}.count{font-size:11px;fill:#52606d}\
    rect{stroke:#52606d;fill:#fff}.passes rect{fill:#f0f4f8;stroke-dasharray:4 3}.ends rect{fill:#d9e2ec}\
    polyline{fill:none;stroke:#829ab1}path{fill:#829ab1}svg{background:#fff}";

/// A point of the picture, in half columns and in rows.
type Place = (i32, i32);

/// Draws the answer.
pub(super) fn svg(answer: &RenderSequenceResponse) -> String {
    let layout = Layout::of(answer);
    let (width, height) = (layout.width * COLUMN + 2 * MARGIN, (layout.end.1 + 1) * ROW + 2 * MARGIN);

    let mut out = String::new();
    let size = format!("viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"");
    let _ = writeln!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\">");
    let _ = writeln!(out, "<style>{STYLE}</style>");
    let tip =
        "viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"";
    let _ = writeln!(out, "<marker id=\"tip\" {tip}><path d=\"M0 0 8 4 0 8z\"/></marker>");
    for edge in &answer.edges {
        out.push_str(&layout.line(edge));
    }
    out.push_str(&end_box("Start", layout.start));
    for step in &answer.steps {
        out.push_str(&step_box(step, layout.steps[&step.step_id]));
    }
    out.push_str(&end_box("End", layout.end));
    out.push_str("</svg>\n");
    out
}

/// Where everything stands.
struct Layout {
    steps: BTreeMap<String, Place>,
    /// The columns of paths without steps, by the step and the label.
    empty: BTreeMap<(String, String), i32>,
    start: Place,
    end: Place,
    /// The number of columns.
    width: i32,
}

impl Layout {
    fn of(answer: &RenderSequenceResponse) -> Self {
        let mut placing = Placing { answer, steps: BTreeMap::new(), empty: BTreeMap::new() };
        let all = 0..answer.steps.len();
        let width = placing.width(all.clone()).max(1);
        // The start is in the first row.
        let below = placing.list(all, width, (0, 1));
        let Placing { steps, empty, .. } = placing;
        Self { steps, empty, start: (width, 0), end: (width, below), width }
    }

    /// Draws an edge: down, across to the column in which it goes on, down, across, and down.
    fn line(&self, edge: &RenderedEdge) -> String {
        let from = self.steps.get(&edge.from_step_id).copied().unwrap_or(self.start);
        let to = self.steps.get(&edge.to_step_id).copied().unwrap_or(self.end);
        let empty = self.empty.get(&(edge.from_step_id.clone(), edge.label.clone())).copied();
        // Into a path, it goes down above the path; out of it, below the last step.
        let column = empty.unwrap_or(if edge.label.is_empty() { from.0 } else { to.0 });

        let (top, bottom) = (y(from.1) + BOX.1, y(to.1));
        let (upper, lower) = (top + (ROW - BOX.1) / 2, bottom - (ROW - BOX.1) / 4);
        let corners = [(from.0, top), (from.0, upper), (column, upper), (column, lower), (to.0, lower)];
        let corners = corners.into_iter().chain([(to.0, bottom)]);
        let points: Vec<String> = corners.map(|(column, y)| format!("{},{y}", x(column))).collect();
        let text = format!("{} {}", edge.label, edge.passed_count);
        format!(
            "<polyline points=\"{}\" marker-end=\"url(#tip)\"/>\n<text class=\"count\" x=\"{}\" y=\"{}\">{}</text>\n",
            points.join(" "),
            x(column) + 24,
            upper + 14,
            escaped(text.trim())
        )
    }
}

/// Places steps, list by list.
struct Placing<'a> {
    answer: &'a RenderSequenceResponse,
    steps: BTreeMap<String, Place>,
    empty: BTreeMap<(String, String), i32>,
}

impl Placing<'_> {
    /// Places the steps of a list into `width` columns, beginning at a half column and a row.
    /// Returns the row below them.
    fn list(&mut self, steps: Range<usize>, width: i32, (left, top): Place) -> i32 {
        let mut row = top;
        for step in self.own(steps) {
            // Narrower ones stand in the middle.
            let left = left + width - self.step_width(step.clone());
            row = self.step(step, (left, row));
        }
        row
    }

    /// Places a step with the steps inside it. Returns the row below them.
    fn step(&mut self, step: Range<usize>, (mut left, top): Place) -> i32 {
        let id = self.answer.steps[step.start].step_id.clone();
        self.steps.insert(id.clone(), (left + self.step_width(step.clone()), top));

        let mut below = top + 1;
        for (label, path) in self.paths(step) {
            let width = self.width(path.clone()).max(1);
            if path.is_empty() {
                self.empty.insert((id.clone(), label), left + 1);
                below = below.max(top + 2);
            }
            below = below.max(self.list(path, width, (left, top + 1)));
            left += 2 * width;
        }
        below
    }

    /// Returns how many columns a list takes.
    fn width(&self, steps: Range<usize>) -> i32 {
        self.own(steps).into_iter().map(|step| self.step_width(step)).max().unwrap_or(0)
    }

    fn step_width(&self, step: Range<usize>) -> i32 {
        let paths = self.paths(step).into_iter();
        paths.map(|(_, path)| self.width(path).max(1)).sum::<i32>().max(1)
    }

    /// Returns the steps of a list, each with the steps inside it, which follow it.
    fn own(&self, steps: Range<usize>) -> Vec<Range<usize>> {
        let mut own: Vec<Range<usize>> = Vec::new();
        let nesting = |index: usize| self.answer.steps[index].nesting;
        for index in steps.clone() {
            match own.last_mut() {
                Some(last) if nesting(index) > nesting(steps.start) => last.end = index + 1,
                _ => own.push(index..index + 1),
            }
        }
        own
    }

    /// Returns the paths of a step, each with its label. Their steps follow it, path by path.
    fn paths(&self, step: Range<usize>) -> Vec<(String, Range<usize>)> {
        let id = &self.answer.steps[step.start].step_id;
        let labelled = self.answer.edges.iter();
        let labelled: Vec<_> =
            labelled.filter(|edge| edge.from_step_id == *id && !edge.label.is_empty()).collect();
        // A path that begins at no step inside has none.
        let inside = step.start + 1..step.end;
        let begin = |edge: &&RenderedEdge| {
            let at = |index: &usize| self.answer.steps[*index].step_id == edge.to_step_id;
            inside.clone().find(at)
        };

        let begins: Vec<Option<usize>> = labelled.iter().map(begin).collect();
        let end = |place: usize| begins[place + 1..].iter().flatten().next().copied().unwrap_or(step.end);
        let path = |(place, edge): (usize, &&RenderedEdge)| {
            (edge.label.clone(), begins[place].map_or(step.end..step.end, |begin| begin..end(place)))
        };
        labelled.iter().enumerate().map(path).collect()
    }
}

fn x(half_columns: i32) -> i32 {
    MARGIN + half_columns * COLUMN / 2
}

fn y(row: i32) -> i32 {
    MARGIN + row * ROW
}

fn counts(step: &RenderedStep) -> String {
    match step.exited_count {
        0 => format!("{} here", step.current_count),
        exited => format!("{} here, {exited} exited", step.current_count),
    }
}

fn step_box(step: &RenderedStep, place: Place) -> String {
    let is_named = !step.caption.starts_with(&step.display_name);
    let mut lines = Vec::new();
    if is_named {
        lines.push(("name", step.display_name.clone()));
    }
    lines.push(("", step.caption.clone()));
    lines.push(("count", counts(step)));
    boxed(if step.passes { "passes" } else { "acts" }, &lines, place)
}

fn end_box(name: &str, place: Place) -> String {
    boxed("ends", &[("name", name.to_owned())], place)
}

fn boxed(class: &str, lines: &[(&str, String)], (column, row): Place) -> String {
    let ((width, height), (x, y)) = (BOX, (x(column), y(row)));
    let title: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
    let mut out = format!("<g class=\"{class}\"><title>{}</title>", escaped(&title.join(": ")));
    let left = x - width / 2;
    let _ = write!(out, "<rect x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>");
    // The lines stand around the middle of the box.
    let first = y + height / 2 + 5 - 9 * (i32::try_from(lines.len()).unwrap_or(1) - 1);
    for ((class, text), place) in lines.iter().zip(0..) {
        let y = first + 18 * place;
        let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&cut(text)));
    }
    out.push_str("</g>\n");
    out
}

/// Cuts a text that is too long for a box.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{kept}…")
}

/// Escapes a text for XML, without the characters that XML can't contain.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: &str, nesting: i32) -> RenderedStep {
        RenderedStep { step_id: id.into(), caption: id.into(), nesting, ..Default::default() }
    }

    fn edge(from: &str, to: &str, label: &str) -> RenderedEdge {
        let (from_step_id, to_step_id) = (from.into(), to.into());
        RenderedEdge { from_step_id, to_step_id, label: label.into(), passed_count: 1 }
    }

    /// A branch with a path of two steps and an empty one, and a split inside the first path.
    fn answer() -> RenderSequenceResponse {
        let steps = [("fork", 0), ("yes", 1), ("split", 1), ("left", 2), ("right", 2), ("after", 0)]
            .map(|(id, n)| step(id, n));
        let edges = [
            ("", "fork", ""),
            ("fork", "yes", "YES"),
            ("fork", "after", "NO"),
            ("yes", "split", ""),
            ("split", "left", "l"),
            ("split", "right", "r"),
            ("left", "after", ""),
            ("right", "after", ""),
            ("after", "", ""),
        ];
        let edges = edges.map(|(from, to, label)| edge(from, to, label)).into();
        RenderSequenceResponse { steps: steps.into(), edges, ..Default::default() }
    }

    #[test]
    fn paths_stand_side_by_side_and_boxes_never_overlap() {
        let layout = Layout::of(&answer());
        assert_eq!(layout.width, 3);
        let places =
            [("fork", (3, 1)), ("yes", (2, 2)), ("split", (2, 3)), ("left", (1, 4)), ("right", (3, 4))];
        for (id, place) in places {
            assert_eq!(layout.steps[id], place, "{id}");
        }
        assert_eq!((layout.steps["after"], layout.end), ((3, 5), (3, 6)));
        // The empty path has a column of its own.
        assert_eq!(layout.empty[&("fork".to_owned(), "NO".to_owned())], 5);
    }

    #[test]
    fn a_line_goes_down_its_own_column() {
        let layout = Layout::of(&answer());
        let line = layout.line(&edge("fork", "after", "NO"));
        let column = x(5);
        assert!(line.contains(&format!("{column},")), "{line}");
        assert!(line.contains(">NO 1</text>"), "{line}");
    }

    #[test]
    fn whatever_steps_are_called_it_is_text() {
        let name = "<script>\"&\u{0}\u{ffff}";
        let steps = vec![RenderedStep { display_name: name.into(), ..step("a", 0) }];
        let edges = vec![edge("", "a", ""), edge("a", "", "")];
        let drawn = svg(&RenderSequenceResponse { steps, edges, ..Default::default() });
        assert!(drawn.contains("&lt;script&gt;&quot;&amp; </text>"), "{drawn}");
        assert!(!drawn.contains("<script>"), "{drawn}");
        assert_eq!(cut(&"x".repeat(40)).chars().count(), LONGEST);
        // Without steps, the start leads to the end.
        let empty = RenderSequenceResponse { edges: vec![edge("", "", "")], ..Default::default() };
        assert!(svg(&empty).contains("End"));
    }
}

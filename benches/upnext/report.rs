//! The table: path, anchor, product, ratio, goal, and whether it was reached.

use std::fmt::Write as _;

use serde::Serialize;

use crate::measure::median;

/// The most by which a set's anchors may differ: beyond it the machine was too busy to say
/// anything.
const STEADY: f64 = 1.2;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// More is better.
    PerSecond,
    /// Less is better.
    Milliseconds,
    /// Less is better.
    Kibibytes,
    /// Less is better; a plain number.
    Plain,
}

/// What a path should reach.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// At least this part of the anchor's rate.
    Rate(f64),
    /// At most this many times the anchor's figure.
    Times(f64),
    /// At most this figure, whatever the anchor's.
    Most(f64),
}

/// One line of the table.
#[derive(Debug)]
pub struct Line {
    /// What the product did.
    pub path: String,
    /// What it is held against.
    pub anchor: String,
    /// The anchor's figures; empty if the goal is a figure of its own.
    pub anchors: Vec<f64>,
    /// The product's.
    pub products: Vec<f64>,
    /// What all of them count.
    pub unit: Unit,
    /// What is to be reached.
    pub goal: Goal,
}

impl Line {
    /// The product's figure by the anchor's.
    fn ratio(&self) -> Option<f64> {
        (!self.anchors.is_empty()).then(|| median(&self.products) / median(&self.anchors))
    }

    fn reached(&self) -> bool {
        match (self.goal, self.ratio()) {
            (Goal::Rate(least), Some(ratio)) => ratio >= least,
            (Goal::Times(most), Some(ratio)) => ratio <= most,
            (Goal::Most(most), _) => median(&self.products) <= most,
            (Goal::Rate(_) | Goal::Times(_), None) => false,
        }
    }

    fn steady(&self) -> bool {
        let most = self.anchors.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = self.anchors.iter().copied().fold(f64::INFINITY, f64::min);
        self.anchors.is_empty() || most <= least * STEADY
    }

    fn goal(&self) -> String {
        match self.goal {
            Goal::Rate(least) => format!("≥ {least:.2} ×"),
            Goal::Times(most) => format!("≤ {most:.1} ×"),
            Goal::Most(most) => format!("≤ {}", self.unit.show(most)),
        }
    }
}

impl Unit {
    /// What is better than the anchor's figure.
    pub fn ahead(self) -> Goal {
        match self {
            Unit::PerSecond => Goal::Rate(1.0),
            Unit::Milliseconds | Unit::Kibibytes | Unit::Plain => Goal::Times(1.0),
        }
    }

    fn show(self, figure: f64) -> String {
        match self {
            Unit::PerSecond => format!("{figure:.0}/s"),
            Unit::Milliseconds if figure < 100.0 => format!("{figure:.2} ms"),
            Unit::Milliseconds => format!("{figure:.0} ms"),
            Unit::Kibibytes => format!("{figure:.1} KiB"),
            Unit::Plain => format!("{figure:.2}"),
        }
    }
}

/// All lines so far.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<Told>,
}

/// One line as it is printed.
#[derive(Debug, Serialize)]
struct Told {
    row: &'static str,
    path: String,
    anchor: String,
    anchor_figure: Option<f64>,
    anchor_text: String,
    product_figure: Option<f64>,
    product_text: String,
    ratio: Option<f64>,
    goal: String,
    reached: bool,
    /// The anchors differed by no more than a fifth.
    steady: bool,
    /// Processors that other programs kept busy meanwhile.
    others: f64,
    /// Why there are no figures.
    error: Option<String>,
}

impl Report {
    /// Adds the lines of a row, while others kept so many processors busy.
    pub fn add(&mut self, row: &'static str, lines: Vec<Line>, others: f64) {
        for line in lines {
            let figure = (!line.anchors.is_empty()).then(|| median(&line.anchors));
            let told = Told {
                row,
                anchor_figure: figure,
                anchor_text: figure.map_or_else(String::new, |figure| line.unit.show(figure)),
                product_figure: Some(median(&line.products)),
                product_text: line.unit.show(median(&line.products)),
                ratio: line.ratio(),
                goal: line.goal(),
                reached: line.reached(),
                steady: line.steady(),
                others,
                error: None,
                path: line.path,
                anchor: line.anchor,
            };

            eprintln!("  {}", told.cells().join(" | "));
            self.lines.push(told);
        }
    }

    /// Adds a row that failed.
    pub fn fail(&mut self, row: &'static str, error: &anyhow::Error) {
        eprintln!("  failed: {error:#}");
        self.lines.push(Told {
            row,
            path: String::new(),
            anchor: String::new(),
            anchor_figure: None,
            anchor_text: String::new(),
            product_figure: None,
            product_text: "failed".to_owned(),
            ratio: None,
            goal: String::new(),
            reached: false,
            steady: false,
            others: 0.0,
            error: Some(format!("{error:#}")),
        });
    }

    /// For machines: one object per line of the table.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(&self.lines).expect("plain data") + "\n"
    }

    /// For people.
    pub fn table(&self) -> String {
        let head = ["row", "path", "anchor", "anchor's", "product's", "ratio", "goal", "reached", "others"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(self.lines.iter().map(Told::cells));
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let mut text = String::new();

        for (index, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            let _ = writeln!(text, "| {} |", cells.collect::<Vec<_>>().join(" | "));
            if index == 0 {
                let rule = widths.iter().map(|width| "-".repeat(*width));
                let _ = writeln!(text, "| {} |", rule.collect::<Vec<_>>().join(" | "));
            }
        }
        text
    }
}

impl Told {
    fn cells(&self) -> Vec<String> {
        let reached = match (self.reached, self.steady) {
            _ if self.error.is_some() => "-",
            (true, true) => "yes",
            (false, true) => "no",
            (true, false) => "yes (unsteady)",
            (false, false) => "no (unsteady)",
        };
        vec![
            self.row.to_owned(),
            self.error.clone().unwrap_or_else(|| self.path.clone()),
            self.anchor.clone(),
            self.anchor_text.clone(),
            self.product_text.clone(),
            self.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}")),
            self.goal.clone(),
            reached.to_owned(),
            format!("{:.1}", self.others),
        ]
    }
}

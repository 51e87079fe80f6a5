//! Anchor, product, anchor, product, anchor; medians and percentiles.

use std::time::Duration;

/// What is measured next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The anchor of this number.
    Anchor(usize),
    /// The product of this number.
    Product(usize),
}

/// The figures of anchors, and of the products that are held against them.
pub struct Set {
    /// Each anchor's, one more than of each product.
    pub anchors: Vec<Vec<f64>>,
    /// Each product's.
    pub products: Vec<Vec<f64>>,
}

/// Runs all anchors and then all products, `rounds` times, and the anchors once more at the end.
pub async fn interleave(
    rounds: usize,
    anchors: usize,
    products: usize,
    mut run: impl AsyncFnMut(Turn) -> anyhow::Result<f64>,
) -> anyhow::Result<Set> {
    let mut set = Set { anchors: vec![Vec::new(); anchors], products: vec![Vec::new(); products] };
    for round in 0..=rounds {
        for (index, figures) in set.anchors.iter_mut().enumerate() {
            figures.push(run(Turn::Anchor(index)).await?);
        }
        for (index, figures) in set.products.iter_mut().enumerate().filter(|_| round < rounds) {
            figures.push(run(Turn::Product(index)).await?);
        }
    }

    eprintln!("  anchors {:.2?}, products {:.2?}", set.anchors, set.products);
    Ok(set)
}

/// The middle of some figures; of an even number the mean of the two in the middle.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => sorted[length / 2],
        length => f64::midpoint(sorted[length / 2 - 1], sorted[length / 2]),
    }
}

/// How long single things took.
#[derive(Clone, Debug, Default)]
pub struct Latencies(Vec<f64>);

impl Latencies {
    /// Notes one.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration.as_secs_f64() * 1000.0);
    }

    /// Notes one in milliseconds; what a clock says between two processes may be below zero.
    pub fn add_millis(&mut self, millis: f64) {
        self.0.push(millis);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The value, in milliseconds, that this share of them doesn't exceed: 0.5 is the median.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
    }
}

impl Extend<f64> for Latencies {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, millis: I) {
        self.0.extend(millis);
    }
}

impl IntoIterator for Latencies {
    type Item = f64;
    type IntoIter = std::vec::IntoIter<f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

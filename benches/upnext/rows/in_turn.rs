//! Peers and the product, in turn.

use anyhow::Context as _;

use crate::peers::Peer;
use crate::report::{Line, Unit};
use crate::world::World;

/// One figure of a measurement.
pub struct Figure {
    /// As the peers' programs call it.
    pub key: &'static str,
    /// What is done.
    pub path: String,
    /// What it counts.
    pub unit: Unit,
}

/// Lets each peer and the product do the same in turn, the peers once more at the end. A line says
/// whether the product is ahead of a peer.
pub async fn measure(
    world: &World<'_>,
    command: &str,
    count: usize,
    figures: &[Figure],
    mut product: impl AsyncFnMut() -> anyhow::Result<Vec<f64>>,
) -> anyhow::Result<Vec<Line>> {
    let peers = Peer::prepare(world).await?;
    let (mut theirs, mut ours) = (vec![Vec::new(); peers.len()], Vec::new());
    for round in 0..=world.size.rounds() {
        for (peer, answers) in peers.iter().zip(&mut theirs) {
            answers.push(peer.answer(world, &[command, &count.to_string()]).await?);
        }
        if round < world.size.rounds() {
            ours.push(product().await?);
        }
    }

    let mut lines = Vec::new();
    for (place, figure) in figures.iter().enumerate() {
        for (peer, answers) in peers.iter().zip(&theirs) {
            let theirs = answers.iter().map(|answer| answer[figure.key].as_f64());
            lines.push(Line {
                path: figure.path.clone(),
                anchor: peer.name.to_owned(),
                anchors: theirs.collect::<Option<_>>().context("a peer leaves out a figure")?,
                products: ours.iter().map(|figures| figures[place]).collect(),
                unit: figure.unit,
                goal: figure.unit.ahead(),
            });
        }
    }
    Ok(lines)
}

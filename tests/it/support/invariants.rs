//! What must hold between the tables, whatever happened: the rules of `upnext check`.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use upnext::store::Store;
use upnext::store::check::{Broken, Extent, Rule, rules};

use super::world::World;

/// Panics with everything that is wrong.
pub async fn hold(world: &World) {
    hold_but(world, &[]).await;
}

/// Panics unless exactly the rules of these names are broken, by the test itself.
pub async fn hold_but(world: &World, names: &[&str]) {
    let mut snapshot = world.store.begin_survey().await.expect("begins");
    refuse(&broken(&mut snapshot, world.now()).await, names);
}

/// Panics with everything that is wrong in a database at an instant.
pub async fn hold_in(store: &Store, now: DateTime<Utc>) {
    let mut snapshot = store.begin_survey().await.expect("begins");
    refuse(&broken(&mut snapshot, now).await, &[]);
}

fn refuse(found: &[(&Rule, Broken)], expected: &[&str]) {
    let told = found.iter().fold(String::new(), |mut told, (rule, broken)| {
        let _ = write!(told, "\n{}, not so {} times: {}", rule.name, broken.count, rule.meaning);
        for violation in &broken.violations {
            let _ = write!(told, "\n  {} {}", violation.sentence, violation.ids);
        }
        told
    });
    let names = found.iter().map(|(rule, _)| rule.name);
    // Tallies repeat history and enrollments, so what a test breaks there breaks them.
    let own = |name: &&str| expected.is_empty() || !name.starts_with("tallies_");
    let names: Vec<&str> = names.filter(own).collect();
    assert_eq!(names, expected, "{told}");
}

/// The rules that don't hold.
pub async fn broken(conn: &mut PgConnection, now: DateTime<Utc>) -> Vec<(&'static Rule, Broken)> {
    let extent = Extent { organization: None, now, limit: 5 };
    let mut found = Vec::new();
    for rule in rules() {
        let broken = rule.broken(conn, &extent).await;
        let broken = broken.unwrap_or_else(|error| panic!("{}: {error:?}", rule.name));
        if broken.count > 0 {
            found.push((rule, broken));
        }
    }
    found
}

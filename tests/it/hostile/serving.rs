//! The real binary as a process of its own, whose time and memory can be read.

use std::fs;

use crate::support::app::{Client, organization, store};
use crate::support::database::TestDatabase;
use crate::support::victim::Victim;

/// A server in a process of its own, with one organization.
pub struct Serving {
    pub victim: Victim,
    /// A system administrator.
    pub admin: Client,
    pub database: TestDatabase,
}

impl Serving {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let victim = Victim::start(&database).await;
        let admin = victim.client(&organization(&store(&database)).await);
        Self { victim, admin, database }
    }
}

/// A file of the process with this number in `/proc`.
pub fn proc(process: i32, file: &str) -> String {
    fs::read_to_string(format!("/proc/{process}/{file}")).expect("there is a /proc, and it runs")
}

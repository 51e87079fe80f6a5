//! What the tests are built on.

pub mod app;
pub mod chance;
pub mod columns;
pub mod crm;
pub mod database;
pub mod desk;
pub mod dynamic;
pub mod fleet;
pub mod ground;
pub mod invariants;
pub mod load;
pub mod mail_server;
pub mod process;
pub mod promised;
pub mod provider;
pub mod proxy;
pub mod refused;
pub mod setup;
pub mod small_disk;
pub mod stage;
pub mod ten_leads;
pub mod told;
pub mod victim;
pub mod watcher;
pub mod wire;
pub mod world;

//! What the tests stand on.

pub mod app;
pub mod crm;
pub mod database;
pub mod desk;
pub mod dynamic;
pub mod invariants;
pub mod process;
pub mod refused;
pub mod stage;
pub mod world;

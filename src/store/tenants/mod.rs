//! Organizations and who belongs to them: API keys, sellers, teams.

pub mod api_keys;
pub mod organizations;
pub mod sellers;
pub mod teams;

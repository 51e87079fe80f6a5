//! Organizations and who belongs to them: API keys, sellers, teams, and their
//! calendars and saved views.

pub mod api_keys;
pub mod assignees;
pub mod calendars;
pub mod matching_sellers;
pub mod organizations;
pub mod sellers;
pub mod teams;
pub mod views;

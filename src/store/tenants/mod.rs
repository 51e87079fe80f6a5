//! Organizations and who belongs to them: API keys, principals, sellers, teams, and their
//! calendars and saved views.

pub mod api_keys;
pub mod assignees;
pub mod calendars;
pub mod everything;
pub mod former_sellers;
pub mod matching_sellers;
pub mod organizations;
pub mod principals;
pub mod sellers;
pub mod teams;
pub mod views;

//! Organizations, their keys, their sellers and their calendars.

pub(super) mod administrator_key;
pub(super) mod create_api_key;
pub(super) mod create_calendar;
pub(super) mod create_organization;
pub(super) mod create_seller;
pub(super) mod create_team;
pub(super) mod create_view;
pub(super) mod delete_calendar;
pub(super) mod delete_seller;
pub(super) mod delete_team;
mod forget_history;
pub(super) mod import_calendar_events;
pub(super) mod keep_house;
pub(super) mod meet_principal;
pub(super) mod note_key_uses;
mod refresh_waits;
pub(super) mod revoke_api_key;
pub(super) mod rotate_api_key;
pub(super) mod secret;
mod seller_attributes;
pub(super) mod suspend_organization;
pub(super) mod update_calendar;
pub(super) mod update_organization;
pub(super) mod update_seller;
pub(super) mod update_team;
pub(super) mod update_view;

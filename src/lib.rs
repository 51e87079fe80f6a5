#![doc = include_str!("README.md")]

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod engine;
pub mod feed;
pub mod lifecycle;
pub mod measures;
pub mod private_postgres;
pub mod store;
pub mod telemetry;
pub mod wake;
pub mod worker;

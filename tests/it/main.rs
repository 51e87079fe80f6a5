//! Everything that needs a database or a socket, in one binary, so that it links once and shares one Postgres.

mod api_keys;
mod architecture;
mod backfill;
mod changes;
mod concurrency;
mod condition;
mod dev;
mod documents;
mod doorbell;
mod enroll;
mod flow;
mod import;
mod lifecycle;
mod private_postgres;
mod record_types;
mod record_work;
mod records;
mod routing;
mod segments;
mod sellers;
mod sequence_lifecycle;
mod serve;
mod statements;
mod support;
mod templates;
mod timers;

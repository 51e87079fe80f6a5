//! Checks the database and the machine before a server takes its first call, so that problems don't
//! first show up under load. Reports all problems at once.

use anyhow::{Context as _, bail};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::schema;
use crate::app::{OTHER_CONNECTIONS, Stores};
use crate::config::Config;
use crate::private_postgres::OLDEST_MAJOR;
use crate::store::database::{self, Fitness};

/// How many clients a server must be able to accept. Each needs a file descriptor, in addition to
/// those of the database connections.
const CLIENTS: u64 = 1_000;

/// Refuses a database or a machine on which the server couldn't keep its guarantees.
///
/// # Errors
/// The database can't be reached, or all problems, one per line.
pub async fn check(config: &Config, stores: &Stores) -> anyhow::Result<()> {
    let mut connection = stores.worker.connection().await.context("can't connect to the database")?;
    let fitness = database::fitness(&mut connection).await?;
    let missing = schema::missing_migrations(&mut connection).await?;

    // Each pool can use all of its connections at the same time.
    let connections = config.api_connections + config.worker_connections + OTHER_CONNECTIONS;
    let mut problems = database_problems(&fitness, connections, config);
    problems.extend(missing);
    problems.extend(file_problem(raise_open_files(), connections));

    if problems.is_empty() {
        return Ok(());
    }
    bail!("the server can't run here\n  {}", problems.join("\n  "))
}

fn database_problems(fitness: &Fitness, connections: u32, config: &Config) -> Vec<String> {
    let mut problems = Vec::new();

    // server_version_num: 150004 is 15.4.
    let major = fitness.version / 10_000;
    if u32::try_from(major).is_ok_and(|major| major < OLDEST_MAJOR) {
        problems.push(format!("the database is PostgreSQL {major}: {OLDEST_MAJOR} or newer is required"));
    }

    if fitness.encoding != "UTF8" {
        problems.push(format!(
            "the database's encoding is {}, which can't hold all texts: \
             create it anew, with createdb --encoding UTF8 --template template0",
            fitness.encoding
        ));
    }

    if !fitness.unsafe_settings.is_empty() && !config.allow_unsafe_database {
        problems.push(format!(
            "{} is off in the database, so a crash would lose committed data: \
             turn it on, or set allow_unsafe_database",
            fitness.unsafe_settings
        ));
    }

    // Different URLs mean that a pooler is in between. Then the pooler's limit applies, and
    // Postgres doesn't know it.
    let direct = config.listen_url == config.database_url;
    if direct && i64::from(connections) > i64::from(fitness.connections) {
        problems.push(format!(
            "{connections} connections are configured (api_connections, worker_connections and \
             {OTHER_CONNECTIONS} more), but the database allows only {}: \
             lower them, or raise max_connections in the database",
            fitness.connections
        ));
    }

    problems
}

/// Raises the limit of open files as far as this user may. Returns the new limit, or `None` if it
/// is unknown.
fn raise_open_files() -> Option<u64> {
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    // Some systems refuse this if the hard limit is infinite. Then the soft limit still applies.
    Some(setrlimit(Resource::RLIMIT_NOFILE, hard, hard).map_or(soft, |()| hard))
}

fn file_problem(limit: Option<u64>, connections: u32) -> Option<String> {
    let needed = u64::from(connections) + CLIENTS;
    limit.filter(|limit| *limit < needed).map(|limit| {
        format!(
            "{limit} files may be open at once, and {needed} are needed ({CLIENTS} clients, \
             {connections} connections to the database): raise the limit (ulimit -n, LimitNOFILE)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(allow_unsafe_database: bool) -> Config {
        #[derive(serde::Serialize)]
        struct Flags {
            database_url: &'static str,
            allow_unsafe_database: bool,
        }
        let flags = Flags { database_url: "postgres://localhost/upnext", allow_unsafe_database };
        Config::load(None, &flags).expect("the defaults are valid")
    }

    #[test]
    fn all_problems_of_a_database_are_reported_at_once() {
        let old = Fitness {
            version: 140_011,
            encoding: "LATIN1".to_owned(),
            unsafe_settings: "fsync".to_owned(),
            connections: 20,
        };
        let problems = database_problems(&old, 27, &config(false));
        assert!(problems[0].starts_with("the database is PostgreSQL 14: 15 or newer"), "{problems:?}");
        assert!(problems[1].starts_with("the database's encoding is LATIN1"), "{problems:?}");
        assert!(problems[2].starts_with("fsync is off in the database"), "{problems:?}");
        assert!(
            problems[3].starts_with("27 connections are configured")
                && problems[3].contains("allows only 20")
        );
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn an_unsafe_database_is_accepted_if_the_setting_allows_it() {
        let fit = Fitness {
            version: 150_000,
            encoding: "UTF8".to_owned(),
            unsafe_settings: "fsync".to_owned(),
            connections: 97,
        };
        assert_eq!(database_problems(&fit, 27, &config(true)), Vec::<String>::new());
    }

    #[test]
    fn too_low_a_file_limit_is_reported_with_both_numbers() {
        let problem = file_problem(Some(256), 27).expect("too few");
        assert!(problem.contains("256 files") && problem.contains("1027 are needed"), "{problem}");
        assert_eq!(file_problem(Some(1_027), 27), None);
        assert_eq!(file_problem(None, 27), None);
    }
}

use std::io::Write as _;

use super::*;

#[derive(Default, Serialize)]
struct Flags {
    address: Option<String>,
    database_url: Option<String>,
    batch_size: Option<u32>,
}

fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn load(file: Option<&str>, variables: &[(&str, &str)], flags: &Flags) -> Result<Config, Vec<String>> {
    let mut written = tempfile::NamedTempFile::new().unwrap();
    written.write_all(file.unwrap_or_default().as_bytes()).unwrap();
    let path = file.map(|_| written.path());
    Config::from_sources(path, &environment(variables), flags).map_err(|problems| {
        let lines = problems.0.iter().map(|problem| problem.to_string());
        lines.map(|line| line.replace(&written.path().display().to_string(), "upnext.toml")).collect()
    })
}

const DATABASE: (&str, &str) = ("UPNEXT_DATABASE_URL", "postgres://upnext:pass@db/upnext");

#[test]
fn the_defaults_need_only_a_database() {
    let config =
        load(None, &[DATABASE, ("UPNEXT_KEY", "not a setting of the server")], &Flags::default()).unwrap();
    assert_eq!(config.address.to_string(), "127.0.0.1:50051");
    assert_eq!(config.listen_url, config.database_url);
    assert_eq!(config.tls, None);
    assert_eq!((config.api_connections, config.worker_connections, config.batch_size), (16, 8, 256));
    assert_eq!(config.max_message_bytes, 4 << 20);
    assert!(config.doorbell);
    assert_eq!(config.poll_interval, Duration::from_secs(1));
    assert_eq!(config.streams.max_age, Duration::from_secs(3_600));
    assert_eq!(config.log, Log { format: LogFormat::Auto, filter: "info".to_owned() });
}

#[test]
fn flags_go_over_the_environment_over_the_file_over_the_defaults() {
    let file = "address = '127.0.0.1:1'\nbatch_size = 1\npoll_interval = '2s'\n";
    let variables = [DATABASE, ("UPNEXT_ADDRESS", "127.0.0.1:2"), ("UPNEXT_BATCH_SIZE", "2")];
    let flags = Flags { batch_size: Some(3), ..Flags::default() };
    let config = load(Some(file), &variables, &flags).unwrap();
    assert_eq!(config.poll_interval, Duration::from_secs(2));
    assert_eq!(config.address.port(), 2);
    assert_eq!(config.batch_size, 3);
    assert_eq!(config.worker_connections, 8);
}

#[test]
fn all_problems_are_reported_at_once_with_their_setting_and_origin() {
    let file = "poll_intervall = '2s'\nheartbeat_interval = 20\ndoorbell = 'maybe'\nlog_format = 'xml'\n";
    let variables =
        [("UPNEXT_DRAIN_TIMEOUT", "soon"), ("UPNEXT_API_CONNECTIONS", "0"), ("UPNEXT_TLS_KEY", "/no/key")];
    let flags = Flags { address: Some("everywhere".to_owned()), ..Flags::default() };
    let problems = load(Some(file), &variables, &flags).unwrap_err();
    assert_eq!(
        problems,
        [
            "poll_intervall (upnext.toml): is not a setting",
            "database_url: is required, as in postgres://user@host/database",
            "address (--address): invalid socket address syntax",
            "tls_key (UPNEXT_TLS_KEY): can't open /no/key: No such file or directory (os error 2)",
            "tls_certificate: must be set with tls_key",
            "api_connections (UPNEXT_API_CONNECTIONS): 0 is not between 1 and 1000",
            "doorbell (upnext.toml): invalid type: found string \"maybe\", expected a boolean",
            "heartbeat_interval (upnext.toml): invalid type: found signed int `20`, expected a string",
            "drain_timeout (UPNEXT_DRAIN_TIMEOUT): \"soon\" is not a whole number with a unit of ms, s, m or h",
            "log_format (upnext.toml): \"xml\" is not one of auto, text, json",
        ]
    );
}

#[test]
fn an_open_address_needs_tls_or_a_permission() {
    let open = ("UPNEXT_ADDRESS", "0.0.0.0:50051");
    let problems = load(None, &[DATABASE, open], &Flags::default()).unwrap_err();
    assert_eq!(
        problems,
        [
            "address (UPNEXT_ADDRESS): 0.0.0.0:50051 is not a loopback address: set tls_certificate and tls_key, or \
          allow_plaintext"
        ]
    );
    assert!(load(None, &[DATABASE, open, ("UPNEXT_ALLOW_PLAINTEXT", "true")], &Flags::default()).is_ok());
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let tls = [DATABASE, open, ("UPNEXT_TLS_CERTIFICATE", path), ("UPNEXT_TLS_KEY", path)];
    assert!(load(None, &tls, &Flags::default()).unwrap().tls.is_some());
}

#[test]
fn a_secret_is_neither_in_the_debug_text_nor_in_a_problem() {
    let config = load(None, &[DATABASE], &Flags::default()).unwrap();
    assert!(!format!("{config:?}").contains("pass"));
    assert_eq!(config.database_url.expose(), DATABASE.1);
    let flags = Flags { database_url: Some("upnext:pass@db".to_owned()), ..Flags::default() };
    let problems = load(None, &[], &flags).unwrap_err();
    assert_eq!(problems, ["database_url (--database-url): must begin with postgres:// or postgresql://"]);
}

#[test]
fn a_file_that_is_missing_or_broken_is_named() {
    let missing =
        Config::from_sources(Some(Path::new("/no/upnext.toml")), &[], &Flags::default()).unwrap_err();
    assert!(missing.to_string().contains("/no/upnext.toml: No such file"), "{missing}");
    let named = environment(&[("UPNEXT_CONFIG", "/no/other.toml")]);
    let named = Config::from_sources(None, &named, &Flags::default()).unwrap_err();
    assert!(named.to_string().contains("/no/other.toml"), "{named}");
    assert!(
        load(Some("address = "), &[DATABASE], &Flags::default()).unwrap_err()[0].starts_with("upnext.toml: ")
    );
}

#[test]
fn ages_and_filters_are_checked() {
    let variables = [DATABASE, ("UPNEXT_STREAM_MAX_AGE", "5m"), ("UPNEXT_LOG_FILTER", "upnext=loud")];
    let problems = load(None, &variables, &Flags::default()).unwrap_err();
    assert_eq!(problems[0], "stream_max_age (UPNEXT_STREAM_MAX_AGE): must not be below stream_min_age");
    assert!(problems[1].starts_with("log_filter (UPNEXT_LOG_FILTER): "), "{problems:?}");
    assert_eq!(problems.len(), 2);
}

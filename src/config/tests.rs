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

const DATABASE: (&str, &str) = ("UPNEXT_DATABASE_URL", "postgres://upnext:pass@db/upnext?sslmode=require");

#[test]
fn the_defaults_need_only_a_database() {
    let config =
        load(None, &[DATABASE, ("UPNEXT_KEY", "not a setting of the server")], &Flags::default()).unwrap();
    assert_eq!(config.address.to_string(), "127.0.0.1:50051");
    assert_eq!(config.listen_url, config.database_url);
    assert_eq!(config.tls, None);
    assert_eq!((config.api_connections, config.worker_connections, config.batch_size), (16, 14, 256));
    assert_eq!(config.max_message_bytes, 4 << 20);
    assert!(config.doorbell);
    assert_eq!(config.poll_interval, Duration::from_secs(1));
    assert_eq!(config.streams.max_age, Duration::from_secs(3_600));
    assert_eq!(config.edge, Edge::default());
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
    assert_eq!(config.worker_connections, 14);
}

#[test]
fn all_problems_are_reported_at_once_with_their_setting_and_origin() {
    let file = "poll_intervall = '2s'\nheartbeat_interval = 20\ndoorbell = 'maybe'\nlog_format = 'xml'\n";
    let variables = [
        ("UPNEXT_DRAIN_TIMEOUT", "soon"),
        ("UPNEXT_API_CONNECTIONS", "0"),
        ("UPNEXT_TLS_KEY", "/no/key"),
        ("UPNEXT_BATCHSIZE", "8"),
    ];
    let flags = Flags { address: Some("everywhere".to_owned()), ..Flags::default() };

    let problems = load(Some(file), &variables, &flags).unwrap_err();
    assert_eq!(
        problems,
        [
            "poll_intervall (upnext.toml): is not a setting",
            "database_url: is required, for example postgres://user@host/database",
            "address (--address): \"everywhere\" is not a host and port like 127.0.0.1:50051 or localhost:50051",
            "tls_key (UPNEXT_TLS_KEY): can't open /no/key: No such file or directory (os error 2)",
            "tls_certificate: must be set with tls_key",
            "api_connections (UPNEXT_API_CONNECTIONS): 0 is not between 1 and 1000",
            "doorbell (upnext.toml): invalid type: string \"maybe\", expected a boolean",
            "heartbeat_interval (upnext.toml): invalid type: integer `20`, expected a string",
            "drain_timeout (UPNEXT_DRAIN_TIMEOUT): \"soon\" is not a whole number with a unit of ms, s, m or h",
            "log_format (upnext.toml): unknown variant `xml`, expected one of `auto`, `text`, `json`",
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
    let identity = Identity::new();
    let tls = [DATABASE, open, identity.certificate(), identity.key()];
    assert!(load(None, &tls, &Flags::default()).unwrap().tls.is_some());
}

/// A certificate and its key, in files.
struct Identity {
    folder: tempfile::TempDir,
}

impl Identity {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(folder.path().join("certificate.pem"), made.cert.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let identity = Self { folder };
        identity.permit(0o600);
        identity
    }

    fn permit(&self, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(self.key().1, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    fn path(&self, name: &str) -> &'static str {
        self.folder.path().join(name).to_str().unwrap().to_owned().leak()
    }

    fn certificate(&self) -> (&'static str, &'static str) {
        ("UPNEXT_TLS_CERTIFICATE", self.path("certificate.pem"))
    }

    fn key(&self) -> (&'static str, &'static str) {
        ("UPNEXT_TLS_KEY", self.path("key.pem"))
    }
}

#[test]
fn a_key_that_everybody_may_read_or_that_is_of_another_certificate_is_refused() {
    let (identity, other) = (Identity::new(), Identity::new());
    other.permit(0o644);
    let problems =
        load(None, &[DATABASE, identity.certificate(), other.key()], &Flags::default()).unwrap_err();
    assert!(problems[0].contains("is readable by everyone on this machine"), "{problems:?}");
    assert!(problems[1].contains("doesn't belong to tls_certificate"), "{problems:?}");
    assert_eq!(problems.len(), 2);

    let swapped = [
        DATABASE,
        ("UPNEXT_TLS_CERTIFICATE", identity.key().1),
        ("UPNEXT_TLS_KEY", identity.certificate().1),
    ];
    let problems = load(None, &swapped, &Flags::default()).unwrap_err();
    assert!(problems.iter().any(|problem| problem.contains("holds no certificate (PEM)")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("holds no private key (PEM)")), "{problems:?}");
}

#[test]
fn a_database_on_another_machine_needs_tls_or_a_permission() {
    let url = |url: &'static str| ("UPNEXT_DATABASE_URL", url);
    let refused = load(None, &[url("postgres://upnext:pass@db/upnext")], &Flags::default()).unwrap_err();
    assert_eq!(refused.len(), 1, "once, though it is also listen_url");
    assert!(
        refused[0].starts_with("database_url (UPNEXT_DATABASE_URL): db is not this machine: set sslmode="),
        "{refused:?}"
    );

    let allowed = ("UPNEXT_ALLOW_PLAINTEXT_DATABASE", "true");
    assert!(load(None, &[url("postgres://upnext@db/upnext"), allowed], &Flags::default()).is_ok());
    for local in [
        "postgres://upnext@localhost/upnext",
        "postgres://u@127.0.0.1/d",
        "postgres://u@[::1]/d",
        "postgres:///d?host=/run/postgresql",
    ] {
        assert!(load(None, &[url(local)], &Flags::default()).is_ok(), "{local}");
    }
}

#[test]
fn measures_are_shown_beyond_this_machine_only_with_a_permission() {
    let open = ("UPNEXT_METRICS_ADDRESS", "0.0.0.0:9464");
    let refused = load(None, &[DATABASE, open], &Flags::default()).unwrap_err();
    assert!(refused[0].contains("set allow_open_metrics to allow that"), "{refused:?}");
    assert!(load(None, &[DATABASE, open, ("UPNEXT_ALLOW_OPEN_METRICS", "true")], &Flags::default()).is_ok());
    assert_eq!(load(None, &[DATABASE], &Flags::default()).unwrap().metrics_address, None);
}

#[test]
fn an_address_may_have_a_name() {
    let config = load(None, &[DATABASE, ("UPNEXT_ADDRESS", "localhost:50052")], &Flags::default()).unwrap();
    assert!(config.address.ip().is_loopback() && config.address.port() == 50_052);
}

#[test]
fn waits_that_contradict_each_other_are_refused() {
    let variables = [DATABASE, ("UPNEXT_ACQUIRE_TIMEOUT", "40s"), ("UPNEXT_DRAIN_TIMEOUT", "3s")];
    let problems = load(None, &variables, &Flags::default()).unwrap_err();
    assert!(
        problems[0].starts_with(
            "acquire_timeout (UPNEXT_ACQUIRE_TIMEOUT): 40s is longer than statement_timeout, 30s"
        )
    );
    assert!(
        problems[1]
            .starts_with("drain_timeout (UPNEXT_DRAIN_TIMEOUT): 3s is shorter than acquire_timeout, 40s")
    );
    assert!(load(None, &[DATABASE, ("UPNEXT_DRAIN_TIMEOUT", "0s")], &Flags::default()).is_ok());
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
    let secret = "batch_size = 1\ndatabase_url = 'postgres://upnext:pass@db\n";
    let broken = load(Some(secret), &[DATABASE], &Flags::default()).unwrap_err();
    assert!(broken[0].starts_with("upnext.toml: line 2: "), "{broken:?}");
    assert!(!broken[0].contains("pass"), "{broken:?}");
}

#[test]
fn ages_and_filters_are_checked() {
    let variables = [DATABASE, ("UPNEXT_STREAM_MAX_AGE", "5m"), ("UPNEXT_LOG_FILTER", "upnext=loud")];
    let problems = load(None, &variables, &Flags::default()).unwrap_err();
    assert_eq!(problems[0], "stream_max_age (UPNEXT_STREAM_MAX_AGE): must be at least stream_min_age");
    assert!(problems[1].starts_with("log_filter (UPNEXT_LOG_FILTER): "), "{problems:?}");
    assert_eq!(problems.len(), 2);
}

#[test]
fn tokens_are_accepted_only_with_everything_that_tells_whose_they_are() {
    let keys = ("UPNEXT_JWT_JWKS_URL", "http://id.example.com/jwks");
    let algorithms = ("UPNEXT_JWT_ALGORITHMS", "RS256,HS256");
    let problems = load(None, &[DATABASE, keys, algorithms], &Flags::default()).unwrap_err();
    assert_eq!(
        problems,
        [
            "jwt_jwks_url (UPNEXT_JWT_JWKS_URL): must begin with https://, or http:// and this machine's address",
            "jwt_algorithms (UPNEXT_JWT_ALGORITHMS): \"RS256,HS256\" must be some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA, separated by commas",
            "jwt_issuer: must be set with jwt_jwks_file or jwt_jwks_url",
            "jwt_audience: must be set with jwt_jwks_file or jwt_jwks_url",
        ]
    );
    let alone = [DATABASE, ("UPNEXT_JWT_ISSUER", "https://id.example.com/")];
    let problems = load(None, &alone, &Flags::default()).unwrap_err();
    assert_eq!(problems, ["jwt_issuer (UPNEXT_JWT_ISSUER): needs jwt_jwks_file or jwt_jwks_url"]);

    let file = "jwt_jwks_url = 'https://id.example.com/jwks'\njwt_issuer = 'i'\njwt_audience = 'a'\n";
    let jwt = load(Some(file), &[DATABASE], &Flags::default()).unwrap().jwt.unwrap();
    assert_eq!(jwt.keys, KeySource::Url("https://id.example.com/jwks".to_owned()));
    assert_eq!((jwt.algorithms.len(), jwt.leeway), (3, Duration::from_secs(30)));
    assert_eq!(load(None, &[DATABASE], &Flags::default()).unwrap().jwt, None);
    let public = [DATABASE, ("UPNEXT_PUBLIC_URL", "https://upnext.example.com")];
    assert!(load(None, &public, &Flags::default()).unwrap().public_url.is_some());
}

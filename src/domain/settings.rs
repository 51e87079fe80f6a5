//! The settings of an organization: its limits, the outcomes of phone calls, the dispositions of
//! enrollments, how it treats consent, how long a closed activity can be reopened, and when its
//! sellers work.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::consent::ConsentPolicy;
use super::definition::Step;
use super::id::ChosenId;
use super::reason::Reason;
use super::step::{Delay, Work};
use super::violation::Violations;

/// The settings of an organization. A setting that is absent in the database has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The outcomes that a completed phone call can have, in the order in which they are shown.
    pub phone_outcomes: Vec<String>,
    /// The words with which people may judge how an enrollment went, in the order in which they are
    /// shown.
    pub dispositions: Vec<String>,
    /// What happens at a step whose activity has warnings.
    pub consent_policy: ConsentPolicy,
    /// How long a completed or skipped activity can be reopened, in seconds. 0: never.
    pub reopen_grace_seconds: i64,
    /// True if salespeople can create sequences, and change those that they own.
    pub seller_authoring: bool,
    /// The calendar of sellers without one of their own. `None`: they work all the time, in UTC.
    pub calendar: Option<ChosenId>,
    /// The calendar that says when automated emails are sent, and when their days begin. `None`:
    /// all the time, with the days of `calendar`.
    pub email_calendar: Option<ChosenId>,
    /// True if the turns of all assignment rules count together.
    pub round_robin_across_rules: bool,
    /// How long the activities of steps that don't say it wait for somebody to touch them, before
    /// upnext skips them. `None`: for as long as it takes.
    pub auto_skip_after: Option<Delay>,
    /// True if events get positions, so that other systems can follow them.
    pub publish_events: bool,
    /// How many days history is kept. 0: for ever.
    pub history_retention_days: i32,
    /// The organization's limits.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        let outcomes = ["made", "received", "no_answer", "voicemail", "busy", "wrong_number"];
        let phone_outcomes = outcomes.map(str::to_owned).to_vec();
        let dispositions =
            ["connected", "contact_later", "not_interested", "disqualified", "bad_data", "duplicate"];
        Self {
            phone_outcomes,
            dispositions: dispositions.map(str::to_owned).to_vec(),
            consent_policy: ConsentPolicy::default(),
            reopen_grace_seconds: 600,
            seller_authoring: false,
            calendar: None,
            email_calendar: None,
            round_robin_across_rules: false,
            auto_skip_after: None,
            publish_events: false,
            history_retention_days: 0,
            limits: Limits::default(),
        }
    }
}

/// A change of settings. Those that are `None` stay the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsPatch {
    /// The allowed outcomes of phone calls.
    pub phone_outcomes: Option<Vec<String>>,
    /// The allowed dispositions of enrollments.
    pub dispositions: Option<Vec<String>>,
    /// What happens at steps whose activities have warnings.
    pub consent_policy: Option<ConsentPolicy>,
    /// How long a completed or skipped activity can be reopened, in seconds.
    pub reopen_grace_seconds: Option<i64>,
    /// Whether salespeople can author sequences.
    pub seller_authoring: Option<bool>,
    /// The calendar of sellers without one of their own. `Some(None)`: they work all the time.
    pub calendar: Option<Option<ChosenId>>,
    /// The calendar of automated emails. `Some(None)`: they are sent all the time.
    pub email_calendar: Option<Option<ChosenId>>,
    /// True if the turns of all assignment rules count together.
    pub round_robin_across_rules: Option<bool>,
    /// How long activities wait whose steps don't say it. `Some(None)`: for as long as it takes.
    pub auto_skip_after: Option<Option<Delay>>,
    /// Whether events are published.
    pub publish_events: Option<bool>,
    /// How many days history is kept. 0: for ever.
    pub history_retention_days: Option<i32>,
    /// The limits that change.
    pub limits: LimitsPatch,
}

impl SettingsPatch {
    /// Returns the changed settings.
    pub fn apply(&self, before: &Settings) -> Settings {
        fn or<T: Clone>(new: &Option<T>, before: &T) -> T {
            new.as_ref().unwrap_or(before).clone()
        }

        Settings {
            phone_outcomes: or(&self.phone_outcomes, &before.phone_outcomes),
            dispositions: or(&self.dispositions, &before.dispositions),
            consent_policy: or(&self.consent_policy, &before.consent_policy),
            reopen_grace_seconds: or(&self.reopen_grace_seconds, &before.reopen_grace_seconds),
            seller_authoring: or(&self.seller_authoring, &before.seller_authoring),
            calendar: or(&self.calendar, &before.calendar),
            email_calendar: or(&self.email_calendar, &before.email_calendar),
            round_robin_across_rules: or(&self.round_robin_across_rules, &before.round_robin_across_rules),
            auto_skip_after: or(&self.auto_skip_after, &before.auto_skip_after),
            publish_events: or(&self.publish_events, &before.publish_events),
            history_retention_days: or(&self.history_retention_days, &before.history_retention_days),
            limits: self.limits.apply(&before.limits),
        }
    }
}

/// The longest time for which a closed activity can be reopened, in seconds, inclusive: one day.
pub const LONGEST_REOPEN_GRACE: i64 = 86_400;

/// The fewest and the most days for which history is kept, if it isn't for ever. What is younger is
/// needed: activities can be reopened for a day, and deleted records are remembered for a month.
const RETENTION_DAYS: RangeInclusive<i32> = 30..=3650;

impl Settings {
    /// Returns how long a completed or skipped activity can be reopened. Zero: never.
    pub fn reopen_grace(&self) -> TimeDelta {
        TimeDelta::seconds(self.reopen_grace_seconds)
    }

    /// Checks that people may judge with this word. Empty: they take their judgment back.
    pub fn check_disposition(&self, disposition: &str) -> Violations {
        if disposition.is_empty() || self.dispositions.iter().any(|known| known == disposition) {
            return Violations::new();
        }
        let known = self.dispositions.join(", ");
        Violations::one("disposition", Reason::DispositionUnknown, format!("must be one of {known}"))
    }

    /// Checks the settings. Paths begin at the organization.
    pub fn check(&self) -> Violations {
        let mut found = Violations::new();
        if self.phone_outcomes.is_empty() {
            let description = "must have at least one: a completed phone call needs an outcome";
            found.push("settings.phone_outcomes", Reason::FieldRequired, description);
        }

        for (list, words) in [("phone_outcomes", &self.phone_outcomes), ("dispositions", &self.dispositions)]
        {
            for (index, word) in words.iter().enumerate() {
                found.extend(check_length(&format!("settings.{list}[{index}]"), word, LONGEST_OUTCOME));
            }
        }

        let grace = self.reopen_grace_seconds;
        if !(0..=LONGEST_REOPEN_GRACE).contains(&grace) {
            let description = format!("must be from 0s (never) to {LONGEST_REOPEN_GRACE}s, is {grace}s");
            found.push("settings.reopen_grace_period", Reason::FieldInvalid, description);
        }
        let days = self.history_retention_days;
        if days != 0 && !RETENTION_DAYS.contains(&days) {
            let (least, most) = (RETENTION_DAYS.start(), RETENTION_DAYS.end());
            let description = format!("must be 0 (for ever) or from {least} to {most} days, is {days}");
            found.push("settings.history_retention_days", Reason::FieldInvalid, description);
        }
        if let Some(after) = self.auto_skip_after {
            found.extend_under("settings.auto_skip_after", after.check(&self.limits));
        }
        found
    }

    /// Returns how long the activity of a step waits for somebody to touch it, before upnext skips
    /// it. `None`: for as long as it takes.
    pub fn auto_skip_after(&self, step: &Step) -> Option<Delay> {
        let is_sellers = matches!(step.kind.work(), Work::Act(kind) if !kind.is_automated());
        let default = self.auto_skip_after.filter(|_| is_sellers);
        // A step says never by zero.
        step.auto_skip_after.or(default).filter(|after| !after.total().is_zero())
    }
}

/// The maximum number of characters of an outcome, or of the reason of a skip.
pub const LONGEST_OUTCOME: i32 = 64;

/// Declares the limits with their defaults, and the type of a change. A new limit is one more line.
macro_rules! limits {
    // `$d` is a dollar sign for the macro that this one declares.
    (($d:tt) $($(#[$doc:meta])+ $limit:ident = $default:literal;)+) => {
        /// Calls a macro with the names of all limits, which are also their names in the API.
        macro_rules! each_limit {
            ($d with:ident) => {
                $d with!($($limit),+)
            };
        }

        pub(crate) use each_limit;

        /// The limits of an organization. Every refusal contains the limit's name and value.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Limits {
            $($(#[$doc])+ pub $limit: i32,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($limit: $default),+ }
            }
        }

        /// A change of limits. Limits that are `None` stay the same.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct LimitsPatch {
            $($(#[$doc])+ pub $limit: Option<i32>,)+
        }

        impl LimitsPatch {
            /// Returns the changed limits.
            pub fn apply(&self, before: &Limits) -> Limits {
                Limits { $($limit: self.$limit.unwrap_or(before.$limit)),+ }
            }
        }
    };
}

limits! {
    ($)
    /// The maximum number of active sequences.
    active_sequences = 250;
    /// The maximum number of active segments, over all record types.
    active_segments = 250;
    /// The maximum number of enabled rules of one segment.
    active_rules_per_segment = 10;
    /// The longest wait of one step, in days, inclusive.
    longest_wait_days = 30;
    /// The maximum number of steps of one definition.
    steps_per_definition = 200;
    /// The maximum number of revisions of one sequence.
    revisions_per_sequence = 500;
    /// The maximum number of characters of a display name.
    display_name_characters = 160;
    /// The maximum number of characters of a description, script or note.
    description_characters = 2000;
    /// The maximum number of automated emails in a day.
    emails_per_day = 10000;
    /// The maximum number of automated emails in a day to records of one seller.
    emails_per_seller_and_day = 1000;
}

impl Limits {
    /// Returns the longest wait of one step, inclusive.
    pub fn wait(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.longest_wait_days))
    }

    /// Checks a required display name.
    pub fn check_display_name(&self, field: &str, text: &str) -> Violations {
        let mut found = Violations::new();
        // A name of spaces or marks that aren't shown looks empty to people.
        if INVISIBLE.is_match(text) {
            found.push(field, Reason::FieldRequired, "must have a character that can be seen");
        }
        found.extend(check_length(field, text, self.display_name_characters));
        found
    }

    /// Checks a display name that can be empty.
    pub fn check_optional_display_name(&self, field: &str, text: &str) -> Violations {
        check_length(field, text, self.display_name_characters)
    }

    /// Checks a description, script or note.
    pub fn check_description(&self, field: &str, text: &str) -> Violations {
        check_length(field, text, self.description_characters)
    }
}

/// A text without a character that can be seen. The braille pattern without dots looks like a
/// space.
static INVISIBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A[\s\p{C}\p{Default_Ignorable_Code_Point}\x{2800}]*\z").expect("a valid pattern")
});

/// Checks that a text has at most `limit` characters, and none that Postgres can't store.
pub fn check_length(field: &str, text: &str, limit: i32) -> Violations {
    let mut found = Violations::new();
    let length = text.chars().count();
    // A length beyond `i32` is above every limit.
    if i32::try_from(length).map_or(true, |length| length > limit) {
        let description = format!("must be at most {limit} characters, has {length}");
        found.push(field, Reason::FieldTooLong, description);
    }
    if text.contains('\0') {
        found.push(field, Reason::FieldInvalid, "must not contain the character U+0000");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_counted_in_characters() {
        let limits = Limits::default();
        assert!(limits.check_display_name("name", &"ö".repeat(160)).is_empty());
        let found = limits.check_display_name("name", &"ö".repeat(161));
        assert_eq!(found.shared_reason(), Some(Reason::FieldTooLong));
        assert!(found.to_string().contains("at most 160 characters, has 161"));
    }

    #[test]
    fn a_display_name_needs_a_character_that_can_be_seen() {
        let limits = Limits::default();
        let invisible = ["", " ", "\u{202e}\u{200b}", "\u{3164}", "\u{2800}\u{a0}", "\u{feff}\u{e0041}"];
        for name in invisible {
            let found = limits.check_display_name("name", name);
            assert_eq!(found.shared_reason(), Some(Reason::FieldRequired), "{name:?}");
        }
        for name in ["a", "\u{202e}a", "💥", "山田", "👩\u{200d}🌾", "-"] {
            assert!(limits.check_display_name("name", name).is_empty(), "{name:?}");
        }
    }

    #[test]
    fn what_a_patch_leaves_out_stays() {
        let calendar = Some(ChosenId::known("office"));
        let before = Settings { calendar, seller_authoring: true, ..Settings::default() };
        assert_eq!(SettingsPatch::default().apply(&before), before);

        let patch = SettingsPatch {
            // Not left out, but taken away.
            calendar: Some(None),
            dispositions: Some(vec!["won".to_owned()]),
            limits: LimitsPatch { active_sequences: Some(1), ..LimitsPatch::default() },
            ..SettingsPatch::default()
        };
        let after = patch.apply(&before);
        let limits = Limits { active_sequences: 1, ..Limits::default() };
        let dispositions = vec!["won".to_owned()];
        assert_eq!(after, Settings { calendar: None, dispositions, limits, ..before });
    }

    #[test]
    fn settings_kept_by_an_older_release_get_the_defaults_of_what_is_new() {
        let kept: Settings =
            serde_json::from_str(r#"{"limits":{"longest_wait_days":7}}"#).expect("valid settings");
        assert_eq!(kept.limits.longest_wait_days, 7);
        assert_eq!(kept.limits.active_sequences, 250);
        assert_eq!((kept.phone_outcomes.len(), kept.consent_policy), (6, ConsentPolicy::Warn));
        assert_eq!(kept.reopen_grace(), TimeDelta::minutes(10));
    }
}

//! Consent: whether a person may be reached for what an activity does, and whether the record says
//! how.

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

/// The way in which an activity reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By email.
    Email,
    /// By phone.
    Phone,
}

/// What a record says about reaching its person, by the attributes that its type uses for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// True if the person must not be emailed.
    pub do_not_email: bool,
    /// True if there is an email address.
    pub email: bool,
    /// True if the person unsubscribed from emails.
    pub unsubscribed: bool,
    /// True if the person must not be called.
    pub do_not_phone: bool,
    /// True if there is a phone number.
    pub phone: bool,
}

/// A reason not to do an activity. The numbers are stored, and they are the same in the proto.
/// Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum Warning {
    /// The person must not be called.
    DoNotPhone = 1,
    /// There is no phone number.
    NoPhoneNumber = 2,
    /// The person must not be emailed.
    DoNotEmail = 3,
    /// There is no email address.
    NoEmailAddress = 4,
    /// The person unsubscribed from emails.
    Unsubscribed = 5,
}

impl Warning {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// True if the person wants no contact this way. The others only say what is missing.
    pub const fn forbids(self) -> bool {
        match self {
            Self::DoNotPhone | Self::DoNotEmail | Self::Unsubscribed => true,
            Self::NoPhoneNumber | Self::NoEmailAddress => false,
        }
    }

    /// Returns the bit that stands for it in stored [`Warnings`].
    pub const fn bit(self) -> i16 {
        1 << (self as i16 - 1)
    }
}

/// A set of warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Warnings(i16);

impl Warnings {
    /// Returns the number that is stored.
    pub const fn bits(self) -> i16 {
        self.0
    }

    /// Returns the set that is stored as this number. `None` if it contains an unknown warning.
    pub fn of(bits: i16) -> Option<Self> {
        let known = Warning::VARIANTS.iter().fold(0, |bits, warning| bits | warning.bit());
        (bits & !known == 0).then_some(Self(bits))
    }

    /// True if there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the warnings in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Warning> {
        Warning::VARIANTS.iter().copied().filter(move |warning| self.0 & warning.bit() != 0)
    }

    /// Returns their names in the API, like `DO_NOT_PHONE, NO_PHONE_NUMBER`.
    pub fn words(self) -> String {
        self.iter().map(Warning::as_str).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<Warning> for Warnings {
    fn from_iter<T: IntoIterator<Item = Warning>>(warnings: T) -> Self {
        Self(warnings.into_iter().fold(0, |bits, warning| bits | warning.bit()))
    }
}

impl Reach {
    /// Returns the reasons not to reach the person through a channel. Without a channel there are
    /// none.
    pub fn warnings(self, channel: Option<Channel>) -> Warnings {
        let reasons: &[(bool, Warning)] = match channel {
            None => &[],
            Some(Channel::Phone) => {
                &[(self.do_not_phone, Warning::DoNotPhone), (!self.phone, Warning::NoPhoneNumber)]
            }
            Some(Channel::Email) => &[
                (self.do_not_email, Warning::DoNotEmail),
                (!self.email, Warning::NoEmailAddress),
                (self.unsubscribed, Warning::Unsubscribed),
            ],
        };
        reasons.iter().filter_map(|(is_so, warning)| is_so.then_some(*warning)).collect()
    }
}

/// What happens at a step whose activity has warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsentPolicy {
    /// The activity falls due, and shows its warnings.
    #[default]
    Warn,
    /// The activity is skipped, with the warnings as the reason.
    Skip,
}

/// What becomes of an activity, by its warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It falls due.
    Due,
    /// It is skipped, with the warnings as the reason.
    Skip,
    /// Its enrollment ends.
    Exit,
}

impl ConsentPolicy {
    /// Returns what becomes of an activity with these warnings. An automated one never reaches a
    /// person who doesn't want that: it is skipped, or ends its enrollment if the sequence wants
    /// that (`exits`).
    pub fn reaction(self, warnings: Warnings, is_automated: bool, exits: bool) -> Reaction {
        let forbidden = is_automated && warnings.iter().any(Warning::forbids);
        match (forbidden, self) {
            (true, _) if exits => Reaction::Exit,
            (true, _) => Reaction::Skip,
            (false, ConsentPolicy::Skip) if !warnings.is_empty() => Reaction::Skip,
            (false, _) => Reaction::Due,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_needs_consent_and_an_address_of_its_own() {
        let nothing = Reach::default();
        assert_eq!(nothing.warnings(Some(Channel::Phone)).words(), "NO_PHONE_NUMBER");
        assert_eq!(nothing.warnings(Some(Channel::Email)).words(), "NO_EMAIL_ADDRESS");
        assert!(nothing.warnings(None).is_empty());

        let reachable = Reach { email: true, phone: true, ..nothing };
        assert!(reachable.warnings(Some(Channel::Phone)).is_empty());
        let quiet = Reach { do_not_phone: true, phone: false, ..reachable };
        assert_eq!(quiet.warnings(Some(Channel::Phone)).words(), "DO_NOT_PHONE, NO_PHONE_NUMBER");
        assert!(quiet.warnings(Some(Channel::Email)).is_empty());
        let unsubscribed = Reach { unsubscribed: true, ..reachable };
        assert_eq!(unsubscribed.warnings(Some(Channel::Email)).words(), "UNSUBSCRIBED");
        assert!(unsubscribed.warnings(Some(Channel::Phone)).is_empty());
    }

    #[test]
    fn warnings_are_kept_as_bits_and_unknown_bits_are_refused() {
        let both: Warnings = [Warning::NoEmailAddress, Warning::DoNotEmail].into_iter().collect();
        assert_eq!((both.bits(), Warnings::of(both.bits())), (12, Some(both)));
        assert_eq!((Warnings::of(0), Warnings::of(32)), (Some(Warnings::default()), None));
    }

    #[test]
    fn an_automated_activity_never_reaches_whom_it_must_not() {
        let forbidden: Warnings = [Warning::Unsubscribed].into_iter().collect();
        let missing: Warnings = [Warning::NoEmailAddress].into_iter().collect();
        let warn = |warnings, automated, exits| ConsentPolicy::Warn.reaction(warnings, automated, exits);
        assert_eq!(warn(forbidden, false, true), Reaction::Due);
        assert_eq!(warn(forbidden, true, false), Reaction::Skip);
        assert_eq!(warn(forbidden, true, true), Reaction::Exit);
        assert_eq!(warn(missing, true, true), Reaction::Due);
        let skip = |warnings, automated| ConsentPolicy::Skip.reaction(warnings, automated, false);
        assert_eq!(skip(missing, true), Reaction::Skip);
        assert_eq!(skip(forbidden, false), Reaction::Skip);
        assert_eq!(skip(Warnings::default(), true), Reaction::Due);
    }
}

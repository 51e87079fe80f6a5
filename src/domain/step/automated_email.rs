//! Automated email steps: a worker sends an email.

templated! {
    /// An email that a worker sends.
    AutomatedEmail(
        /// What is sent. `None` only in a draft.
        template
    ), "Automated email", Email, NEEDS_TEMPLATE, AUTOMATED
}

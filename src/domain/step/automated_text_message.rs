//! Automated text message steps: a worker sends a text message.

templated! {
    /// A text message that a worker sends.
    AutomatedTextMessage(
        /// What is sent. `None` only in a draft.
        template
    ), "Automated text message", Phone, NEEDS_TEMPLATE, AUTOMATED
}

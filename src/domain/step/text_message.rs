//! Text message steps: a seller sends a text message.

templated! {
    /// A text message for the seller to send.
    TextMessage(
        /// The template that the composer opens with. `None`: it opens empty.
        template
    ), "Text message", Phone
}

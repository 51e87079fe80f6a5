//! Email steps: a seller sends an email.

templated! {
    /// An email for the seller to send.
    Email(
        /// The template that the composer opens with. `None`: it opens empty.
        template
    ), "Email", Email
}

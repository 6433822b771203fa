//! Whether a PostgreSQL inbox lets the caller process a delivery.

/// What [`PostgresInbox::begin`](super::PostgresInbox::begin) found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "process the delivery only if the result is `First`"]
pub enum Begun {
    /// Nobody has processed this delivery. Process it in the same transaction.
    First,
    /// The delivery was processed before. Do nothing, and respond with success.
    Done,
    /// Another process is working on the delivery, and hasn't finished in time. Do nothing, and have the
    /// platform send the delivery again, for example by responding with
    /// [`SEND_AGAIN`](mileston_api::webhook::SEND_AGAIN).
    Busy,
}

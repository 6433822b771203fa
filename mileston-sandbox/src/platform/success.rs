//! The results of the platform's operations.

use mileston_api::types::Acknowledgement;

use crate::generated::server::answers::Answer;
use crate::runtime::{Payload, Refusal};

/// The result of an operation. The body may be generated while it is being sent.
pub(super) type Success<T> = Result<Answer<Payload<T>>, Refusal>;

/// Applies a field of an update. If the update doesn't contain the field, the value is kept.
pub(super) fn merge<T>(slot: &mut Option<T>, update: Option<impl Into<T>>) {
    if let Some(update) = update {
        *slot = Some(update.into());
    }
}

/// Returns a response that has a message but no record.
pub(super) fn acknowledge(message: &str) -> Answer<Payload<Acknowledgement>> {
    Answer::ok(Acknowledgement::new().with_status_code(200).with_message(message))
}

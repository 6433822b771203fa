//! Keeps the call and the response that a download's body belongs to, for the download's errors and timers.

use std::sync::Arc;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

use crate::answered::{Response, answered};
use crate::answered_by::decoding;
use crate::authenticate::{Authenticate, Transient};
use crate::clock::Clock;
use crate::decode::{Decoded, decode_item};
use crate::error::Error;
use crate::json::{AnyValue, ReadValue};
use crate::operation::{Operation, SecurityRequirement};
use crate::profile::Profile;
use crate::received::Received;
use crate::secrets_sent::redactor;
use crate::trace;

/// The response that a body belongs to, and the parts of the call that are still needed while the body is read.
pub(crate) struct Provenance {
    pub(crate) operation: &'static Operation,
    pub(crate) server: String,
    pub(crate) profile: &'static Profile,
    pub(crate) requirement: Option<&'static SecurityRequirement>,
    pub(crate) status: StatusCode,
    pub(crate) headers: Received,
    pub(crate) attempts: u32,
    /// The authenticator and the transient secrets. They are kept instead of a redactor, because a redactor contains
    /// copies that aren't wiped.
    pub(crate) authenticator: Arc<dyn Authenticate>,
    pub(crate) transient: Vec<Transient>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Provenance {
    /// Returns the media type, as the server wrote it.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers.get(&CONTENT_TYPE).map(HeaderValue::to_str)?.ok()
    }

    /// Adds the call and the response, without its body, to an error.
    pub(super) fn error(&self, error: Error) -> Error {
        let redactor = redactor(&*self.authenticator, &self.transient);
        let response = Response { status: self.status, headers: &self.headers, body: Vec::new() };
        let now = self.clock.wall_time();
        let answer = answered(response, &self.profile.envelope, now, &redactor);
        error
            .without_secrets(&redactor)
            .with_answer(answer, self.requirement)
            .with_attempts(self.attempts)
            .in_operation(self.operation, &self.server, self.profile)
    }

    /// Decodes one of the values in the body, in the same way as a call decodes a complete body.
    pub(super) fn value(&self, text: &str, read: ReadValue) -> Result<AnyValue, Error> {
        let decoded =
            decoding(self.operation, || decode_item(text, self.operation.undescribed, read));
        let Decoded { value, unexpected } = decoded.map_err(|error| self.error(error))?;
        if !unexpected.is_empty() {
            let redactor = redactor(&*self.authenticator, &self.transient);
            trace::unexpected(self.operation, &unexpected, &redactor);
        }
        Ok(value)
    }
}

//! Collects the information found in a body, and decides whether this information turns a success response into an
//! error.

use http::StatusCode;

use super::scalar::Scalar;
use super::text::{MAX_MESSAGES, kept};
use crate::error::ErrorKind;

/// The information found in a body.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The reasons: first those in `message`, then those in other fields.
    pub(crate) messages: Vec<String>,
    /// The value of `error`, or `None` if it isn't text.
    pub(crate) error: Option<String>,
    pub(super) others: Vec<String>,
    pub(super) status_code: Scalar,
    /// The status inside `data`.
    pub(super) inner_status: Scalar,
    /// Whether the envelope's flag is `false`.
    pub(super) denied: bool,
    /// Whether something other than the status and the flag reports a failure.
    pub(super) flagged: bool,
    /// Whether something inside `data` reports a failure.
    pub(super) inner_flagged: bool,
    pub(super) has_record: bool,
}

impl Report {
    /// Returns the error that a body with a 2xx status reports, if any.
    ///
    /// Only an error in the API's own format means that the request was rejected. With any other format, it is unknown
    /// what the server did.
    ///
    /// If `data_is_record` is true, `data` contains a record. An `error` in it may belong to the record, e.g. the
    /// reason why a loan was refused. In that case, the status outside `data` decides.
    pub(crate) fn error_in_success(&self, data_is_record: bool) -> Option<ErrorKind> {
        let is_success = |status: Option<StatusCode>| status.is_some_and(|one| one.is_success());
        let (outer, inner) = (self.status_code.as_status(), self.inner_status.as_status());
        // A failure inside `data` takes precedence over the status of the envelope.
        let status = inner.filter(|status| !is_success(*status)).or(outer).or(inner);
        let failed = status.is_some_and(|status| !is_success(status));
        if self.denied && !failed {
            return Some(ErrorKind::RefusedInBody);
        }
        let is_records = data_is_record && outer.is_some_and(is_success);
        if !failed && !self.flagged && (!self.inner_flagged || is_records) {
            return None;
        }
        let own = status
            .flatten()
            .filter(|_| !self.has_record && (!self.messages.is_empty() || self.error.is_some()));
        Some(match own {
            Some(status) if status.is_client_error() => ErrorKind::Refused(status),
            Some(status) if status.is_server_error() => ErrorKind::Failed(status),
            _ => ErrorKind::ErrorInBody,
        })
    }

    pub(super) fn flag(&mut self, failed: bool, depth: u8) {
        match depth {
            0 => self.flagged |= failed,
            _ => self.inner_flagged |= failed,
        }
    }

    pub(super) fn push(&mut self, text: &str, prefix: Option<&str>, to_others: bool) {
        let list = if to_others { &mut self.others } else { &mut self.messages };
        if list.len() < MAX_MESSAGES
            && let Some(text) = kept(text.trim())
        {
            list.extend(match prefix {
                Some(prefix) => kept(&format!("{prefix}: {text}")),
                None => Some(text),
            });
        }
    }
}

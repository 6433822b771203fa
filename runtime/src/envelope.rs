//! Describes how an API wraps its responses: the names of the fields that a client needs.

/// The names of the fields that distinguish success from failure in a body, and a record from its wrapper.
///
/// Some APIs report an error in the body of a response with a 2xx status, as in `{"statusCode": 400, "message": "…"}`
/// or `{"ok": false, "error": "…"}`. By default ([`Envelope::NONE`]), the client relies only on the HTTP status. With
/// any other envelope, the body of each 2xx response is examined:
///
/// * An error status in the [status field](Envelope::with_status) is reported as an error with that status
///   ([`ErrorKind::Refused`](crate::ErrorKind::Refused) or [`Failed`](crate::ErrorKind::Failed)) if the body also gives
///   a reason and contains no record. Otherwise the error is reported as
///   [`ErrorKind::ErrorInBody`](crate::ErrorKind::ErrorInBody).
/// * `false` in the [success flag](Envelope::with_success_flag) is reported as
///   [`ErrorKind::RefusedInBody`](crate::ErrorKind::RefusedInBody).
/// * Any other field that reports a failure, such as a non-empty `error` or `success: false`, is reported as
///   `ErrorInBody`. If the response type itself has a field of that name, the field is part of the record and isn't
///   treated as an error.
/// * A body without a record is reported as [`ErrorKind::NoRecord`](crate::ErrorKind::NoRecord). The record consists of
///   the response type's fields, except those that are part of the envelope. A body without a record is accepted
///   if [`record_is_optional`](Envelope::record_is_optional) lists the type, and if the status or the flag reports
///   success.
///
/// ```
/// use openapi_keys_runtime::Envelope;
///
/// const NUMBERED: Envelope = Envelope::with_status("statusCode").data("data");
/// const FLAGGED: Envelope = Envelope::with_success_flag("ok");
/// # let _ = (NUMBERED, FLAGGED);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Envelope {
    pub(crate) status: Option<&'static str>,
    pub(crate) flag: Option<&'static str>,
    pub(crate) data: Option<&'static str>,
    pub(crate) looks_closer: bool,
    pub(crate) record_is_optional: &'static [&'static str],
}

/// The field with the reason for an error, in any envelope.
pub(crate) const MESSAGE: &str = "message";

impl Envelope {
    /// No envelope: every response with a 2xx status is a success response.
    pub const NONE: Envelope = Envelope {
        status: None,
        flag: None,
        data: None,
        looks_closer: false,
        record_is_optional: &[],
    };

    /// Creates an envelope in which the field of this name, e.g. `statusCode`, contains the status of the call. The
    /// HTTP status may be different.
    #[must_use]
    pub const fn with_status(status: &'static str) -> Self {
        Envelope { status: Some(status), looks_closer: true, ..Envelope::NONE }
    }

    /// Creates an envelope in which the field of this name, e.g. `ok`, is `true` for a success response and `false` for
    /// a rejected request.
    ///
    /// If the flag is `false`, the request was rejected, whatever else the body contains. This applies even if the
    /// response type has a field of that name.
    #[must_use]
    pub const fn with_success_flag(flag: &'static str) -> Self {
        Envelope { flag: Some(flag), looks_closer: true, ..Envelope::NONE }
    }

    /// Sets the field that wraps a record and may contain a second envelope.
    #[must_use]
    pub const fn data(mut self, data: &'static str) -> Self {
        self.data = Some(data);
        self
    }

    /// Sets the response types whose record is optional: a body with only a success status or flag is accepted.
    #[must_use]
    pub const fn record_is_optional(mut self, types: &'static [&'static str]) -> Self {
        self.record_is_optional = types;
        self
    }

    /// Returns whether a field of this name belongs to the envelope, not to a record.
    pub(crate) fn is_around(&self, name: &str) -> bool {
        name == MESSAGE || self.status == Some(name) || self.flag == Some(name)
    }
}

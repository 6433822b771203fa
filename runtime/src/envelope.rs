//! How an API wraps its responses: the names of the fields that a client has to know.

/// The field names that distinguish success from failure inside a body, and a record from its wrapper.
///
/// Some APIs report an error with a 2xx status and an error in the body, as in `{"statusCode": 400, "message": "…"}` or
/// `{"success": false}`. By default ([`Envelope::NONE`]) only the status of the response decides. With any other
/// envelope, the body of each 2xx response is examined:
///
/// * It is an error ([`ErrorKind::ErrorInBody`](crate::ErrorKind::ErrorInBody), or `Refused` or `Failed` with the
///   status in the body) if the [status](Envelope::with_status) field holds an error status, if a field such as `error`
///   or `errors` reports an error, or if it has `success: false`.
/// * It is [`ErrorKind::NoRecord`](crate::ErrorKind::NoRecord) if it has none of the fields of its type other than
///   those of the envelope, unless the type is listed in [`record_is_optional`](Envelope::record_is_optional).
///
/// ```
/// use openapi_keys_runtime::Envelope;
///
/// const ENVELOPE: Envelope = Envelope::with_status("statusCode").data("data");
/// # let _ = ENVELOPE;
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Envelope {
    pub(crate) status: Option<&'static str>,
    pub(crate) data: Option<&'static str>,
    pub(crate) looks_closer: bool,
    pub(crate) record_is_optional: &'static [&'static str],
}

/// The field with the reason for an error, in any envelope.
pub(crate) const MESSAGE: &str = "message";

impl Envelope {
    /// No envelope: every 2xx response is a success.
    pub const NONE: Envelope =
        Envelope { status: None, data: None, looks_closer: false, record_is_optional: &[] };

    /// Creates an envelope whose field `status` repeats the HTTP status.
    #[must_use]
    pub const fn with_status(status: &'static str) -> Self {
        Envelope { status: Some(status), looks_closer: true, ..Envelope::NONE }
    }

    /// Creates an envelope without a status, in which `error`, `success` or a similar field reports an error.
    #[must_use]
    pub const fn without_status() -> Self {
        Envelope { looks_closer: true, ..Envelope::NONE }
    }

    /// Sets the field that wraps a record and may contain a second envelope.
    #[must_use]
    pub const fn data(mut self, data: &'static str) -> Self {
        self.data = Some(data);
        self
    }

    /// Sets the response types that are complete even if the body has nothing but a success status.
    #[must_use]
    pub const fn record_is_optional(mut self, types: &'static [&'static str]) -> Self {
        self.record_is_optional = types;
        self
    }

    /// Returns whether a field of this name belongs to the envelope and not to a record.
    pub(crate) fn is_around(&self, name: &str) -> bool {
        name == MESSAGE || self.status == Some(name)
    }
}

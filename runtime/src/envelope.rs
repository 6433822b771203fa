//! How an API wraps its responses, as far as a client has to know: by the names of fields.

/// The names by which an API tells success from failure inside a body, and a record from what is around it.
///
/// Some APIs answer an error with a status of success and say so in the body, as in
/// `{"statusCode": 400, "message": "…"}` or `{"success": false}`. By default, [`Envelope::NONE`], the status of the
/// response alone decides. An API for which one is described here has a closer look taken at each success:
///
/// * a status of failure in the [status](Envelope::with_status) field, a field such as `error` or `errors` that says that there
///   is one, or `success: false`, makes it an error ([`ErrorKind::ErrorInBody`](crate::ErrorKind::ErrorInBody), or
///   `Refused` and `Failed` with the status in the body);
/// * a body without any field of its type but those of the envelope is
///   [`ErrorKind::NoRecord`](crate::ErrorKind::NoRecord), unless its type is among
///   [`record_is_optional`](Envelope::record_is_optional).
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

/// The field with the reason of an error, whatever else there is.
pub(crate) const MESSAGE: &str = "message";

impl Envelope {
    /// No envelope: a status of success is a success.
    pub const NONE: Envelope =
        Envelope { status: None, data: None, looks_closer: false, record_is_optional: &[] };

    /// An envelope whose field `status` repeats the status of HTTP.
    #[must_use]
    pub const fn with_status(status: &'static str) -> Self {
        Envelope { status: Some(status), looks_closer: true, ..Envelope::NONE }
    }

    /// An envelope without a status, whose `error`, `success` or the like says whether it is an error.
    #[must_use]
    pub const fn without_status() -> Self {
        Envelope { looks_closer: true, ..Envelope::NONE }
    }

    /// Sets the field that wraps a record, and in which a second envelope may be.
    #[must_use]
    pub const fn data(mut self, data: &'static str) -> Self {
        self.data = Some(data);
        self
    }

    /// Sets the types of responses that are whole with a status of success in the body alone.
    #[must_use]
    pub const fn record_is_optional(mut self, types: &'static [&'static str]) -> Self {
        self.record_is_optional = types;
        self
    }

    /// Whether a field of this name is the envelope's, and no part of a record.
    pub(crate) fn is_around(&self, name: &str) -> bool {
        name == MESSAGE || self.status == Some(name)
    }
}

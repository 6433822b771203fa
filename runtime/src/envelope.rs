//! How an API wraps its responses, as far as a client has to know: by the names of fields.

/// The names by which an API separates success from failure inside a body, and a record from what is around it.
///
/// Some APIs answer an error with a status of success and say so in the body, as in
/// `{"statusCode": 400, "message": "…"}` or `{"ok": false, "error": "…"}`. By default, [`Envelope::NONE`], the status of the
/// response alone decides. An API for which one is described here has a closer look taken at each success:
///
/// * A status of failure in the [status field](Envelope::with_status) is an error with that status
///   ([`ErrorKind::Refused`](crate::ErrorKind::Refused) or [`Failed`](crate::ErrorKind::Failed)) if the body gives a reason
///   as well, and otherwise [`ErrorKind::ErrorInBody`](crate::ErrorKind::ErrorInBody).
/// * `false` in the [success flag](Envelope::with_success_flag) is
///   [`ErrorKind::RefusedInBody`](crate::ErrorKind::RefusedInBody).
/// * A field such as `error`, `errors` or `success` that says that there is an error is `ErrorInBody`, unless the type of
///   the response has a field of that name: then it is a part of the record.
/// * A body without any field of its type but those of the envelope is
///   [`ErrorKind::NoRecord`](crate::ErrorKind::NoRecord), unless its type is among
///   [`record_is_optional`](Envelope::record_is_optional) and the status or flag says that it is a success.
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

/// The field with the reason of an error, whatever else there is.
pub(crate) const MESSAGE: &str = "message";

impl Envelope {
    /// No envelope: a status of success is a success.
    pub const NONE: Envelope = Envelope {
        status: None,
        flag: None,
        data: None,
        looks_closer: false,
        record_is_optional: &[],
    };

    /// An envelope whose field `status` repeats the status of HTTP.
    #[must_use]
    pub const fn with_status(status: &'static str) -> Self {
        Envelope { status: Some(status), looks_closer: true, ..Envelope::NONE }
    }

    /// An envelope whose field `flag`, such as `ok`, is `true` for a success and `false` for a request that was refused.
    ///
    /// It decides whatever else is in the body, also where the type of the response has it as a field.
    #[must_use]
    pub const fn with_success_flag(flag: &'static str) -> Self {
        Envelope { flag: Some(flag), looks_closer: true, ..Envelope::NONE }
    }

    /// Sets the field that wraps a record, and in which a second envelope may be.
    #[must_use]
    pub const fn data(mut self, data: &'static str) -> Self {
        self.data = Some(data);
        self
    }

    /// Sets the types of responses that are whole with a status or flag of success in the body alone.
    #[must_use]
    pub const fn record_is_optional(mut self, types: &'static [&'static str]) -> Self {
        self.record_is_optional = types;
        self
    }

    /// Whether a field of this name is the envelope's, and no part of a record.
    pub(crate) fn is_around(&self, name: &str) -> bool {
        name == MESSAGE || self.status == Some(name) || self.flag == Some(name)
    }
}

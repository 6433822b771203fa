//! Decides what the name of a field says about its value.

use crate::envelope::Envelope;

/// The names of fields that contain a reason.
pub(super) const REASONS: [&str; 9] = [
    "message",
    "msg",
    "title",
    "detail",
    "details",
    "reason",
    "description",
    "error_description",
    "errorMessage",
];

/// The meaning of a field's name, for fields that aren't part of the envelope.
#[derive(Clone, Copy)]
pub(super) enum Telling {
    /// The value is an error, or says whether there is one.
    Error,
    /// The value says whether the request succeeded.
    Success,
    /// The value is a status.
    Status,
}

/// The names, in lower case and without underscores, and their meanings.
const NAMES: [(&str, Telling); 16] = [
    ("error", Telling::Error),
    ("errors", Telling::Error),
    ("err", Telling::Error),
    ("errorcode", Telling::Error),
    ("errormessage", Telling::Error),
    ("errordescription", Telling::Error),
    ("iserror", Telling::Error),
    ("haserror", Telling::Error),
    ("haserrors", Telling::Error),
    ("success", Telling::Success),
    ("succeeded", Telling::Success),
    ("issuccess", Telling::Success),
    ("ok", Telling::Success),
    ("status", Telling::Status),
    ("statuscode", Telling::Status),
    ("code", Telling::Status),
];

/// Returns the meaning of a name, or `None` if the name has no special meaning. Ignores case and underscores.
pub(super) fn telling(name: &str) -> Option<Telling> {
    let is_named = |known: &str| {
        let plain = name.bytes().filter(|byte| *byte != b'_');
        plain.map(|byte| byte.to_ascii_lowercase()).eq(known.bytes())
    };
    NAMES.iter().find(|(known, _)| is_named(known)).map(|(_, telling)| *telling)
}

/// Returns whether a field with this name may report an error. The values of such fields have to be read.
pub(crate) fn is_telling(name: &str, envelope: &Envelope) -> bool {
    envelope.data == Some(name) || telling(name).is_some()
}

/// The names of fields that often appear next to a reason but don't contain a reason.
pub(super) const ABOUT_IT: [&str; 8] =
    ["code", "type", "status", "statusCode", "path", "timestamp", "instance", "stack"];

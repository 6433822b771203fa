//! Lists the formats that this crate knows.

pub(crate) const INTEGERS: &[&str] =
    &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
pub(crate) const NUMBERS: &[&str] = &["float", "double"];
/// The formats that are kept for typify only if the settings have a type for them. For `byte` and
/// `binary`, typify would otherwise use a `String` with the encoded text. For the other formats, it
/// would use types from `uuid`, `chrono` and `std::net`, which don't always write a value in the
/// form in which it was received.
pub(crate) const NEED_A_TYPE: &[&str] =
    &["uuid", "date", "date-time", "ip", "ipv4", "ipv6", "byte", "binary"];
/// The formats that are only documentation. A value with one of these formats is a `String`.
pub(crate) const REMARKS: &[&str] = &[
    "char",
    "commonmark",
    "duration",
    "email",
    "hostname",
    "html",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
];

//! Formats that mean something in Rust.

pub(crate) const INTEGERS: &[&str] =
    &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
pub(crate) const NUMBERS: &[&str] = &["float", "double"];
/// typify takes types of the crates uuid and chrono and of `std::net` for these, which write some values otherwise
/// than they came; for the last two a `String` would be the encoded text.
pub(crate) const NEED_A_TYPE: &[&str] =
    &["uuid", "date", "date-time", "ip", "ipv4", "ipv6", "byte", "binary"];
/// Remarks for readers: text by any of these names stays a `String`.
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

//! Contains the names of error statuses, for the documentation and for Rust variants.

use crate::names;

/// Reason phrases of errors, from the HTTP status code registry.
const REASONS: &[(u16, &str)] = &[
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
];

/// Returns the reason phrase of a status.
pub(super) fn reason(status: &str) -> Option<&'static str> {
    let number: u16 = status.parse().ok()?;
    REASONS.iter().find(|(status, _)| *status == number).map(|(_, reason)| *reason)
}

/// Returns the variant for a status. It depends only on the status, so variants keep their names
/// when the document grows.
pub(super) fn variant(status: &str) -> String {
    match (status, reason(status)) {
        ("default", _) => "Other".to_owned(),
        ("4XX", _) => "ClientError".to_owned(),
        ("5XX", _) => "ServerError".to_owned(),
        (_, Some(reason)) => names::pascal(reason),
        (status, None) => format!("Status{status}"),
    }
}

#[cfg(test)]
mod tests {
    use super::variant;

    #[test]
    fn variants_are_named_after_the_status() {
        for (status, expected) in [
            ("404", "NotFound"),
            ("414", "UriTooLong"),
            ("422", "UnprocessableContent"),
            ("418", "Status418"),
            ("499", "Status499"),
            ("4XX", "ClientError"),
            ("5XX", "ServerError"),
            ("default", "Other"),
        ] {
            assert_eq!(variant(status), expected, "{status}");
        }
    }
}

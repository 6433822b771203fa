//! Checks `responses`: each key must be a status that a client can receive, and a response must not
//! have a body if HTTP doesn't allow one for its status.

use super::api::{Api, Operation};
use crate::{Diagnostic, Entry, Node};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Success,
    Error,
    Default,
    /// A 1xx or 3xx status.
    Other,
    Malformed,
}

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        let entries = operation.node().get("responses").map_or(&[][..], Node::entries);
        let responses: Vec<_> = entries.iter().filter(|it| !it.key.starts_with("x-")).collect();
        for response in &responses {
            found.extend(known(operation, response, responses.len() == 1));
            found.extend(without_body(api, operation, response));
        }
    }
}

pub(crate) fn class(status: &str) -> Class {
    if status == "default" {
        return Class::Default;
    }
    let digits = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
    let range = status.len() == 3 && status.ends_with("XX");
    match status.chars().next() {
        Some('2') if digits || range => Class::Success,
        Some('4' | '5') if digits || range => Class::Error,
        Some('1' | '3') if digits || range => Class::Other,
        _ => Class::Malformed,
    }
}

fn known(operation: &Operation<'_>, response: &Entry, alone: bool) -> Option<Diagnostic> {
    const REMOVE: &str = "remove it";
    let status = response.key.as_str();
    let title = operation.title();
    let (code, message, label, help) = match class(status) {
        Class::Malformed => (
            "status-code",
            format!("`{status}` in `responses` of {title} is not a status"),
            "not a number from 100 to 599, a range like `2XX`, or `default`",
            if class(&status.to_uppercase()) == Class::Malformed {
                "for example, write `200` or `4XX`"
            } else {
                "write `XX` in upper case"
            },
        ),
        Class::Other if status == "304" => (
            "unsupported-status",
            format!("{title} has the response `304`"),
            "only sent for conditional requests, which the client never sends",
            REMOVE,
        ),
        Class::Other if status.starts_with('3') => (
            "unsupported-status",
            format!("{title} has the redirect `{status}`"),
            "redirects are not followed, so that credentials aren't sent to another server",
            REMOVE,
        ),
        Class::Other => (
            "unsupported-status",
            format!("{title} has the response `{status}`, which is not a final response"),
            "the HTTP library handles 1xx responses",
            REMOVE,
        ),
        Class::Success | Class::Error | Class::Default => return None,
    };
    // Removing the only response would cause a different error in the next run.
    let help = if help == REMOVE && alone { "leave the operation out" } else { help };
    Some(operation.mistake(code, message).label(response.key_span, label).help(help))
}

/// Returns whether responses with this status never have a body (RFC 9110, sections 6.4.1 and
/// 15.3.6).
pub(crate) fn has_no_body(status: &str) -> bool {
    let informational = status.len() == 3 && status.starts_with('1');
    informational || matches!(status, "204" | "205" | "304")
}

/// Reports a body in a response whose status doesn't allow one. The body would never be read.
fn without_body(api: &Api<'_>, operation: &Operation<'_>, response: &Entry) -> Option<Diagnostic> {
    let content = api.resolve(&response.value, "responses")?.entry("content")?;
    // A different rule rejects statuses that a client never receives.
    let refused = class(&response.key) != Class::Success;
    if refused || !has_no_body(&response.key) || content.value.entries().is_empty() {
        return None;
    }
    let ok = operation.node().get("responses").and_then(|responses| responses.get("200"));
    // All success responses must have the same body. This response can't have a body, so it must be
    // removed if others have one.
    let others = operation.node().get("responses").map_or(&[][..], Node::entries).iter();
    let beside =
        others.filter(|it| class(&it.key) == Class::Success && !has_no_body(&it.key)).any(|it| {
            api.resolve(&it.value, "responses").is_some_and(|it| it.get("content").is_some())
        });
    let help = match (response.value.get("$ref"), ok) {
        _ if beside => format!(
            "remove `{}`: the other success responses have a body, and all must have the same body",
            response.key
        ),
        (Some(_), _) => {
            "write the response here, without `content`, instead of the `$ref`".to_owned()
        }
        (None, None) => "remove `content`, or write `200` if the server sends a body".to_owned(),
        (None, Some(_)) => "remove `content`".to_owned(),
    };
    let message = format!("response `{}` of {} has a body", response.key, operation.title());
    Some(
        operation
            .mistake("status-with-body", message)
            .label(content.key_span, format!("HTTP doesn't allow a body with {}", response.key))
            .label(response.key_span, "the status")
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::{Class, class, has_no_body};

    #[test]
    fn statuses_without_a_body_are_recognised() {
        for status in ["204", "205", "304", "100", "101", "1XX"] {
            assert!(has_no_body(status), "{status}");
        }
        for status in ["200", "2XX", "206", "404", "3XX", "default", "1", "204 "] {
            assert!(!has_no_body(status), "{status}");
        }
    }

    #[test]
    fn statuses_are_classified() {
        for (status, expected) in [
            ("200", Class::Success),
            ("2XX", Class::Success),
            ("299", Class::Success),
            ("404", Class::Error),
            ("5XX", Class::Error),
            ("default", Class::Default),
            ("101", Class::Other),
            ("3XX", Class::Other),
            ("2xx", Class::Malformed),
            ("20X", Class::Malformed),
            ("600", Class::Malformed),
            ("099", Class::Malformed),
            ("", Class::Malformed),
            ("2é", Class::Malformed),
        ] {
            assert_eq!(class(status), expected, "{status}");
        }
    }
}

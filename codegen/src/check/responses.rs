//! Responses: at least one success, and one body for all successes and one for all errors.
//!
//! progenitor gives a method one type of success and one of error, and asserts that there is no more to give.

use super::api::{Api, Definition, Operation};
use super::media;
use crate::{Diagnostic, Entry, Node};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Success,
    Error,
    Default,
    /// Neither: 1xx and 3xx.
    Other,
    Malformed,
}

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        if let Some(callbacks) = operation.node().entry("callbacks") {
            let message = format!("`callbacks` of {} are not carried over", operation.title());
            found.push(
                operation
                    .mistake("not-carried", message)
                    .label(callbacks.key_span, "not supported")
                    .help("remove them, or tell of them in `description`"),
            );
        }
        let entries = operation.node().get("responses").map_or(&[][..], Node::entries);
        let responses: Vec<&Entry> =
            entries.iter().filter(|entry| !entry.key.starts_with("x-")).collect();
        for response in &responses {
            found.extend(status(operation, response));
        }
        found.extend(success(operation, &responses));
        bodies(api, operation, &responses, found);
    }
}

fn class(status: &str) -> Class {
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

fn status(operation: &Operation<'_>, response: &Entry) -> Option<Diagnostic> {
    let status = response.key.as_str();
    let title = operation.title();
    let (code, message, label, help) = match class(status) {
        Class::Malformed => (
            "status-code",
            format!("`{status}` in `responses` of {title} is not a status"),
            "neither a number from 100 to 599, nor `2XX` and the like, nor `default`",
            if class(&status.to_uppercase()) == Class::Malformed {
                "write for example `200` or `4XX`"
            } else {
                "write `XX` in upper case"
            },
        ),
        Class::Other if status.starts_with('3') => (
            "unsupported-status",
            format!("{title} answers with the redirect `{status}`"),
            "redirects are not followed, so that credentials stay where they belong",
            "remove it",
        ),
        Class::Other => (
            "unsupported-status",
            format!("{title} answers with `{status}`, which is no final answer"),
            "answers of 1xx are dealt with below the client",
            "remove it",
        ),
        Class::Success | Class::Error | Class::Default => return None,
    };
    Some(operation.mistake(code, message).label(response.key_span, label).help(help))
}

fn success(operation: &Operation<'_>, responses: &[&Entry]) -> Option<Diagnostic> {
    const HELP: &str = "write\n    responses:\n      \"200\":\n        description: …\n        content:\n          application/json:\n            schema: { $ref: \"#/components/schemas/…\" }";
    // A malformed status may have been meant as one.
    let may_be = |class: Class| matches!(class, Class::Success | Class::Malformed);
    if responses.iter().any(|response| may_be(class(&response.key))) {
        return None;
    }
    let entry = operation.node().entry("responses");
    let (code, message, label) = match responses {
        [] => (
            "missing-responses",
            format!("{} has no `responses`", operation.title()),
            "nothing says what it answers",
        ),
        _ => (
            "missing-success",
            format!("{} has no success in `responses`", operation.title()),
            "neither `2XX` nor a status of it",
        ),
    };
    let span = entry.map_or(operation.method.key_span, |entry| entry.key_span);
    Some(operation.mistake(code, message).label(span, label).help(HELP))
}

/// That all successes have one body, all errors have one, and `default` has no third.
fn bodies(
    api: &Api<'_>,
    operation: &Operation<'_>,
    responses: &[&Entry],
    found: &mut Vec<Diagnostic>,
) {
    for (class_of, code, what) in [
        (Class::Success, "several-success-bodies", "successes"),
        (Class::Error, "several-error-bodies", "errors"),
    ] {
        let mut same = responses.iter().filter(|response| class(&response.key) == class_of);
        let Some(first) = same.next() else { continue };
        let first_body = body(api, first);
        if let Some(other) = same.find(|other| body(api, other) != first_body) {
            let message = format!("{} has {what} with different bodies", operation.title());
            found.push(
                operation
                    .mistake(code, message)
                    .label(other.key_span, described(&body(api, other)))
                    .label(first.key_span, described(&first_body))
                    .help("give both the same schema: one with the properties of both, those that only one has being optional"),
            );
        }
    }
    let Some(default) = responses.iter().find(|it| class(&it.key) == Class::Default) else {
        return;
    };
    let default_body = body(api, default);
    let differs = |other: &&&Entry| {
        matches!(class(&other.key), Class::Success | Class::Error)
            && body(api, other) != default_body
    };
    if let Some(other) = responses.iter().find(differs) {
        let message = format!(
            "`default` in `responses` of {} differs from `{}`",
            operation.title(),
            other.key
        );
        found.push(
            operation
                .mistake("ambiguous-default", message)
                .label(default.key_span, described(&default_body))
                .label(other.key_span, described(&body(api, other)))
                .help(
                    "write `4XX` and `5XX` in place of `default`, which stands for successes too",
                ),
        );
    }
}

/// What is in a response, comparable.
#[derive(PartialEq, Eq)]
enum Body {
    None,
    Schema(String),
}

fn body(api: &Api<'_>, response: &Entry) -> Body {
    let content = api.resolve(&response.value, "responses").and_then(|node| node.get("content"));
    match content.and_then(|content| content.entries().first()) {
        None => Body::None,
        Some(media) => {
            Body::Schema(media.value.get("schema").map(ToString::to_string).unwrap_or_default())
        }
    }
}

fn described(body: &Body) -> String {
    match body {
        Body::None => "without a body".to_owned(),
        Body::Schema(schema) => {
            let name = schema.rsplit_once("/schemas/").and_then(|(_, rest)| rest.split('"').next());
            name.map_or_else(|| "with a body".to_owned(), |name| format!("with `{name}`"))
        }
    }
}

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for response in api.responses() {
        let what = title(&response);
        for key in ["headers", "links"] {
            if let Some(entry) = response.node.entry(key) {
                found.push(
                    response
                        .mistake("not-carried", format!("`{key}` of {what} are not carried over"))
                        .label(entry.key_span, "not supported")
                        .help("remove them, or tell of them in `description`"),
                );
            }
        }
        media::content(&response, &what, found);
    }
}

fn title(response: &Definition<'_>) -> String {
    match (response.operation, response.key) {
        (Some(operation), Some(entry)) => {
            format!("answer `{}` of {}", entry.key, operation.title())
        }
        (_, Some(entry)) => format!("response `{}`", entry.key),
        (_, None) => "a response".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, class};

    #[test]
    fn classes() {
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

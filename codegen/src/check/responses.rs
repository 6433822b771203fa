//! Checks responses: an operation needs at least one success response. All its success responses
//! must have the same body, and so must all its errors.
//!
//! For each method, progenitor generates one type for success responses and one for errors. It
//! panics if a method needs more types.

use super::api::{Api, Definition, Operation};
use super::media::{self, Direction};
use super::statuses::{Class, class, has_no_body};
use crate::{Diagnostic, Entry, Node};

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        if let Some(callbacks) = operation.node().entry("callbacks") {
            let message = format!("`callbacks` of {} are not supported", operation.title());
            found.push(
                operation
                    .mistake("not-carried", message)
                    .label(callbacks.key_span, "not supported")
                    .help("remove them, or describe them in `description`"),
            );
        }
        let entries = operation.node().get("responses").map_or(&[][..], Node::entries);
        let responses: Vec<&Entry> =
            entries.iter().filter(|entry| !entry.key.starts_with("x-")).collect();
        found.extend(success(api, operation, &responses));
        if api.as_written {
            bodies(api, operation, &responses, found);
        }
    }
}

fn success(api: &Api<'_>, operation: &Operation<'_>, responses: &[&Entry]) -> Option<Diagnostic> {
    // A malformed status may have been meant as a success status.
    let may_be = |class: Class| matches!(class, Class::Success | Class::Malformed);
    if responses.iter().any(|response| may_be(class(&response.key))) {
        return None;
    }
    let entry = operation.node().entry("responses");
    let (code, message, label) = match responses {
        [] => (
            "missing-responses",
            format!("{} has no `responses`", operation.title()),
            "the server's response is not described",
        ),
        _ => (
            "missing-success",
            format!("{} has no success response in `responses`", operation.title()),
            "no status from 200 to 299, and no `2XX`",
        ),
    };
    let help = match responses.iter().any(|response| class(&response.key) == Class::Default) {
        true => "if `default` is the success response, write `\"2XX\"` instead".to_owned(),
        false => success_to_write(api, operation, entry.is_some()),
    };
    let span = entry.map_or(operation.method.key_span, |entry| entry.key_span);
    Some(operation.mistake(code, message).label(span, label).help(help))
}

/// Returns a help message with a response to paste. A response to HEAD has no body.
fn success_to_write(api: &Api<'_>, operation: &Operation<'_>, inside: bool) -> String {
    let mut lines = vec!["\"200\":".to_owned(), "  description: Success.".to_owned()];
    if operation.method.key != "head" {
        lines.push("  content:".to_owned());
        lines.push("    application/json:".to_owned());
        lines.push(format!("      schema: {{ {} }}", api.example_schema()));
    }
    let (opening, indent) = match inside {
        true => ("write under `responses`", "\n    "),
        false => ("write\n    responses:", "\n      "),
    };
    lines.iter().fold(opening.to_owned(), |text, line| format!("{text}{indent}{line}"))
}

/// Checks that all success responses have the same body, and that all error responses have the same
/// body. `default` covers both kinds of status, so with a `default`, all bodies must be the same.
fn bodies(
    api: &Api<'_>,
    operation: &Operation<'_>,
    responses: &[&Entry],
    found: &mut Vec<Diagnostic>,
) {
    for (class_of, code, what) in [
        (Class::Success, "several-success-bodies", "success responses"),
        (Class::Error, "several-error-bodies", "error responses"),
    ] {
        let mut same =
            responses.iter().copied().filter(|response| class(&response.key) == class_of);
        let Some(first) = same.next() else { continue };
        let first_body = body(api, first);
        if let Some(other) = same.find(|other| body(api, other) != first_body) {
            let message = format!("{} has {what} with different bodies", operation.title());
            found.push(
                operation
                    .mistake(code, message)
                    .label(other.key_span, described(&body(api, other)))
                    .label(first.key_span, described(&first_body))
                    .help(same_body([first, other])),
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
    let Some(other) = responses.iter().find(differs) else { return };
    let message =
        format!("`default` in `responses` of {} differs from `{}`", operation.title(), other.key);
    let error = responses.iter().find(|it| class(&it.key) == Class::Error);
    let other_error = error.filter(|it| body(api, it) != default_body);
    found.push(
        operation
            .mistake("ambiguous-default", message)
            .label(default.key_span, described(&default_body))
            .label(other.key_span, described(&body(api, other)))
            .help(without_default(responses, other_error.map(|it| it.key.as_str()))),
    );
}

/// Returns a help message that says how to give two responses the same body. If one of the statuses
/// never has a body, the help message says to keep only one response.
fn same_body(both: [&Entry; 2]) -> String {
    match both.iter().find(|response| has_no_body(&response.key)) {
        Some(without) => format!("keep one of the two: `{}` never has a body", without.key),
        None => "use one schema for both responses, with the properties of both; a property that only one response has must be optional".to_owned(),
    }
}

/// Returns a help message that says what to write instead of `default`, which also covers success
/// responses.
fn without_default(responses: &[&Entry], other_error: Option<&str>) -> String {
    let is_there = |status: &&str| responses.iter().any(|it| it.key == **status);
    let missing: Vec<_> = ["4XX", "5XX"].into_iter().filter(|status| !is_there(status)).collect();
    let schema = match other_error {
        Some(status) => format!(" with the schema of `{status}`"),
        None => String::new(),
    };
    match missing[..] {
        [] => "remove `default`: `4XX` and `5XX` are already defined".to_owned(),
        _ => format!(
            "write {}{schema} instead of `default`, which also covers success responses",
            missing.iter().map(|status| format!("`{status}`")).collect::<Vec<_>>().join(" and ")
        ),
    }
}

/// The body of a response, for comparison.
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
        if let Some(entry) = response.node.entry("links") {
            found.push(
                response
                    .mistake("not-carried", format!("`links` of {what} are not supported"))
                    .label(entry.key_span, "not supported")
                    .help("remove them, or describe them in `description`"),
            );
        }
        media::content(api, &response, Direction::Response, &what, found);
    }
}

fn title(response: &Definition<'_>) -> String {
    match (response.operation, response.key) {
        (Some(operation), Some(entry)) => {
            format!("response `{}` of {}", entry.key, operation.title())
        }
        (_, Some(entry)) => format!("response `{}`", entry.key),
        (_, None) => "a response".to_owned(),
    }
}

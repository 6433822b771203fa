//! Responses: one type of success and one of failure, as JSON of a named schema.

use std::collections::BTreeMap;

use super::api::{Api, Operation};
use super::bodies;
use crate::{Diagnostic, Entry, Node};

/// How a status is written, and what it tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Success,
    Failure,
    Default,
}

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for definition in api.responses() {
        if definition.node.get("content").is_some() {
            bodies::json(&definition, "a response", found);
        }
        for key in ["headers", "links"] {
            if let Some(entry) = definition.node.entry(key) {
                found.push(
                    definition
                        .mistake("not-carried", format!("`{key}` of a response has no place in the client"))
                        .label(entry.key_span, "it would be dropped without a word")
                        .help("say it in the description and remove it; headers can be read from every answer"),
                );
            }
        }
    }
}

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        if let Some(callbacks) = operation.node().entry("callbacks") {
            found.push(
                operation
                    .mistake(
                        "not-carried",
                        format!("`callbacks` of {} have no place in the client", operation.title()),
                    )
                    .label(callbacks.key_span, "they would be dropped without a word")
                    .help("describe what is called back as schemas, and remove it"),
            );
        }
        statuses(api, operation, found);
    }
}

fn statuses(api: &Api<'_>, operation: &Operation<'_>, found: &mut Vec<Diagnostic>) {
    let responses = operation.node().get("responses").map_or(&[][..], Node::entries);
    let mut classes: BTreeMap<Class, Vec<&Entry>> = BTreeMap::new();
    for response in responses.iter().filter(|response| !response.key.starts_with("x-")) {
        match class(&response.key) {
            Some(class) => classes.entry(class).or_default().push(response),
            None => found.push(
                operation
                    .mistake(
                        "response-status",
                        format!("`{}` is no status that a call can end with", response.key),
                    )
                    .label(response.key_span, "2xx, 4xx and 5xx are, and `default`")
                    .help(
                        "remove it; redirects are never followed, and each is an error of its own",
                    ),
            ),
        }
    }
    let of = |class: Class| classes.get(&class).map_or(&[][..], Vec::as_slice);
    if of(Class::Success).is_empty() && of(Class::Default).is_empty() {
        let span = operation
            .node()
            .entry("responses")
            .map_or(operation.method.key_span, |entry| entry.key_span);
        found.push(
            operation
                .mistake("no-success", format!("{} has no response of success", operation.title()))
                .label(span, "what a call gives is not known")
                .help("add `\"2XX\"` (or `\"200\"`) with the answer's schema"),
        );
    }
    // A default stands for whatever is not named: success as well, unless `2XX` covers all of it.
    let covered =
        of(Class::Success).iter().any(|response| response.key.eq_ignore_ascii_case("2XX"));
    let default = if covered { &[][..] } else { of(Class::Default) };
    same(api, operation, "success", &[of(Class::Success), default].concat(), found);
    same(api, operation, "failure", &[of(Class::Failure), of(Class::Default)].concat(), found);
}

fn class(status: &str) -> Option<Class> {
    let bytes = status.as_bytes();
    let rest_fits =
        |rest: &[u8]| rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"XX");
    match bytes {
        b"default" => Some(Class::Default),
        [b'2', rest @ ..] if rest.len() == 2 && rest_fits(rest) => Some(Class::Success),
        [b'4' | b'5', rest @ ..] if rest.len() == 2 && rest_fits(rest) => Some(Class::Failure),
        _ => None,
    }
}

/// All responses of a class have the same body: progenitor stops at more than one.
fn same(
    api: &Api<'_>,
    operation: &Operation<'_>,
    class: &str,
    responses: &[&Entry],
    found: &mut Vec<Diagnostic>,
) {
    let Some((first, rest)) = responses.split_first() else { return };
    let wanted = body(api, first);
    for other in rest.iter().filter(|other| body(api, other) != wanted) {
        let message = format!("{} has more than one body of {class}", operation.title());
        found.push(
            operation
                .mistake("several-bodies", message)
                .label(other.key_span, describe(body(api, other)))
                .label(first.key_span, describe(wanted))
                .help(format!(
                    "give `{}` and `{}` one schema that holds what either says, its fields optional{}",
                    first.key,
                    other.key,
                    if other.key == "default" { ", or write `4XX` and `5XX` instead of `default`" } else { "" }
                )),
        );
    }
}

fn body<'a>(api: &Api<'a>, response: &'a Entry) -> Option<&'a str> {
    let response = api.resolve(&response.value, "responses")?;
    let schema = response.get("content")?.entries().first()?.value.get("schema")?;
    Some(schema.get("$ref").and_then(Node::as_str).unwrap_or("a schema without a name"))
}

fn describe(body: Option<&str>) -> String {
    match body {
        Some(body) => format!("`{}` here", body.trim_start_matches("#/components/schemas/")),
        None => "no body here".to_owned(),
    }
}

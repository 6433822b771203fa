//! Checks each `operationId`: it must be present, usable as a name, and unique, including as a Rust
//! name.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Operation};
use super::names::{is_identifier, pascal, snake};
use super::tags::tag;
use crate::document::boundary;
use crate::names::{field, without_tag};
use crate::{Diagnostic, Node, Settings, Span};

pub(super) fn operation_ids(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    let mut suggestions = Suggestions::new(api);
    for operation in &api.operations {
        let Some(node) = operation.node().get("operationId") else {
            found.push(missing(operation, &suggestions.next(operation)));
            continue;
        };
        let Some(id) = node.as_str().filter(|id| is_identifier(id)) else {
            found.push(unusable(operation, node, &suggestions.next(operation)));
            continue;
        };
        match seen.get(&snake(id)) {
            Some(&(first, span)) => found.push(taken(operation, node.span, id, first, span)),
            None => drop(seen.insert(snake(id), (id, node.span))),
        }
    }
}

fn missing(operation: &Operation<'_>, suggestion: &str) -> Diagnostic {
    let message = format!("{} has no `operationId`", operation.title());
    operation
        .mistake("missing-operation-id", message)
        .label(operation.method.key_span, "its method needs a name")
        .help(format!("write `operationId: {suggestion}`"))
}

/// Suggests ids for operations without a usable id. A suggested id never collides with an existing
/// id.
struct Suggestions<'a, 'd> {
    api: &'a Api<'d>,
    /// The Rust names of operations, and the method names of each tag.
    taken: BTreeSet<(Option<&'d str>, String)>,
    /// The next number to try for each name. Thousands of paths can result in the same name, and
    /// trying all numbers from 1 for each path would take quadratic time.
    numbers: BTreeMap<String, u32>,
}

impl<'a, 'd> Suggestions<'a, 'd> {
    fn new(api: &'a Api<'d>) -> Self {
        let mut suggestions = Suggestions { api, taken: BTreeSet::new(), numbers: BTreeMap::new() };
        for operation in &api.operations {
            if let Some(id) = operation.id() {
                suggestions.take(operation, id);
            }
        }
        suggestions
    }

    fn next(&mut self, operation: &Operation<'d>) -> String {
        let first = suggestion(operation);
        let start = self.numbers.get(&first).copied().unwrap_or(1);
        let name = |number| if number == 1 { first.clone() } else { format!("{first}{number}") };
        let usable = |id: &String| {
            let free = |name| !self.taken.contains(&name);
            !is_taken(self.api.settings, id) && names(operation, id).into_iter().all(free)
        };
        let found = (start..).map(|number| (number, name(number))).find(|(_, id)| usable(id));
        let (number, found) = found.unwrap_or_else(|| (start, first.clone()));
        self.numbers.insert(first, number.saturating_add(1));
        self.take(operation, &found);
        found
    }

    fn take(&mut self, operation: &Operation<'d>, id: &str) {
        self.taken.extend(names(operation, id));
    }
}

/// Returns the Rust names of an id, each with the tag in which it must be unique. `None` means the
/// whole document.
fn names<'d>(operation: &Operation<'d>, id: &str) -> [(Option<&'d str>, String); 2] {
    let tag = tag(operation);
    let method = tag.map_or_else(|| snake(id), |tag| without_tag(&field(id), tag));
    [(None, snake(id)), (tag, method)]
}

/// Returns an id that is made from the method and the path: `get /payment-link/{id}` becomes
/// `getPaymentLinkById`.
pub(super) fn suggestion(operation: &Operation<'_>) -> String {
    suggested(&operation.method.key, &operation.path.key)
}

/// Does the same as `suggestion`, for a lower-case method and a path.
pub(crate) fn suggested(method: &str, path: &str) -> String {
    // The beginning of a long path is enough for a name.
    let path = &path[..boundary(path, 100)];
    let (parameters, fixed): (Vec<&str>, Vec<&str>) =
        path.split('/').partition(|segment| segment.contains('{'));
    let by = if parameters.is_empty() { "" } else { "By" };
    let mut id = method.to_owned();
    for words in [&fixed.join("-"), by, &parameters.join("-")] {
        id.extend(pascal(words).chars().filter(char::is_ascii_alphanumeric));
    }
    id
}

fn unusable(operation: &Operation<'_>, node: &Node, suggestion: &str) -> Diagnostic {
    let (message, label) = match node.as_str() {
        None => (format!("`operationId` is {}", node.kind()), "a string was expected"),
        Some(id) => {
            let message = format!("`operationId` `{id}` can't be the name of a method");
            (message, "only letters, digits and `_`, starting with a letter")
        }
    };
    operation
        .mistake("operation-id", message)
        .label(node.span, label)
        .help(format!("for example, write `operationId: {suggestion}`"))
}

fn taken(
    operation: &Operation<'_>,
    span: Span,
    id: &str,
    first: &str,
    first_span: Span,
) -> Diagnostic {
    let (code, message) = if id == first {
        ("duplicate-operation-id", format!("`operationId` `{id}` is used twice"))
    } else {
        let message =
            format!("`operationId`s `{first}` and `{id}` are both `{}` in Rust", snake(id));
        ("operation-id-collision", message)
    };
    operation
        .mistake(code, message)
        .label(span, "the second one")
        .label(first_span, "the first one")
        .help("rename one of the two")
}

/// Returns whether generated code uses the Rust name of an id for something else, such as a static
/// in the catalogue or the router of the server.
pub(crate) fn is_taken(settings: &Settings, id: &str) -> bool {
    let rust = snake(id);
    matches!(rust.as_str(), "operations" | "security_schemes")
        || (settings.server.is_some() && rust == "router")
}

/// Reports an operation with the same name as an item of generated code.
pub(super) fn taken_by_generated(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::new(api);
    for operation in &api.operations {
        let Some(node) = operation.node().get("operationId") else { continue };
        let Some(id) = node.as_str().filter(|id| is_identifier(id) && is_taken(api.settings, id))
        else {
            continue;
        };
        found.push(
            operation
                .mistake("operation-taken", format!("`operationId` `{id}` is already used"))
                .label(node.span, "generated code already uses this name")
                .help(format!("for example, write `operationId: {}`", suggestions.next(operation))),
        );
    }
}

/// Checks that methods have unique names. Each method is named after its operation, without the
/// words of the tag.
pub(super) fn methods(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, String), (&str, Span)> = BTreeMap::new();
    for operation in &api.operations {
        let node = operation.node().get("operationId");
        let (Some(node), Some(tag)) = (node, tag(operation)) else { continue };
        let Some(id) = node.as_str().filter(|id| is_identifier(id)) else { continue };
        let method = without_tag(&field(id), tag);
        match seen.get(&(tag, method.clone())) {
            // A different rule reports ids that are equal.
            Some((first, _)) if snake(first) == snake(id) => {}
            Some((first, span)) => {
                let message = format!(
                    "operations `{first}` and `{id}` of the tag `{tag}` both become the method `{method}`"
                );
                found.push(
                    operation
                        .mistake("method-collision", message)
                        .label(node.span, "the second one")
                        .label(*span, "the first one")
                        .help("rename one of the two; a method's name leaves out the words of its tag"),
                );
            }
            None => drop(seen.insert((tag, method), (id, node.span))),
        }
    }
}

//! `security` of every operation: explicit, of known schemes, and a combination that is a bound.

mod offers;

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Operation, list};
use crate::lower::security::alternatives;
use crate::{Diagnostic, Entry, MissingSecurity, Node, RequiredScheme, Requirement};
use offers::{choices, without_bound, written};

pub(super) fn requirements(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        match operation.node().entry("security").or_else(|| inherited(api)) {
            None if api.settings.missing_security == MissingSecurity::Open => {}
            None => found.push(missing(api, operation)),
            Some(entry) => requirement(api, operation, entry, found),
        }
    }
}

/// The `security` at the top level, if the settings allow that an operation relies on it.
fn inherited<'a>(api: &Api<'a>) -> Option<&'a Entry> {
    let top = api.document.root().entry("security");
    top.filter(|_| api.settings.missing_security != MissingSecurity::Refused)
}

fn missing(api: &Api<'_>, operation: &Operation<'_>) -> Diagnostic {
    let message = format!("{} has no `security`", operation.title());
    let mut mistake = operation
        .mistake("missing-security", message)
        .label(operation.method.key_span, "nothing here says who may call it")
        .help(choices(api));
    if let Some(top) = api.document.root().entry("security") {
        mistake = mistake
            .label(top.key_span, "this one is not read")
            .note("`security` at the top level does not count: each operation says it, so that adding one is a decision");
    }
    mistake
}

fn requirement(
    api: &Api<'_>,
    operation: &Operation<'_>,
    security: &Entry,
    found: &mut Vec<Diagnostic>,
) {
    if !matches!(security.value.value, crate::Value::Sequence(_)) {
        let message = format!("`security` of {} is {}", operation.title(), security.value.kind());
        found.push(
            operation
                .mistake("security-shape", message)
                .label(security.value.span, "a list of alternatives was expected")
                .help(choices(api)),
        );
        return;
    }
    for alternative in security.value.items() {
        schemes(api, operation, alternative, found);
    }
    let requirement = read(&security.value);
    // No alternative, or one that requires nothing: anyone may call.
    let open = requirement.iter().any(BTreeSet::is_empty) || requirement.is_empty();
    // What is wrong with it has its own message, but for scopes of OAuth, which don't count.
    let readable = security.value.items().iter().all(|alternative| {
        let mut schemes = alternative.entries().iter();
        let known = |it: &Entry| known_scheme(api, operation, it).is_none();
        matches!(alternative.value, crate::Value::Mapping(_)) && schemes.all(known)
    });
    if readable && !open && !is_bound(api, &requirement) {
        let message =
            format!("`security` of {} is a combination without a bound", operation.title());
        found.push(
            operation
                .mistake("unknown-requirement", message)
                .label(security.value.span, format!("this is `{}`", written(&requirement)))
                .help(without_bound(api, &security.value, &requirement)),
        );
    }
}

fn is_bound(api: &Api<'_>, requirement: &Requirement) -> bool {
    api.settings.bounds.iter().any(|bound| bound.requirement == *requirement)
}

/// An alternative of one scheme without scopes.
fn only(name: &str) -> BTreeSet<RequiredScheme> {
    BTreeSet::from([RequiredScheme::from(name)])
}

fn alone(name: &str) -> Requirement {
    Requirement::from([only(name)])
}

fn read(security: &Node) -> Requirement {
    alternatives(security).into_iter().collect()
}

fn schemes(
    api: &Api<'_>,
    operation: &Operation<'_>,
    alternative: &Node,
    found: &mut Vec<Diagnostic>,
) {
    if !matches!(alternative.value, crate::Value::Mapping(_)) {
        let message = format!(
            "an alternative in `security` of {} is {}",
            operation.title(),
            alternative.kind()
        );
        let help = match alternative.as_str() {
            Some(name) if is_bound(api, &alone(name)) => {
                format!("write `{{ {name}: [] }}`")
            }
            _ => choices(api),
        };
        found.push(
            operation
                .mistake("security-shape", message)
                .label(alternative.span, "a mapping of schemes was expected")
                .help(help),
        );
    }
    for scheme in alternative.entries() {
        if let Some(mistake) =
            known_scheme(api, operation, scheme).or_else(|| scopes(operation, scheme))
        {
            found.push(mistake);
        }
    }
}

/// Schemes that are needed at once, each in its own header: one would overwrite the other. As alternatives they may
/// share one.
pub(super) fn headers(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        for alternative in list(operation.node(), "security") {
            shared_header(api, operation, alternative, found);
        }
    }
}

fn shared_header(
    api: &Api<'_>,
    operation: &Operation<'_>,
    alternative: &Node,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for scheme in alternative.entries() {
        let definition = api.definition("securitySchemes", &scheme.key);
        // Others are not supported and told as such.
        let Some(definition) = definition.filter(|it| unsupported(it).is_none()) else { continue };
        let header = definition.value.get("name").and_then(Node::as_str).unwrap_or("");
        let Some(first) = seen.insert(header.to_ascii_lowercase(), scheme) else { continue };
        let message = format!(
            "{} needs `{}` and `{}` at once, both in the header `{header}`",
            operation.title(),
            first.key,
            scheme.key
        );
        let either = Requirement::from([&first.key, &scheme.key].map(|name| only(name)));
        let help = match is_bound(api, &either) {
            true => format!("if either will do, write two alternatives:\n    {}", written(&either)),
            false => format!(
                "give one of the two another header, if the service reads it there: in \
                 `components.securitySchemes`, `{}` and `{}` have their `name`",
                first.key, scheme.key
            ),
        };
        found.push(
            operation
                .mistake("shared-header", message)
                .label(scheme.key_span, "would overwrite the first")
                .label(first.key_span, "the first one")
                .help(help),
        );
    }
}

fn known_scheme(api: &Api<'_>, operation: &Operation<'_>, scheme: &Entry) -> Option<Diagnostic> {
    let known = api.section("securitySchemes");
    let name = &scheme.key;
    if let Some(definition) = api.definition("securitySchemes", name) {
        return unsupported(definition)
            .map(|kind| refused_scheme(operation, scheme, definition, &kind));
    }
    let message = format!("{} needs an unknown security scheme `{name}`", operation.title());
    let names = || known.iter().map(|entry| entry.key.as_str());
    let mut requirements = api.settings.bounds.iter().map(|bound| &bound.requirement);
    let in_a_bound = requirements.any(|it| it.iter().flatten().any(|scheme| scheme.name == *name));
    let help = match api.closest(name, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if in_a_bound => "declare it under `components.securitySchemes`".to_owned(),
        None => choices(api),
    };
    Some(
        operation
            .mistake("unknown-security-scheme", message)
            .label(scheme.key_span, "not in `components.securitySchemes`")
            .help(help),
    )
}

fn refused_scheme(
    operation: &Operation<'_>,
    used: &Entry,
    definition: &Entry,
    kind: &str,
) -> Diagnostic {
    let message = format!(
        "security scheme `{}` of {} is {kind}, which is not supported",
        used.key,
        operation.title()
    );
    let help = supported(used, definition);
    operation
        .mistake("unsupported-security-scheme", message)
        .label(used.key_span, "used here")
        .label(definition.key_span, "declared here")
        .help(help)
}

/// How to write a scheme as an API key in a header. What is sent in the header is for the runtime to say.
fn supported(used: &Entry, definition: &Entry) -> String {
    let text = |key: &str| definition.value.get(key).and_then(Node::as_str);
    let scopes = match used.value.items() {
        [] => String::new(),
        _ => format!(", and `{}: []` in `security`", used.key),
    };
    match (text("type"), text("in")) {
        (Some("apiKey"), Some("header")) => "write the header, e.g. `name: X-Api-Key`".to_owned(),
        (Some("apiKey"), None) => {
            "write `in: header`, if the service reads the key there".to_owned()
        }
        (Some("apiKey"), _) => {
            "write `in: header` and the header's `name`, if the service reads the key there too"
                .to_owned()
        }
        (None, _) if definition.value.get("$ref").is_some() => {
            "write the scheme here in place of the `$ref`".to_owned()
        }
        (None, _) => "write `type: apiKey`, `in: header` and the header's `name`".to_owned(),
        (Some(kind), _) => {
            let is = |name: &str| text("scheme").is_some_and(|it| it.eq_ignore_ascii_case(name));
            let basic = is("basic");
            // The credential of others, such as `digest`, differs from request to request.
            if kind == "http" && !basic && !is("bearer") && text("scheme").is_some() {
                return "use a scheme that sends the same header with each request, if the service \
                        accepts one; otherwise leave the operation out"
                    .to_owned();
            }
            let word = if kind == "http" && basic { "Basic" } else { "Bearer" };
            format!(
                "write `type: apiKey`, `in: header` and `name: Authorization`{scopes}; your \
                 `Authenticate` writes the word `{word}` before the credential"
            )
        }
    }
}

/// What a scheme is, if it is anything but an API key in a header.
fn unsupported(definition: &Entry) -> Option<String> {
    let text = |key: &str| definition.value.get(key).and_then(Node::as_str);
    match (text("type"), text("in")) {
        (Some("apiKey"), Some("header")) if text("name").is_some() => None,
        (Some("apiKey"), Some("header")) => Some("an API key without `name`".to_owned()),
        (Some("apiKey"), Some(place)) => Some(format!("an API key in {place}")),
        (Some("apiKey"), None) => Some("an API key without `in`".to_owned()),
        (Some("http"), _) => Some(format!("HTTP {}", text("scheme").unwrap_or("authentication"))),
        (Some(kind), _) => Some(kind.to_owned()),
        (None, _) if definition.value.get("$ref").is_some() => Some("a `$ref`".to_owned()),
        (None, _) => Some("without `type`".to_owned()),
    }
}

fn scopes(operation: &Operation<'_>, scheme: &Entry) -> Option<Diagnostic> {
    let empty = matches!(&scheme.value.value, crate::Value::Sequence(items) if items.is_empty());
    if empty {
        return None;
    }
    let message =
        format!("`{}` in `security` of {} does not map to `[]`", scheme.key, operation.title());
    Some(
        operation
            .mistake("security-shape", message)
            .label(scheme.value.span, "scopes of OAuth have no meaning for an API key")
            .help(format!("write `{}: []`", scheme.key)),
    )
}

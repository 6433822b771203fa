//! Checks the security schemes that a `security` names: each must be of a known kind and declare
//! where its credential is sent.

use super::flows;
use super::http_schemes;
use super::site::used;
use crate::check::api::{Api, reference_name};
use crate::check::headers::{is_own, is_token};
use crate::check::references;
use crate::lower::security::kind;
use crate::model::{KeyLocation, SchemeKind};
use crate::{Diagnostic, Entry, Node, Span, Value};

pub(in crate::check) const TYPES: [&str; 5] =
    ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

/// Checks the definitions of the schemes that are used.
pub(in crate::check) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for (name, first) in used(api) {
        let Some(entry) = api.definition("securitySchemes", name) else { continue };
        found.extend(entry.value.entry("$ref").and_then(|it| reference(api, entry, it)));
        let Some(node) = api.security_scheme(name) else { continue };
        match kind(node) {
            None => found.push(unreadable(entry, node, first)),
            Some(kind) => {
                found.extend(wire_name(name, node, &kind));
                found.extend(http_schemes::misspelt(api, name, node, &kind));
                if kind == SchemeKind::OAuth2 {
                    flows::shapes(name, node, found);
                }
            }
        }
    }
}

/// Returns the problem with a scheme that is a `$ref`.
fn reference(api: &Api<'_>, scheme: &Entry, reference: &Entry) -> Option<Diagnostic> {
    let text = reference.value.as_str().unwrap_or_default();
    if text.starts_with('#') && reference_name(text, "securitySchemes").is_none() || text.is_empty()
    {
        let message = format!(
            "security scheme `{}` is a `$ref` that doesn't refer to another scheme",
            scheme.key
        );
        let mistake = Diagnostic::new("reference", message)
            .label(reference.value.span, "not a definition in `components.securitySchemes`")
            .help("write the scheme here instead of the `$ref`");
        return Some(mistake);
    }
    let wrong = references::reference(api, &scheme.value, "securitySchemes", None);
    if wrong.is_some() || api.security_scheme(&scheme.key).is_some() {
        return wrong;
    }
    let message = format!("security scheme `{}` refers to another `$ref`", scheme.key);
    Some(
        Diagnostic::new("reference-alias", message)
            .label(reference.value.span, "a definition that is a `$ref` itself")
            .help("refer directly to the scheme itself, or write it here"),
    )
}

/// An error in a definition.
struct Problem {
    what: String,
    /// The span of the wrong key, or `None` if the key is missing.
    place: Option<Span>,
    help: String,
}

fn unreadable(entry: &Entry, node: &Node, first: &Entry) -> Diagnostic {
    let Problem { what, place, help } = problem(node);
    let message = format!("security scheme `{}` {what}", entry.key);
    let (span, label) = match place {
        Some(span) => (span, "not supported"),
        None => (entry.key_span, "declared here"),
    };
    Diagnostic::new("unsupported-security-scheme", message)
        .label(span, label)
        .label(first.key_span, "used here")
        .help(help)
}

fn problem(node: &Node) -> Problem {
    let lacks = |what: &str, help: &str| Problem {
        what: what.to_owned(),
        place: None,
        help: help.to_owned(),
    };
    // An empty string, or a value that isn't a string, is treated as missing.
    let text = |key: &str| node.get(key).and_then(Node::as_str).filter(|text| !text.is_empty());
    match text("type") {
        None if !matches!(node.value, Value::Mapping(_)) => Problem {
            what: format!("is {}", node.kind()),
            // A missing value has no span.
            place: (!matches!(node.value, Value::Null)).then_some(node.span),
            help: without_type(node).to_owned(),
        },
        None => lacks("has no `type`", without_type(node)),
        Some("apiKey") => match (text("in"), text("name")) {
            (Some("header"), _) => {
                lacks("is an API key without `name`", "write the header, e.g. `name: X-Api-Key`")
            }
            (Some("query"), _) => {
                lacks("is an API key without `name`", "write the parameter, e.g. `name: api_key`")
            }
            (Some("cookie"), _) => {
                lacks("is an API key without `name`", "write the cookie, e.g. `name: session`")
            }
            (Some(other), _) => Problem {
                what: format!("is an API key in `{other}`"),
                place: node.get("in").map(|it| it.span),
                help: "write where the service reads the key: `in: header`, `in: query` or `in: cookie`"
                    .to_owned(),
            },
            (None, _) => lacks(
                "is an API key without `in`",
                "write where the service reads the key: `in: header`, `in: query` or `in: cookie`",
            ),
        },
        Some("http") => lacks(
            "is HTTP authentication without `scheme`",
            match node.get("bearerFormat") {
                Some(_) => "write `scheme: bearer`",
                None => "write `scheme: bearer`, or `scheme: basic` for a user name and a password",
            },
        ),
        Some(other) => Problem {
            what: format!("has the unknown type `{other}`"),
            place: node.get("type").map(|it| it.span),
            help: of_other_type(other),
        },
    }
}

/// Returns the fix for a missing `type`. The definition's other keys show which type was meant.
fn without_type(node: &Node) -> &'static str {
    let has = |key: &str| node.get(key).is_some();
    if has("flows") {
        "write `type: oauth2`"
    } else if has("openIdConnectUrl") {
        "write `type: openIdConnect`"
    } else if has("scheme") {
        "write `type: http`"
    } else if has("in") && has("name") {
        "write `type: apiKey`"
    } else {
        "write `type: apiKey`, `in: header` and the header's `name`, or another type with its keys"
    }
}

fn of_other_type(other: &str) -> String {
    let scheme =
        ["basic", "bearer", "digest"].into_iter().find(|it| it.eq_ignore_ascii_case(other));
    match (scheme, crate::check::names::closest(other, TYPES)) {
        (Some(scheme), _) => format!("write `type: http` and `scheme: {scheme}`"),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => {
            let types = TYPES.map(|it| format!("`{it}`")).join(", ");
            format!("use one of the types {types}")
        }
    }
}

/// Reports a header, query parameter, cookie or HTTP scheme whose name can't be used for a
/// credential.
fn wire_name(name: &str, node: &Node, kind: &SchemeKind) -> Option<Diagnostic> {
    let (key, label, help) = match kind {
        SchemeKind::ApiKey { location: KeyLocation::Header, name } => {
            let (label, help) = if !is_token(name) {
                ("not a valid header name", "write letters, digits and `-`, e.g. `X-Api-Key`")
            } else if name == "cookie" {
                (
                    "set by the client or its HTTP library",
                    "write `in: cookie`, and the cookie's name as `name`",
                )
            } else if is_own(name) {
                ("set by the client or its HTTP library", "write the header that the service reads")
            } else {
                return None;
            };
            ("name", label, help)
        }
        SchemeKind::ApiKey { location: KeyLocation::Query, name }
            if name.contains(['\t', '\r', '\n']) =>
        {
            ("name", "has a tab or a line break", "write the parameter that the service reads")
        }
        SchemeKind::ApiKey { location: KeyLocation::Cookie, name } if !is_token(name) => {
            ("name", "not a valid cookie name", "write letters, digits and `-`, e.g. `session`")
        }
        SchemeKind::Http { scheme } if !is_token(scheme) => {
            ("scheme", "not a valid scheme name", "write one word, e.g. `scheme: bearer`")
        }
        _ => return None,
    };
    let what = match kind {
        SchemeKind::Http { .. } => "a `scheme` that can't be sent",
        SchemeKind::ApiKey { location: KeyLocation::Header, .. } => {
            "a header that can't carry a key"
        }
        SchemeKind::ApiKey { location: KeyLocation::Query, .. } => {
            "a parameter that can't carry a key"
        }
        _ => "a cookie that can't carry a key",
    };
    let message = format!("security scheme `{name}` has {what}");
    Some(Diagnostic::new("security-name", message).label(node.get(key)?.span, label).help(help))
}

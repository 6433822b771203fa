//! Normalises servers: gives each path one server, which is an origin.
//!
//! OpenAPI allows servers at the top level, in paths and in operations. A server's URL can contain
//! a path and variables. The server's path becomes the beginning of the operation's path, and its
//! variables get their default values. A client can be configured with a different origin.

use crate::normalise::Record;
use crate::normalise::tree::METHODS;
use crate::{Entry, Node, Span, Value};

/// The origin for a document that doesn't declare one. This domain never exists, so nothing is sent
/// by accident.
const NOWHERE: &str = "https://server.invalid";

/// A server in the form that the generator needs.
#[derive(Clone, PartialEq, Eq)]
struct Server {
    origin: String,
    /// The prefix of the paths: empty, or a path without a trailing slash.
    base: String,
}

pub(in crate::normalise) fn inherit(root: &mut Node, record: &mut Record) {
    let inherited = root.remove("servers").map(|entry| entry.value);
    let at_the_top = inherited.as_ref().and_then(first);
    let span = root.span;
    let Some(paths) = root.get_mut("paths") else { return };
    let Value::Mapping(entries) = &mut paths.value else { return };
    let mut moved = Vec::new();
    for entry in std::mem::take(entries) {
        moved.extend(with_servers(entry, at_the_top, span, record));
    }
    *entries = moved;
}

fn first(servers: &Node) -> Option<&Node> {
    servers.items().iter().find(|server| server.is_mapping())
}

/// Adds the server to a path. Operations with a different server get a separate path.
fn with_servers(
    mut path: Entry,
    inherited: Option<&Node>,
    nowhere: Span,
    record: &mut Record,
) -> Vec<Entry> {
    if path.key.starts_with("x-") || !path.value.is_mapping() {
        return vec![path];
    }
    let own = path.value.remove("servers").map(|entry| entry.value);
    let server = own.as_ref().and_then(first).or(inherited);
    let mut others: Vec<(Server, Span, Entry)> = Vec::new();
    let shared = path.value.get("parameters").cloned();
    for method in METHODS {
        let Some(operation) = path.value.get_mut(method) else { continue };
        let Some(servers) = operation.remove("servers") else { continue };
        if let Some(server) = first(&servers.value)
            && let Some(entry) = path.value.remove(method)
        {
            others.push((read(server, servers.value.span, record), servers.value.span, entry));
        }
    }
    let mut result = Vec::new();
    if path.value.entries().iter().any(|entry| METHODS.contains(&entry.key.as_str())) {
        let span = server.map_or(nowhere, |server| server.span);
        let server = match server {
            Some(server) => read(server, span, record),
            None => nothing(span, record),
        };
        let (key, key_span) = (path.key.clone(), path.key_span);
        result.push(placed(&key, key_span, path.value, &server, span));
    }
    for (server, span, method) in others {
        let mut item = Node::at(method.value.span, Value::Mapping(vec![method]));
        if let Some(parameters) = &shared {
            item.set("parameters", parameters.clone());
        }
        result.push(placed(&path.key, path.key_span, item, &server, span));
    }
    result
}

fn placed(key: &str, key_span: Span, mut item: Node, server: &Server, span: Span) -> Entry {
    let url = Node::text_at(span, server.origin.clone());
    let server_node = Node::mapping_at(span, [("url", url)]);
    item.set("servers", Node::list_at(span, vec![server_node]));
    Entry { key: format!("{}{key}", server.base), key_span, value: item }
}

fn nothing(span: Span, record: &mut Record) -> Server {
    record.note_once(
        "missing-servers",
        span,
        format!(
            "the document declares no server with a host, so calls go to {NOWHERE} unless the \
             client's builder sets an origin"
        ),
    );
    Server { origin: NOWHERE.to_owned(), base: String::new() }
}

fn read(server: &Node, span: Span, record: &mut Record) -> Server {
    let template = server.text("url").unwrap_or_default();
    let url = filled(template, server, record);
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let url =
        url.strip_prefix("//").map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    match url.split_once("://") {
        Some((scheme, rest)) if matches!(&*scheme.to_ascii_lowercase(), "https" | "http") => {
            let (authority, base) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            // User information in a URL would be sent as a credential, which no one expects.
            let host = authority.rsplit('@').next().unwrap_or_default();
            if host.is_empty() || crate::check::is_host(host).is_err() {
                return Server { base: based(base), ..nothing(span, record) };
            }
            let origin = format!("{}://{host}", scheme.to_ascii_lowercase());
            Server { origin, base: based(base) }
        }
        Some(_) => nothing(span, record),
        None => Server { base: based(&url), ..nothing(span, record) },
    }
}

/// Returns the path of a server URL as a prefix for paths: with a leading slash and without a
/// trailing slash, or empty if the URL has no path.
fn based(path: &str) -> String {
    let path = path.trim_end_matches('/').trim_start_matches("./");
    match path {
        "" | "." => String::new(),
        _ if path.starts_with('/') => path.to_owned(),
        _ => format!("/{path}"),
    }
}

/// Returns the URL with each variable replaced by its default value.
fn filled(template: &str, server: &Node, record: &mut Record) -> String {
    let variables = server.get("variables").map_or(&[][..], Node::entries);
    let mut url = template.to_owned();
    for variable in variables {
        let placeholder = format!("{{{}}}", variable.key);
        if !url.contains(&placeholder) {
            continue;
        }
        let default = variable.value.get("default");
        let first = variable.value.get("enum").and_then(|values| values.items().first());
        let value = default.or(first).map(text).unwrap_or_default();
        record.note_once(
            "server-variable",
            variable.key_span,
            format!(
                "the variable `{}` of a server gets its default value `{value}`; to \
                 use a different one, set an origin on the client's builder",
                variable.key
            ),
        );
        url = url.replace(&placeholder, &value);
    }
    // An undefined variable has no value, so only its braces are removed.
    url.replace(['{', '}'], "")
}

/// Returns a scalar as text.
fn text(node: &Node) -> String {
    match node.as_str() {
        Some(text) => text.to_owned(),
        None => node.to_string(),
    }
}

//! Checks `servers`: every path must declare one server, no other place may declare any, and each
//! server must be an origin with at most one variable.

use super::api::{Api, list};
use super::names::quoted;
use crate::{Diagnostic, Entry, Node, Span};

/// Checks that every path declares its origin, because an API may consist of several services.
pub(super) fn on_paths(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for path in api.paths() {
        match list(&path.value, "servers") {
            // A different rule reports a path that is a reference.
            [] if path.value.get("$ref").is_some() => {}
            [] => found.push(missing(api, path)),
            [server] => url(server, found),
            [_, second, ..] => found.push(
                Diagnostic::new("several-servers", format!("path `{}` has more than one server", path.key))
                    .label(second.span, "the second one")
                    .help("keep one server; for several environments, write one URL with a variable: `https://{environment}.example.com`"),
            ),
        }
    }
}

fn missing(api: &Api<'_>, path: &Entry) -> Diagnostic {
    let mistake =
        Diagnostic::new("missing-servers", format!("path `{}` has no `servers`", path.key))
            .label(path.key_span, "its host is not declared");
    let below = path.value.entries().iter().find_map(|entry| entry.value.entry("servers"));
    match (below, api.document.root().entry("servers")) {
        (Some(servers), _) => mistake
            .label(servers.key_span, "ignored here")
            .help("move `servers` from the operation up to the path"),
        (None, Some(servers)) => {
            mistake.label(servers.key_span, "ignored here").help(moved(servers))
        }
        (None, None) => mistake.help("write\n    servers:\n      - url: https://api.example.com"),
    }
}

/// Returns a help message that says how to move a server from the top level to a path. A path's
/// server must be an origin, so a path in the server's URL is prepended to the path's key.
fn moved(servers: &Entry) -> String {
    const EXAMPLE: &str = "https://api.example.com";
    let which = match servers.value.items() {
        [_, _, ..] => "one of the servers",
        _ => "`servers`",
    };
    let url = servers.value.items().first().and_then(|server| server.get("url"));
    let url = url.and_then(Node::as_str).unwrap_or(EXAMPLE);
    let variables = match url.contains('{') {
        true => ", with its `variables`",
        false => "",
    };
    let (url, path) = match split(url) {
        Some((scheme @ ("https" | "http"), authority, tail)) => {
            (format!("{scheme}://{authority}"), tail)
        }
        _ => (EXAMPLE.to_owned(), url),
    };
    let path = path.trim_end_matches('/');
    let prefix = match path.starts_with('/') && !path.contains('{') {
        true => format!(", and prepend `{path}` to the path"),
        false => String::new(),
    };
    format!(
        "move {which} from the top level to the path{variables}{prefix}:\n    servers:\n      - url: {url}"
    )
}

/// Returns the origin (scheme, host and port) and the remainder of a URL.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    Some((scheme, authority, tail))
}

/// Reports `servers` in places where they would be ignored.
pub(super) fn elsewhere(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let all_paths_have = api.paths().all(|path| path.value.get("servers").is_some());
    if let Some(servers) = api.document.root().entry("servers").filter(|_| all_paths_have) {
        found.push(
            Diagnostic::new("misplaced-servers", "`servers` at the top level are ignored")
                .label(servers.key_span, "every path has its own")
                .help("remove them"),
        );
    }
    for operation in &api.operations {
        // If the path has no servers, the error about the path already suggests moving the servers
        // of its operations.
        let Some(servers) = operation.node().entry("servers") else { continue };
        if operation.path.value.get("servers").is_some() {
            let message = format!("`servers` of {} are ignored", operation.title());
            found.push(
                operation
                    .mistake("misplaced-servers", message)
                    .label(servers.key_span, "the path has its own")
                    .help("remove them, or move the operation to its own path"),
            );
        }
    }
}

fn url(server: &Node, found: &mut Vec<Diagnostic>) {
    let Some(node) = server.get("url") else {
        found.push(
            Diagnostic::new("server-url", "a server has no `url`")
                .label(server.span, "this server")
                .help("write `url: https://api.example.com`"),
        );
        return;
    };
    let text = node.as_str().unwrap_or("");
    let names = match names(text) {
        Ok(names) => names,
        Err(help) => return found.push(bad_url(node.span, text, "unbalanced braces", help)),
    };
    if let Err((label, help)) = origin(text) {
        found.push(bad_url(node.span, text, label, &help));
    }
    variables(server, node, &names, found);
}

fn bad_url(span: Span, text: &str, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new("server-url", format!("server URL `{text}` is not an origin"))
        .label(span, label)
        .help(help)
}

/// Returns the names of variables in a URL.
pub(super) fn names(url: &str) -> Result<Vec<&str>, &'static str> {
    const HELP: &str = "write a variable as `{name}`";
    let mut names = Vec::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(HELP)?;
        if before.contains('}') || name.is_empty() || name.contains('{') {
            return Err(HELP);
        }
        names.push(name);
        rest = after;
    }
    if rest.contains('}') { Err(HELP) } else { Ok(names) }
}

/// Checks that a URL consists of a scheme, a host and an optional port. The host and the port may
/// contain variables.
pub(super) fn origin(url: &str) -> Result<(), (&'static str, String)> {
    let Some((scheme, authority, tail)) = split(url) else {
        let help =
            "write the scheme and the host, e.g. `https://api.example.com`; a path belongs in `paths`"
                .to_owned();
        return Err(("it is relative", help));
    };
    let alone = format!("write `{scheme}://{authority}`");
    match tail.chars().next() {
        _ if !matches!(scheme, "https" | "http") => {
            Err(("not https or http", format!("write `https://{authority}`")))
        }
        None => host(authority),
        Some('/') if tail == "/" => Err(("a slash at the end", alone)),
        Some('/') if tail.contains('{') => {
            let help =
                format!("{alone} here, remove the variable, and prepend its value to the paths");
            Err(("a path after the host", help))
        }
        Some('/') => {
            let prefix = tail.trim_end_matches('/');
            Err((
                "a path after the host",
                format!("{alone} here and prepend `{prefix}` to the paths"),
            ))
        }
        Some(_) => Err(("a query or fragment", alone)),
    }
}

pub(crate) fn host(authority: &str) -> Result<(), (&'static str, String)> {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let (host, port) = (substituted(host, "x"), substituted(port, "1"));
    let is_host = !host.is_empty()
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '-' | '.'));
    if is_host && port.parse::<u16>().is_ok() {
        return Ok(());
    }
    Err(("not a host with an optional port", "write `https://api.example.com`".to_owned()))
}

/// Replaces each variable in a URL with a value.
fn substituted(text: &str, value: &str) -> String {
    let names = names(text).unwrap_or_default();
    names.iter().fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), value))
}

fn variables(server: &Node, url: &Node, names: &[&str], found: &mut Vec<Diagnostic>) {
    let defined = server.get("variables").map_or(&[][..], Node::entries);
    if let [first, second, ..] = names {
        found.push(
            Diagnostic::new(
                "several-server-variables",
                format!(
                    "a server URL has more than one variable: {}",
                    quoted(names.iter().copied())
                ),
            )
            .label(
                url.span,
                format!("only one variable is supported, but `{second}` follows `{first}`"),
            )
            .help("keep one variable, and replace the others with their values"),
        );
    }
    for name in names.iter().filter(|name| !defined.iter().any(|entry| entry.key == **name)) {
        found.push(
            Diagnostic::new("undefined-server-variable", format!("server variable `{name}` is not defined"))
                .label(url.span, "used here")
                .help(format!("write next to `url`:\n    variables:\n      {name}:\n        enum: [www]\n        default: www")),
        );
    }
    for entry in defined {
        if names.contains(&entry.key.as_str()) {
            found.extend(variable(entry));
        } else {
            found.push(
                Diagnostic::new(
                    "unused-server-variable",
                    format!("server variable `{}` is not in the URL", entry.key),
                )
                .label(entry.key_span, "defined here")
                .label(url.span, "not used here")
                .help(format!("remove it, or write `{{{}}}` in the URL", entry.key)),
            );
        }
    }
}

/// Checks that a variable lists its values and that its default is one of them.
fn variable(entry: &Entry) -> Option<Diagnostic> {
    let values = list(&entry.value, "enum");
    let texts: Option<Vec<&str>> = values.iter().map(Node::as_str).collect();
    let default = entry.value.get("default");
    let mistake = |message: &str, span: Span, label: &str, help: String| {
        let message = format!("server variable `{}` {message}", entry.key);
        Some(Diagnostic::new("server-variable", message).label(span, label).help(help))
    };
    match (texts, default) {
        (None, _) => mistake(
            "has a value that isn't a string",
            entry.key_span,
            "all values must be strings",
            "put the values of `enum` in quotes".to_owned(),
        ),
        (Some(texts), _) if texts.is_empty() => {
            let value = default.and_then(Node::as_str).unwrap_or("www");
            mistake(
                "has no `enum`",
                entry.key_span,
                "any host could be inserted",
                format!("list the values: `enum: [{value}]`"),
            )
        }
        (Some(texts), None) => mistake(
            "has no `default`",
            entry.key_span,
            "needed for callers who don't choose a value",
            format!("write `default: {}`", texts[0]),
        ),
        (Some(texts), Some(node)) if node.as_str().is_none_or(|it| !texts.contains(&it)) => {
            let help = format!("write one of {}", quoted(texts.iter().copied()));
            mistake("has a default that isn't one of its values", node.span, "not in `enum`", help)
        }
        _ => None,
    }
}

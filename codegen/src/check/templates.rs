//! Checks the syntax of paths: a path consists of `/` and segments, and each segment is either
//! fixed text or one parameter in braces.
//!
//! progenitor is less strict: it accepts parameters inside segments, drops doubled slashes, and
//! assumes that the server parses paths in the same way. But the generated server's router matches
//! only complete segments.

use super::api::Api;
use crate::template::{self, Part};
use crate::{Diagnostic, Entry};

pub(super) fn syntax(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let strict = api.as_written;
    let routed = api.settings.server.is_some();
    for path in api.paths() {
        let mistake = if strict { mistake(&path.key) } else { unsendable(&path.key, routed) };
        if let Some((label, help)) = mistake {
            found.push(report(path, label, help));
        }
    }
}

fn report(path: &Entry, label: String, help: &str) -> Diagnostic {
    Diagnostic::new("path-template", format!("path `{}` is not a valid template", path.key))
        .label(path.key_span, label)
        .help(help)
}

/// Returns a label and a help message if a path contains something that a request can't contain and
/// that the `normalise` stage can't escape. A fixed query is sent unchanged, but the router of a
/// generated server can't match a query.
fn unsendable(template: &str, routed: bool) -> Option<(String, &'static str)> {
    let (template, query) = template.split_once('?').unwrap_or((template, ""));
    if routed && !query.is_empty() || query.contains(['{', '}', '?']) {
        return Some((
            "the start of a query".to_owned(),
            "end the path before `?`, and write the query under `parameters`",
        ));
    }
    let text = |part: &Part<'_>| matches!(part, Part::Text(text) if text.contains(['{', '}', '#']));
    match template.strip_prefix('/') {
        None => Some(("it does not begin with `/`".to_owned(), "begin every path with `/`")),
        Some(_) if template::parts(template).iter().any(text) => {
            Some(("braces without a name".to_owned(), "write a parameter as `{name}`"))
        }
        Some(rest) if rest.split('/').any(|segment| matches!(segment, "." | "..")) => Some((
            "`.` and `..` are removed by programs that read URLs".to_owned(),
            "write the path without them",
        )),
        Some(_) => None,
    }
}

/// Returns whether a template is valid.
pub(super) fn is_sound(template: &str) -> bool {
    mistake(template).is_none()
}

/// Returns the template without the parameter names.
pub(super) fn shape(template: &str) -> String {
    let segments = template.split('/').map(|it| if parameter(it).is_some() { "{}" } else { it });
    segments.collect::<Vec<_>>().join("/")
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}').filter(|name| is_name(name))
}

/// Returns whether this is a valid parameter name. `{*rest}` isn't valid, because the server's
/// router would match it with all remaining segments, but the client would send only one.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '_' | '-' | '.'))
}

fn mistake(template: &str) -> Option<(String, &'static str)> {
    let Some(rest) = template.strip_prefix('/') else {
        return Some(("it does not begin with `/`".to_owned(), "begin every path with `/`"));
    };
    let last = rest.split('/').count() - 1;
    rest.split('/').enumerate().find_map(|(number, segment)| {
        // A trailing slash, which some services require, leaves an empty segment.
        if segment.is_empty() && number == last { None } else { segment_mistake(segment) }
    })
}

fn segment_mistake(segment: &str) -> Option<(String, &'static str)> {
    let (open, close) = (segment.matches('{').count(), segment.matches('}').count());
    if segment.is_empty() {
        return Some(("two slashes in a row".to_owned(), "remove one of the two"));
    }
    if parameter(segment).is_some() {
        return None;
    }
    let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if let Some(inner) = inner.filter(|inner| !inner.is_empty() && !inner.contains(['{', '}'])) {
        let label = format!("`{inner}` isn't a valid parameter name");
        return Some((
            label,
            "use letters, digits, `_`, `-` and `.`, starting with a letter or digit",
        ));
    }
    if open != close || segment.contains("{}") {
        let label = format!("unbalanced or empty braces in `{segment}`");
        return Some((label, "write a parameter as `{name}`"));
    }
    if segment.contains('?') {
        let label = "a query starts at `?`".to_owned();
        return Some((label, "end the path before `?`, and write the query under `parameters`"));
    }
    if open > 0 {
        let label = format!("`{segment}` isn't a single parameter");
        let help = "make the complete segment one parameter, e.g. `/{name}`, and pass the fixed \
                    text in its value";
        return Some((label, help));
    }
    if matches!(segment, "." | "..") {
        let label = format!("`{segment}` is removed by programs that read URLs");
        return Some((label, "write the path without it"));
    }
    if let Some(bad) = segment.chars().find(|each| !is_plain(*each)) {
        let label = format!("`{bad}` is reserved or not allowed in URLs");
        return Some((label, "use letters, digits and `-`, `.`, `_`, `~`"));
    }
    None
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::{mistake, shape};

    #[test]
    fn templates_are_validated() {
        for good in ["/", "/a", "/a/", "/a/{b}/c-d.e_f~", "/{a}/{b}", "/{a-b.c_d}"] {
            assert!(mistake(good).is_none(), "{good}");
        }
        for bad in [
            "",
            "a",
            "//",
            "/a//b",
            "/{",
            "/}",
            "/{}",
            "/{a",
            "/{a}{b}",
            "/{a}.json",
            "/{a{b}}",
            "/{{a}}",
            "/{*a}",
            "/{a*}",
            "/{?a}",
            "/{a:int}",
            "/{a b}",
            "/{a`}",
            "/x{a}",
            "/}a{",
            "/a?b",
            "/a#b",
            "/a b",
            "/ä",
            "/:a",
            "/*a",
            "/../a",
            "/a/.",
            "/%2e",
        ] {
            assert!(mistake(bad).is_some(), "{bad}");
        }
        assert_eq!(shape("/a/{b}/{c}"), "/a/{}/{}");
    }
}

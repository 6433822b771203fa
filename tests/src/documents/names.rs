//! Checks that Rust names in backticks exist: `Type::member`, `Type`, `function()`, `a_name` and `A_CONSTANT`.

use super::markdown::{Kind, Piece};
use super::rust::Sources;

/// Crates whose items aren't looked up.
const FOREIGN_CRATES: [&str; 10] =
    ["alloc", "axum", "core", "governor", "jiff", "reqwest", "serde", "std", "tokio", "tracing"];

/// Names that are allowed although no source defines them, each with the reason.
const FOREIGN: &[(&str, &str)] = &[
    ("Duration::from_secs", "in std"),
    ("crate::api::generated", "a module in the crate of an `openapi-keys` user"),
    ("retry::never", "in reqwest"),
    ("diagnostic::on_unimplemented", "a Rust attribute"),
    ("rustfmt::skip", "a Rust attribute"),
    ("serde_yaml", "a crate that this project doesn't use"),
    ("serde_yml", "a crate that this project doesn't use"),
    ("sk_", "a Stripe key prefix"),
    ("rk_", "a Stripe key prefix"),
    ("payment_links().get_views(payment_link_id)", "a call to an operation in docs/spec.md"),
    ("pets().get_pets()", "a call in an example in docs/client.md"),
    ("Class.method", "a placeholder for any method of the vendor's SDKs"),
    ("PaidPartial", "a BTCPay state"),
    ("PaidOver", "a BTCPay state"),
    ("Mileston_PROD_", "a prefix in the vendor's documents, but not in its keys"),
    ("usePayment", "only in the vendor's documents, as the page says"),
    ("updateButtonText", "only in the vendor's documents, as the page says"),
];

/// Returns the problems with the names on a page.
#[must_use]
pub fn problems(page: &str, pieces: &[Piece], sources: &Sources) -> Vec<String> {
    let mut problems = Vec::new();
    for piece in pieces {
        if let Kind::Code(code) = &piece.kind {
            let unknown = unknown(code, sources).into_iter();
            problems
                .extend(unknown.map(|name| {
                    format!("{page}:{}: no such name: {name} in `{code}`", piece.line)
                }));
        }
    }
    problems
}

fn unknown(code: &str, sources: &Sources) -> Vec<String> {
    if FOREIGN.iter().any(|(foreign, _)| *foreign == code) {
        return Vec::new();
    }
    let mut unknown: Vec<String> =
        paths(code).iter().filter_map(|path| broken_step(path, sources)).collect();
    if code.contains("::") || code.contains("().") {
        unknown.extend(methods(code).into_iter().filter(|name| !sources.has_function(name)));
    }
    let alone = single(code).filter(|name| !sources.has_word(name));
    unknown.extend(alone.map(str::to_owned));
    unknown
}

/// Returns all paths of two or more segments in the code.
fn paths(code: &str) -> Vec<Vec<&str>> {
    let parts = code.split(|each: char| !(each.is_alphanumeric() || each == '_' || each == ':'));
    let paths = parts.filter(|part| part.contains("::")).map(|part| {
        let segments =
            part.split("::").filter(|segment| !segment.is_empty() && !segment.contains(':'));
        segments.collect::<Vec<_>>()
    });
    paths.filter(|path| path.len() > 1).collect()
}

/// Returns the first pair of neighbouring segments that doesn't exist in the sources, if there is one.
fn broken_step(path: &[&str], sources: &Sources) -> Option<String> {
    let path: Vec<&str> =
        path.iter().copied().skip_while(|it| ["crate", "self", "super"].contains(it)).collect();
    if path.first().is_some_and(|first| FOREIGN_CRATES.contains(first)) {
        return None;
    }
    let steps = path.windows(2).find(|step| {
        let joined = step.join("::");
        !sources.has(step[0], step[1]) && !FOREIGN.iter().any(|(foreign, _)| *foreign == joined)
    });
    steps.map(|step| step.join("::"))
}

/// Returns the names of methods that are called with a leading dot.
fn methods(code: &str) -> Vec<String> {
    let calls = code.match_indices('.').filter_map(|(at, _)| {
        let (name, _) = code[at + 1..].split_once('(')?;
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '_');
        is_name.then(|| name.to_owned())
    });
    calls.collect()
}

/// Returns the name if a code span is a single Rust name, with or without generics or a call.
fn single(code: &str) -> Option<&str> {
    let name = code.split(['<', '(']).next().unwrap_or_default();
    let is_name = |each: char| each.is_ascii_alphanumeric() || each == '_';
    if name.is_empty()
        || !name.chars().all(is_name)
        || name.chars().all(|each| each.is_ascii_digit())
    {
        return None;
    }
    let has_lower = name.contains(|each: char| each.is_ascii_lowercase());
    let has_upper = name.contains(|each: char| each.is_ascii_uppercase());
    let is_camel = has_lower && has_upper;
    let is_snake = name.contains('_') && name.len() > 1;
    (is_camel || is_snake || code.ends_with(')')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::markdown::pieces;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = "pub struct Settings { pub formats: u8 }\nimpl Settings { pub fn read_all(&self) {} }\n\
            pub const A_LIMIT: u8 = 1;\npub enum Kind { BodyCut }\n";
        let mut sources = Sources::default();
        sources.add_rust("settings", source).unwrap();
        sources.add_text("operationId: getInvoice");
        let found = problems("a.md", &pieces(text), &sources);
        let expected: Vec<String> =
            expected.iter().map(|name| format!("a.md:1: no such name: {name}")).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_that_exist_pass() {
        check(
            "`Settings::formats`, `Kind::BodyCut`, `BodyCut`, `settings::Settings::read_all()`",
            &[],
        );
        check(
            "`Settings<M>`, `read_all()`, `A_LIMIT`, `getInvoice`, `std::env::var`, `crate::x`",
            &[],
        );
        check("`Kind`, `word`, `2XX`, `/a/b`, `x-y`, `true`", &[]);
    }

    #[test]
    fn made_up_names_are_found() {
        check("`Settings::format`", &["Settings::format in `Settings::format`"]);
        check("`Setting::formats`", &["Setting::formats in `Setting::formats`"]);
        check("`Kind::BodyCut::x`", &["BodyCut::x in `Kind::BodyCut::x`"]);
        check("`BodyLost`", &["BodyLost in `BodyLost`"]);
        check("`write_all()`", &["write_all in `write_all()`"]);
        check("`B_LIMIT`", &["B_LIMIT in `B_LIMIT`"]);
        check("`getInvoices`", &["getInvoices in `getInvoices`"]);
        check("`read_all().no(…)`", &["no in `read_all().no(…)`"]);
    }
}

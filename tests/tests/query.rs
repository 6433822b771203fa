//! Tests that the sandbox decodes query strings in the same way as `URLSearchParams` in Node.js.
//!
//! The sandbox is intentionally stricter in two cases, which these tests also check. It rejects a duplicate parameter,
//! although `URLSearchParams` would pick one of the values. It also rejects a value that isn't UTF-8, although
//! `URLSearchParams` would insert U+FFFD.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest as _, Request};
use mileston_sandbox::runtime::{Incoming, Refusal};
use mileston_tests::compile::workspace;
use mileston_tests::javascript::texts::Chance;
use mileston_tests::program;
use tokio::process::Command;

/// The parts of random query strings: escapes that are valid, truncated, overlong or not UTF-8, and special characters.
const PIECES: [&str; 30] = [
    "%",
    "%%",
    "%4",
    "%zz",
    "%+",
    "%2",
    "%25",
    "%2B",
    "%20",
    "%00",
    "%3D",
    "%26",
    "%C3%9C",
    "%c3%9c",
    "%F0%9F%A6%80",
    "%ff",
    "%C3",
    "%C0%80",
    "%ED%A0%80",
    "%EF%BF%BD",
    "+",
    "=",
    "&",
    ";",
    "?",
    "a",
    "B",
    "100",
    "legit",
    "'~!*()/:@",
];
const QUERIES: u32 = 4000;
const LIMIT: Duration = Duration::from_secs(60);

/// The names and values, in order.
type Pairs = Vec<(String, String)>;

async fn ask_node(queries: &[String]) -> Vec<Pairs> {
    let line = |query: &String| serde_json::to_string(query).unwrap() + "\n";
    let input: String = queries.iter().map(line).collect();
    let mut command = Command::new("node");
    command.arg(workspace().join("tests/node/form.mjs"));
    let output = program::run(&mut command, &input, LIMIT).await;
    let output = output.unwrap_or_else(|error| {
        panic!("node: {error}. Install Node.js 20 or later (https://nodejs.org)")
    });
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn read(query: &str, name: &str) -> Result<Option<String>, Refusal> {
    let request = Request::get(format!("/x?{query}")).body(Body::empty()).unwrap();
    Incoming::from_request(request, &()).await?.optional_query(name)
}

/// Compares how the sandbox and Node.js read each parameter of a query string. Returns `None` if they read the same
/// values, or if the sandbox is intentionally stricter.
async fn difference(query: &str, pairs: &Pairs) -> Option<String> {
    let mut values = BTreeMap::<&str, Vec<&str>>::new();
    for (name, value) in pairs.iter().filter(|(name, _)| !name.is_empty()) {
        values.entry(name).or_default().push(value);
    }
    // If the query itself doesn't contain U+FFFD, any U+FFFD in a value was inserted by JavaScript to replace invalid
    // UTF-8.
    let is_written = query.contains("%EF%BF%BD");
    for (name, values) in values {
        let found = read(query, name).await;
        let replaced = |text: &str| text.contains('\u{fffd}');
        let is_right = match (&found, values.as_slice()) {
            // The sandbox can't look up a name in which JavaScript inserted U+FFFD.
            _ if replaced(name) => true,
            (Err(_), [_, _, ..]) => true,
            (Ok(Some(found)), [value]) => found == value && (is_written || !replaced(value)),
            (Err(_), [value]) => replaced(value),
            _ => false,
        };
        if !is_right {
            return Some(format!("{query}: {name} is {values:?}, but the sandbox reads {found:?}"));
        }
    }
    None
}

#[tokio::test]
async fn a_query_is_read_as_javascript_reads_it() {
    let mut chance = Chance::of(18);
    let mut piece = || PIECES[chance.below(30) as usize];
    let by_chance = (0..QUERIES).map(|number| (0..=number % 9).map(|_| piece()).collect());
    let named = ["businessName=100%%20legit", "businessName=%", "a=50%&b=%zz", "100%=a", "%=%25"];
    let queries: Vec<String> = named.map(str::to_owned).into_iter().chain(by_chance).collect();
    let said = ask_node(&queries).await;
    assert_eq!(said.len(), queries.len());
    let mut wrong = Vec::new();
    for (query, pairs) in queries.iter().zip(&said) {
        wrong.extend(difference(query, pairs).await);
    }
    let shown = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} differences; the first are:\n{}", wrong.len(), shown.join("\n"));
    let compared: usize = said.iter().map(Vec::len).sum();
    assert!(compared > 4000, "{compared}");
}

#[tokio::test]
async fn the_rejection_of_invalid_utf_8_names_the_parameter() {
    for query in ["v=%ff", "v=a%C3", "v=%C0%80", "v=%ED%A0%80", "v=100%%ff"] {
        let refusal = read(query, "v").await.unwrap_err();
        assert_eq!(refusal.status().as_u16(), 400, "{query}");
        assert!(refusal.to_string().starts_with("query parameter v isn't UTF-8"), "{refusal}");
    }
    for (query, expected) in [("v=%EF%BF%BD", "\u{fffd}"), ("v=%00", "\0"), ("v=100%", "100%")] {
        assert_eq!(read(query, "v").await.unwrap().as_deref(), Some(expected), "{query}");
    }
}

//! Tests the generator's decisions about third-party documents. Each decision is visible in the
//! generated code or in the report.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod errors;
mod forms;
mod names;
mod pages;
mod parameters;
mod refused;
mod responses;
mod schemas;
mod security;
mod server_bodies;
mod servers;
mod stable;
mod text;

use openapi_keys::{MissingSecurity, Output, Settings, generate};

/// The start of the document in tests that aren't about servers or security.
const HEAD: &str = "openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example }]
security: []
";

/// The responses of an operation that returns nothing.
const DONE: &str = "responses: { '204': { description: Done } }";

fn settings() -> Settings {
    Settings::new("a test", "openapi.yaml")
}

fn open() -> Settings {
    settings().with_missing_security(MissingSecurity::Open)
}

/// Generates the code, and checks that every file is valid Rust.
#[track_caller]
fn generated(text: &str) -> Output {
    generated_with(text, &settings())
}

#[track_caller]
fn generated_with(text: &str, settings: &Settings) -> Output {
    let output = match generate(text, settings) {
        Ok(output) => output,
        Err(mistakes) => panic!("{mistakes}\n{text}"),
    };
    for (name, text) in output.client.iter().chain(&output.server) {
        if let Err(wrong) = syn::parse_file(text) {
            panic!("{name}: {wrong}\n{text}");
        }
    }
    output
}

/// Returns the text of a file without spaces or trailing commas, so that tests don't depend on the
/// formatting.
#[track_caller]
fn file(output: &Output, name: &str) -> String {
    let found = output.client.get(name);
    let text = found.unwrap_or_else(|| {
        panic!("no {name} among {:?}", output.client.keys().collect::<Vec<_>>())
    });
    text.split_whitespace().collect::<String>().replace(",)", ")")
}

/// Checks that a file contains these strings, ignoring spaces.
#[track_caller]
fn has(output: &Output, name: &str, expected: &[&str]) {
    let text = file(output, name);
    for expected in expected {
        assert!(
            text.contains(expected),
            "{name} must contain {expected}:\n{}",
            output.client[name]
        );
    }
}

/// Returns the line and message of each decision with this code.
fn decisions(output: &Output, text: &str, code: &str) -> Vec<(usize, String)> {
    let found = output.report.decisions.iter().filter(|decision| decision.code == code);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    found.map(|decision| (line(decision.span.start), decision.message.clone())).collect()
}

/// Returns the omitted operations, each with its code and line.
fn omitted(output: &Output) -> Vec<(&str, &str, u32)> {
    let omitted = output.report.omitted.iter();
    omitted.map(|it| (it.operation.as_str(), it.code, it.line)).collect()
}

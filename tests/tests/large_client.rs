//! Tests that a client generated from a large document compiles, and measures how the time grows with the document.
//!
//! Machines differ in speed and load, so the tests don't assert a time. The measurement is an ignored test.
//! docs/performance.md has its results.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::time::{Duration, Instant};

use mileston_tests::compile::Package;
use mileston_tests::{large, tools};
use openapi_keys::Settings;

const CODE: &str = "mod generated;\npub use generated::*;\n";

/// Generates a client from a document, as a package.
fn package(name: &str, document: &str) -> Package {
    let settings = Settings::new("a test", "large.yaml").with_module("crate::generated");
    let output = openapi_keys::generate(document, &settings).unwrap();
    Package::of_generated(name, &output.client).unwrap()
}

/// Checks the client twice, and returns the time of the second run, for which the dependencies are already built.
fn check(package: &Package) -> Duration {
    assert_eq!(package.check(CODE).unwrap().len(), 0);
    // Use different code, so that cargo doesn't reuse the result.
    let code = format!("#![allow(unused)]\n{CODE}");
    let started = Instant::now();
    assert_eq!(package.check(&code).unwrap().len(), 0);
    started.elapsed()
}

#[test]
fn the_client_of_a_large_document_compiles() {
    check(&package("large-client", &large::document(100)));
}

/// Nests 30 lists of objects. The compiler allows 128 nested types, and each list of objects needs
/// several levels.
#[test]
fn the_client_of_a_deep_document_compiles() {
    let mut text = "openapi: 3.0.3\ninfo: { title: Deep, version: \"1\" }\ntags: [{ name: things }]\npaths:\n  /things:\n    \
                    servers: [{ url: \"https://deep.example\" }]\n    post:\n      operationId: putThing\n      \
                    tags: [things]\n      security: []\n      requestBody:\n        required: true\n        \
                    content: { application/json: { schema: { $ref: \"#/components/schemas/Thing0\" } } }\n      \
                    responses: { \"204\": { description: Done. } }\ncomponents:\n  schemas:\n"
        .to_owned();
    for depth in 0..30 {
        let inner = depth + 1;
        text += &format!(
            "    Thing{depth}: {{ type: object, properties: {{ inner: {{ type: array, items: {{ $ref: \"#/components/schemas/Thing{inner}\" }} }} }} }}\n"
        );
    }
    text += "    Thing30: { type: object, properties: { name: { type: string } } }\n";
    check(&package("deep-client", &text));
}

/// Prints the times for documents of several sizes.
#[test]
#[ignore = "takes minutes: a measurement for docs/performance.md"]
fn the_time_for_clients_of_several_sizes_is_printed() {
    for schemas in [300, 600, 1200, 2275] {
        let document = large::document(schemas);
        let started = Instant::now();
        let package = package("large-client", &document);
        let generated = started.elapsed();
        let checked = check(&package);
        tools::say(&format!(
            "large client: {schemas} schemas, {} KiB: generated in {:.1} s, checked in {:.1} s, {:.1} ms for each schema",
            document.len() / 1024,
            generated.as_secs_f64(),
            checked.as_secs_f64(),
            checked.as_secs_f64() * 1000.0 / f64::from(u32::try_from(schemas).unwrap()),
        ));
    }
}

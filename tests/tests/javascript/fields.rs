//! Tests that the corpus covers the types of all fields in request bodies.
//!
//! JavaScript writes some types differently: floating-point numbers (`1` and `1e+21` where serde_json writes `1.0` and
//! `1e21`), and maps with numbers as keys.

use std::collections::BTreeSet;
use std::fs;

use mileston_api::catalogue::OPERATIONS;
use mileston_tests::compile::workspace;
use mileston_tests::wire::json::{Json, Text, parse};

/// Returns the keys of a body in order.
pub(crate) fn keys(body: &str) -> Vec<Text> {
    let Json::Object(fields) = parse(body).unwrap() else { return Vec::new() };
    fields.into_iter().map(|(key, _)| key).collect()
}

/// The allowed field types. `Kind` in `src/javascript/functions.rs` covers each of them.
const COVERED: [&str; 13] = [
    "String",
    "u32",
    "bool",
    "Timestamp",
    "Amount",
    "TokenAmount",
    "Address",
    "Email",
    "PaymentLinkId",
    "InvoiceId",
    "RecurringPaymentId",
    "PaymentId",
    "SubwalletId",
];

/// Hand-written bodies. Their fields are in the corpus.
const BY_HAND: [&str; 1] = ["SendBatchPayment"];

/// Returns the source code of the generated types.
fn types() -> String {
    let folder = workspace().join("mileston-api/src/generated/types");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Returns each field of a struct with its type, without `Option`; `None` if there is no such struct.
fn fields(types: &str, name: &str) -> Option<Vec<(String, String)>> {
    let (_, rest) = types.split_once(&format!("pub struct {name} {{\n"))?;
    let (body, _) = rest.split_once("\n}")?;
    let field = |line: &str| {
        let line = line.trim();
        let line = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub "))?;
        let (name, of) = line.strip_suffix(',').unwrap_or(line).split_once(": ")?;
        let of = of.strip_prefix("Option<").and_then(|of| of.strip_suffix('>')).unwrap_or(of);
        Some((name.to_owned(), of.to_owned()))
    };
    Some(body.lines().filter_map(field).collect())
}

/// Returns whether a type is an open enum, which is written as a string.
fn is_open_set(types: &str, name: &str) -> bool {
    let start = format!("impl Serialize for {name} {{");
    let body = types.split_once(&start).and_then(|(_, rest)| rest.split_once("\n}"));
    body.is_some_and(|(body, _)| body.contains("serializer.serialize_str(self.as_str())"))
}

#[test]
fn the_corpus_covers_all_field_types() {
    let types = types();
    let bodies: BTreeSet<&str> = OPERATIONS.iter().filter_map(|operation| operation.body).collect();
    for body in BY_HAND {
        assert!(
            bodies.contains(body) && fields(&types, body).is_none(),
            "{body} isn't a hand-written body"
        );
    }
    for body in bodies.into_iter().filter(|body| !BY_HAND.contains(body)) {
        let fields = fields(&types, body).unwrap_or_default();
        assert!(!fields.is_empty(), "{body} has no fields");
        for (name, of) in fields {
            assert!(
                COVERED.contains(&of.as_str()) || is_open_set(&types, &of),
                "{body}.{name} has the type `{of}`, which the corpus doesn't cover. Check that our client writes it as \
                 JavaScript does, and add the type to `COVERED`. If `Kind` in tests/src/javascript/functions.rs has no \
                 variant for such values, add one"
            );
        }
    }
    // As a control, the scan must find `f64`, the type of a response field, which isn't in `COVERED`.
    let found = fields(&types, "ServiceMemory").unwrap();
    assert!(found.contains(&("used".to_owned(), "f64".to_owned())), "{found:?}");
}

//! Tests documents with parts that were removed, repeated or replaced. The generator must accept or
//! reject each document within a time limit, and generated code must be valid Rust.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use openapi_keys::{Document, MissingSecurity, Output, Server, Settings, decode, generate};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// Error codes that no document should cause, because they indicate a bug in the generator.
const OUR_FAULT: [&str; 3] = ["progenitor", "unrecognized", "not-rust"];

/// The time limit for each document. Most documents take less than a second, but an unoptimised
/// build on a busy machine is slower.
const SOON: Duration = Duration::from_secs(20);

static SEEDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = ["../tests/cases", "../tests/other-api/small", "tests/documents"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(here.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml" || it == "json"))
        .collect();
    files.push(here.join("tests/sound.yaml"));
    files.sort();
    let seeds: Vec<Value> = files.iter().filter_map(|file| seed(file)).collect();
    assert!(seeds.len() > 150, "{} documents of {}", seeds.len(), files.len());
    seeds
});

/// Returns the document in a file, or `None` if it can't be parsed. A few files are deliberately
/// invalid.
fn seed(file: &Path) -> Option<Value> {
    let bytes = std::fs::read(file).unwrap();
    let text = decode("seed.yaml", &bytes).ok()?;
    Some(Document::parse("seed.yaml", text).ok()?.to_json())
}

#[derive(Clone, Debug)]
enum Change {
    Remove,
    Rename(&'static str),
    /// Repeats an entry under this key, or repeats a list item.
    Repeat(&'static str),
    Replace(Value),
    /// Replaces the node with another node from the same document.
    Copy(Index),
    /// Adds an entry, possibly next to a `$ref`.
    Add(&'static str, Value),
}

/// Keys that have a meaning in OpenAPI or in Rust, and some that have none.
const KEYS: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "callbacks",
    "const",
    "content",
    "cookie",
    "default",
    "delete",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "explode",
    "format",
    "get",
    "head",
    "header",
    "headers",
    "id",
    "in",
    "items",
    "links",
    "mapping",
    "maximum",
    "minLength",
    "minimum",
    "multipleOf",
    "name",
    "not",
    "nullable",
    "oneOf",
    "openapi",
    "operationId",
    "options",
    "parameters",
    "paths",
    "pattern",
    "patternProperties",
    "post",
    "prefixItems",
    "properties",
    "propertyName",
    "readOnly",
    "requestBody",
    "required",
    "responses",
    "schema",
    "security",
    "servers",
    "style",
    "summary",
    "tags",
    "title",
    "trace",
    "type",
    "variables",
    "writeOnly",
    "x-expected",
    "x-filled-by-client",
    "x-open-enum",
    "x-openapi-keys-omit",
    "x-openapi-keys-union",
    "200",
    "204",
    "2XX",
    "404",
    "default",
    "application/json",
    "text/plain",
    "*/*",
    "",
    "self",
    "Self",
    "crate",
    "Option",
    "String",
    "Result",
    "fn",
    "1",
    "-",
    "é",
    "密钥",
    "/",
    "/{id}",
    "/{a}{b}",
    "\u{202e}",
    "a b",
    "*/",
    "K",
    "new",
    "body",
    "client",
    "__proto__",
];

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(KEYS)
}

/// Generates values to insert anywhere.
fn value() -> impl Strategy<Value = Value> {
    let fixed = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(0.5),
        json!(u64::MAX),
        json!(""),
        json!({}),
        json!([]),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!("object"),
        json!("string"),
        json!("array"),
        json!("integer"),
        json!("number"),
        json!("boolean"),
        json!("null"),
        json!(["string", "null"]),
        json!(["object", "array"]),
        json!("date-time"),
        json!("int64"),
        json!("binary"),
        json!("query"),
        json!("path"),
        json!("cookie"),
        json!("deepObject"),
        json!("application/json"),
        json!("3.1.0"),
        json!("https://{a}.example/v{b}"),
        json!("/v1"),
        json!("*/ pub fn evil() {} /*"),
        json!("\"#"),
        json!("\u{202e}"),
        json!("```\nfn main() { evil() }\n"),
        json!("#![evil]"),
        json!("self"),
        json!("Self"),
        json!("a\nb"),
        json!("\u{1b}[31m"),
        json!("{"),
        json!({ "$ref": "#/components/schemas/Order" }),
        json!({ "$ref": "#/nowhere" }),
        json!({ "$ref": "#" }),
        json!({ "$ref": "#/paths/~1orders/get" }),
        json!({ "$ref": "other.yaml#/a" }),
        json!({ "type": "object" }),
        json!({ "type": "string", "enum": ["a", "A", "", null, 1] }),
        json!({ "type": "integer", "enum": [1, -1, 1.5] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "null" }] }),
        json!({ "anyOf": [{ "type": "object" }, { "type": "array" }] }),
        json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] }),
        json!({ "not": {} }),
        json!({ "type": "array", "items": { "type": "array" } }),
        json!({ "properties": { "a": { "properties": { "a": {} } } }, "required": ["a", "b"] }),
        json!({ "additionalProperties": { "nullable": true } }),
    ];
    prop::sample::select(fixed.to_vec())
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Remove),
        key().prop_map(Change::Rename),
        key().prop_map(Change::Repeat),
        value().prop_map(Change::Replace),
        any::<Index>().prop_map(Change::Copy),
        (key(), value()).prop_map(|(key, value)| Change::Add(key, value)),
    ]
}

/// Collects pointers to all nodes below the root.
fn places(node: &Value, at: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let inner: Vec<(String, &Value)> = match node {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, it)| (n.to_string(), it)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        at.push(key);
        found.push(at.clone());
        places(value, at, found);
        at.pop();
    }
}

fn get<'a>(root: &'a Value, place: &[String]) -> &'a Value {
    place.iter().fold(root, |node, key| match node {
        Value::Array(list) => &list[key.parse::<usize>().unwrap()],
        other => &other[key],
    })
}

fn get_mut<'a>(root: &'a mut Value, place: &[String]) -> &'a mut Value {
    place.iter().fold(root, |node, key| match node {
        Value::Array(list) => &mut list[key.parse::<usize>().unwrap()],
        other => &mut other[key],
    })
}

fn apply(root: &mut Value, at: Index, change: &Change) {
    let mut all = Vec::new();
    places(root, &mut Vec::new(), &mut all);
    if all.is_empty() {
        return;
    }
    let place = at.get(all.as_slice()).clone();
    let (last, parent) = place.split_last().unwrap();
    let copied = match change {
        Change::Copy(from) => get(root, all[from.index(all.len())].as_slice()).clone(),
        _ => Value::Null,
    };
    let number = last.parse::<usize>();
    match (change, get_mut(root, parent)) {
        (Change::Remove, Value::Object(map)) => drop(map.remove(last)),
        (Change::Remove, Value::Array(list)) => drop(list.remove(number.unwrap())),
        (Change::Rename(key), Value::Object(map)) => *map = renamed(map, last, key, false),
        (Change::Repeat(key), Value::Object(map)) => *map = renamed(map, last, key, true),
        (Change::Repeat(_) | Change::Rename(_), Value::Array(list)) => {
            let item = list[number.unwrap()].clone();
            list.push(item);
        }
        (Change::Replace(value), parent) => {
            *get_mut(parent, &place[place.len() - 1..]) = value.clone()
        }
        (Change::Copy(_), parent) => *get_mut(parent, &place[place.len() - 1..]) = copied,
        (Change::Add(key, value), parent) => match get_mut(parent, &place[place.len() - 1..]) {
            Value::Object(map) => drop(map.insert((*key).to_owned(), value.clone())),
            Value::Array(list) => list.push(value.clone()),
            other => *other = value.clone(),
        },
        (_, other) => panic!("{other} has no children"),
    }
}

fn renamed(map: &Map<String, Value>, old: &str, new: &str, keep: bool) -> Map<String, Value> {
    let mut result = Map::new();
    for (key, value) in map {
        if key != old || keep {
            result.insert(key.clone(), value.clone());
        }
        if key == old {
            result.insert(new.to_owned(), value.clone());
        }
    }
    result
}

/// Returns the number of inline operations in a document, and whether any path has a `$ref`.
fn operations(text: &str) -> (usize, bool) {
    const METHODS: [&str; 8] =
        ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let document: Value = serde_json::from_str(text).unwrap();
    let paths = document["paths"].as_object().into_iter().flatten();
    let paths = paths.filter(|(key, _)| !key.starts_with("x-")).map(|(_, path)| path);
    let methods = |path: &Value| METHODS.iter().filter(|method| path.get(method).is_some()).count();
    paths.fold((0, false), |(count, referred), path| {
        (count + methods(path), referred || path.get("$ref").is_some())
    })
}

/// Generates the code, and returns whether the document was accepted.
fn checked(text: &str, settings: &Settings) -> Result<bool, String> {
    let start = Instant::now();
    let result = generate(text, settings);
    let time = start.elapsed();
    if time > SOON {
        return Err(format!("it took {time:?}, more than {SOON:?}"));
    }
    let output = match result {
        Ok(output) => output,
        Err(mistakes) => {
            return match mistakes.list().iter().find(|it| OUR_FAULT.contains(&it.code)) {
                None if mistakes.list().is_empty() => {
                    Err("there must be a reason for a rejection".to_owned())
                }
                None => Ok(false),
                Some(_) => Err(mistakes.to_string()),
            };
        }
    };
    let report = &output.report;
    let (written, referred) = operations(text);
    if report.operations != written && !referred {
        return Err(format!(
            "the report must count {written} operations, not {}: {report:?}",
            report.operations
        ));
    }
    if report.generated + report.omitted.len() != report.operations {
        return Err(format!("no operation may be lost: {report:?}"));
    }
    if let Some(omitted) = report.omitted.iter().find(|it| OUR_FAULT.contains(&it.code)) {
        return Err(format!("{omitted:?}"));
    }
    if let Some(omitted) = report.omitted.iter().find(|it| it.reason.is_empty()) {
        return Err(format!("each omission must have a reason: {omitted:?}"));
    }
    let requests = output.client.values().map(|text| text.matches("BuildRequest for ").count());
    if requests.sum::<usize>() != report.generated {
        return Err(format!("operations have no code: {report:?}\n{:?}", output.client.keys()));
    }
    for (name, text) in output.client.iter().chain(&output.server) {
        let file = syn::parse_file(text).map_err(|wrong| format!("{name}: {wrong}\n{text}"))?;
        modules(name, &file, &output)?;
        if text.contains(['\u{202e}', '\u{1b}']) {
            return Err(format!("{name} must not contain hidden characters:\n{text}"));
        }
    }
    Ok(true)
}

/// Checks that each module that a file declares exists as a separate file and is declared only once.
fn modules(name: &str, file: &syn::File, output: &Output) -> Result<(), String> {
    let folder = match name.strip_suffix("mod.rs") {
        Some(folder) => folder.to_owned(),
        None => format!("{}/", name.strip_suffix(".rs").unwrap_or(name)),
    };
    let mut declared = BTreeSet::new();
    for item in &file.items {
        let syn::Item::Mod(module) = item else { continue };
        let place = format!("{folder}{}", module.ident);
        let is_there = [&output.client, &output.server].iter().any(|files| {
            files.contains_key(&format!("{place}.rs"))
                || files.contains_key(&format!("{place}/mod.rs"))
        });
        if module.content.is_none() && !(is_there && declared.insert(place.clone())) {
            return Err(format!("{name}: the module {place} must exist and be declared once"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_document_is_generated_or_rejected(
        seed in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change()), 1..5),
        open in any::<bool>(),
        server in any::<bool>(),
    ) {
        let mut document = seed.get(SEEDS.as_slice()).clone();
        for (at, change) in &changes {
            apply(&mut document, *at, change);
        }
        let text = serde_json::to_string_pretty(&document).unwrap();
        let mut settings = Settings::new("a test", "openapi.json");
        if open {
            settings = settings.with_missing_security(MissingSecurity::Open);
        }
        if server {
            settings = settings.with_server(Server::new("crate::runtime", "::client"));
        }
        let result = checked(&text, &settings);
        prop_assert!(result.is_ok(), "{}\n{}", result.unwrap_err(), text);
    }
}

/// If the documents were already rejected without mutations, the test above wouldn't test generated
/// code.
#[test]
fn documents_without_mutations_are_generated() {
    let settings =
        Settings::new("a test", "openapi.json").with_missing_security(MissingSecurity::Open);
    let accepted = SEEDS.iter().filter(|seed| checked(&seed.to_string(), &settings).unwrap());
    assert!(accepted.count() > 150);
}

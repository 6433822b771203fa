//! Tests a large document, with 1,200 operations, 160 security requirements and 200 scopes: a client is generated, and
//! the compiler checks the client's bounds quickly.
//!
//! The limit is generous, for busy machines. docs/performance.md has the time on an idle machine.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use mileston_tests::compile::{self, Package};
use mileston_tests::tools;
use openapi_keys::{Files, Settings};

const SCOPES: usize = 200;
const REQUIREMENTS: usize = 160;
const OPERATIONS: usize = 1200;
const BY_TAG: usize = 60;

/// A generous limit: an idle machine needs less than 2 seconds.
const LIMIT: Duration = Duration::from_secs(6);

/// The index of a requirement with eight scopes and no keys. The token for this requirement declares exactly these
/// scopes.
const EXACT: usize = 20;

const NAME: &str = "large-document";

#[test]
fn the_bounds_of_a_large_document_are_checked_in_seconds() {
    let started = Instant::now();
    let settings = Settings::new("a test", "large.yaml").with_module("crate::generated");
    let output = openapi_keys::generate(&document(), &settings).unwrap();
    let generated = started.elapsed();

    let package = Package::of_generated(NAME, &bounds(&output.client)).unwrap();
    // The first check also builds the dependencies.
    let code = code(&output.client);
    assert_eq!(package.check(&code).unwrap().len(), 0);
    let mut times = [(); 3].map(|()| {
        forget();
        let started = Instant::now();
        assert_eq!(package.check(&code).unwrap().len(), 0);
        started.elapsed()
    });
    times.sort();
    tools::say(&format!(
        "large document: {OPERATIONS} operations, {REQUIREMENTS} requirements, {SCOPES} scopes: generated in {:.1} s, \
         the bounds checked in {:.2} s (median of 3)",
        generated.as_secs_f64(),
        times[1].as_secs_f64(),
    ));
    assert!(times[1] < LIMIT, "checking the bounds takes {times:?}");

    // Make sure that the compiler checks the bounds: if the token declares only seven of the eight scopes,
    // no call with this token may compile.
    let declared =
        code.lines().find(|line| line.contains(&format!("struct Declared{EXACT} "))).unwrap();
    let (without, _) = declared.rsplit_once(',').unwrap();
    let said = package.check(&code.replace(declared, &format!("{without}; }}"))).unwrap();
    assert_eq!(said.len(), code.matches(&format!("Login<Declared{EXACT}>")).count());
    for text in said.values().flatten() {
        assert!(text.starts_with("error[E0277]: this operation needs a `Login` token"), "{text}");
    }
}

/// Returns the scopes of a requirement: one to eight.
fn scopes(requirement: usize) -> BTreeSet<usize> {
    let count = [1, 1, 2, 2, 3, 5, 8][requirement % 7];
    (0..count).map(|at| (requirement * 7 + at * 43) % SCOPES).collect()
}

fn document() -> String {
    let tags: Vec<String> =
        (0..OPERATIONS / BY_TAG).map(|tag| format!("{{ name: tag{tag} }}")).collect();
    let mut text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Large, version: \"1\" }}\n\
         tags: [{}]\npaths:\n",
        tags.join(", ")
    );
    for operation in 0..OPERATIONS {
        let requirement = operation % REQUIREMENTS;
        let scopes: Vec<String> =
            scopes(requirement).iter().map(|scope| format!("read.{scope}")).collect();
        let keys = if requirement % 2 == 1 { ", { firstKey: [], secondKey: [] }" } else { "" };
        writeln!(
            text,
            "  /things/{operation}:\n    servers: [{{ url: https://large.example }}]\n    post:\n      operationId: readThing{operation}\n      tags: [tag{}]\n      \
             summary: Read a thing\n      security: [{{ login: [{}] }}{keys}]\n      responses: {{ \"204\": {{ \
             description: Read. }} }}",
            operation / BY_TAG,
            scopes.join(", ")
        )
        .unwrap();
    }
    text.push_str(
        "components:\n  securitySchemes:\n    firstKey: { type: apiKey, in: header, name: X-First }\n    \
         secondKey: { type: apiKey, in: header, name: X-Second }\n    login:\n      type: oauth2\n      flows:\n        \
         clientCredentials:\n          tokenUrl: https://login.example/token\n          scopes:\n",
    );
    for scope in 0..SCOPES {
        writeln!(text, "            read.{scope}: Read them.").unwrap();
    }
    text
}

/// Returns the generated files that define the bounds.
fn bounds(files: &Files) -> Files {
    let needed = |name: &str| {
        name.starts_with("credentials/") || ["requirements.rs", "scopes.rs"].contains(&name)
    };
    let mut bounds: Files = files
        .iter()
        .filter(|(name, _)| needed(name))
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect();
    let root = "pub mod credentials;\npub mod requirements;\npub mod scopes;\n";
    bounds.insert("mod.rs".to_owned(), root.to_owned());
    bounds
}

/// Returns whether the token for a requirement declares more scopes than the requirement needs.
/// Half of the tokens do.
fn has_more(requirement: usize) -> bool {
    requirement % 4 >= 2
}

/// Returns the code of a client with a method for each operation, and a call to each method.
fn code(files: &Files) -> String {
    let mut code = "#![allow(dead_code)]\nmod generated;\nuse generated::credentials::{Credential, Credentials, Login, Unset};\n\
                    use generated::{requirements, scopes::{login, scopes}};\npub struct Client<K>(K);\nimpl<K: Credential> Client<K> {\n"
        .to_owned();
    let operations = || files.iter().filter(|(name, _)| name.starts_with("operations/"));
    let mut found = BTreeSet::new();
    for operation in 0..OPERATIONS {
        let function = format!("pub fn read_thing{operation}(");
        let (_, text) = operations().find(|(_, text)| text.contains(&function)).unwrap();
        let (_, bound) = text.split_once("K: requirements::").unwrap();
        let (bound, _) = bound.split_once(',').unwrap();
        found.insert(bound);
        writeln!(code, "    {function}&self) where K: requirements::{bound} {{}}").unwrap();
    }
    let scopes_used: BTreeSet<usize> = (0..REQUIREMENTS).flat_map(scopes).collect();
    assert_eq!((found.len(), scopes_used.len()), (REQUIREMENTS, SCOPES));
    code.push_str("}\n");
    for requirement in 0..REQUIREMENTS {
        let exact = scopes(requirement);
        let more = if has_more(requirement) { 3 } else { 0 };
        let more = (0..more).map(|at| (requirement + 50 * at) % SCOPES);
        let declared: BTreeSet<usize> = exact.into_iter().chain(more).collect();
        let declared: Vec<String> =
            declared.iter().map(|scope| format!("login::Read{scope}")).collect();
        writeln!(
            code,
            "scopes! {{ pub struct Declared{requirement} for Login: {}; }}",
            declared.join(", ")
        )
        .unwrap();
    }
    for operation in 0..OPERATIONS {
        let requirement = operation % REQUIREMENTS;
        writeln!(
            code,
            "fn call{operation}(client: &Client<Credentials<Unset, Login<Declared{requirement}>>>) {{ \
             client.read_thing{operation}() }}"
        )
        .unwrap();
    }
    code
}

/// Removes the package's incremental compilation data.
fn forget() {
    let folder = compile::target().join("debug/incremental");
    let name = format!("{}-", NAME.replace('-', "_"));
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&name) {
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
}

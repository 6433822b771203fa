//! Tests the server's identities: which operations get one, how identities are named, and the errors
//! for colliding names.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

use std::fmt::Write as _;

use openapi_keys::{Bound, Output, Server, Settings, Strictness, generate};

/// Returns a document with these security schemes, and with one operation for each `security`.
fn document(schemes: &[&str], securities: &[&str]) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: { title: Desk, version: '1' }\ntags: [{ name: desk, description: A desk. }]\npaths:\n",
    );
    for (at, security) in securities.iter().enumerate() {
        write!(
            text,
            "  /{at}:\n    servers: [{{ url: https://desk.example }}]\n    get:\n      operationId: open{at}\n      \
             tags: [desk]\n      summary: Open\n      security: {security}\n      responses: {{ '204': {{ description: Open. }} }}\n"
        )
        .unwrap();
    }
    text.push_str("components:\n  securitySchemes:\n");
    for (at, scheme) in schemes.iter().enumerate() {
        writeln!(text, "    {scheme}: {{ type: apiKey, in: header, name: X-{at} }}").unwrap();
    }
    text
}

fn settings() -> Settings {
    let server = Server::new("crate::runtime", "::desk");
    Settings::new("cargo run", "openapi.yaml")
        .with_strictness(Strictness::Strict)
        .with_server(server)
}

fn hand_written(bounds: impl IntoIterator<Item = Bound>) -> Settings {
    settings().with_credential("crate::scope::Credential").with_bounds(bounds)
}

#[track_caller]
fn generated(document: &str, settings: &Settings) -> Output {
    generate(document, settings).unwrap_or_else(|mistakes| panic!("{mistakes}\n{document}"))
}

#[track_caller]
fn refused(document: &str, settings: &Settings, expected: &[&str]) {
    let mistakes = generate(document, settings).unwrap_err().to_string();
    for expected in expected {
        assert!(mistakes.contains(expected), "{expected}\n{mistakes}");
    }
}

#[test]
fn a_server_without_a_choice_has_no_identities() {
    let text = document(&["a", "b"], &["[]", "[{}]", "[{ a: [] }]", "[{ a: [], b: [] }]"]);
    let output = generated(&text, &settings());
    assert!(!output.server.contains_key("server/identities.rs"));
    assert!(output.server.values().all(|file| !file.contains("identities")));
}

#[test]
fn operations_share_an_enum_but_keep_the_order_of_their_own_alternatives() {
    let text = document(&["a", "b"], &["[{ a: [] }, { b: [] }]", "[{ b: [] }, { a: [] }]"]);
    let output = generated(&text, &settings());
    let enums = &output.server["server/identities.rs"];
    assert_eq!(enums.matches("pub enum").count(), 1);
    assert!(
        enums.contains("/// The caller of `open0` and `open1`.\n#[derive(Debug)]\npub enum AOrB {")
    );
    let handlers = output.server["server/handlers/desk.rs"].replace([' ', '\n'], "");
    assert!(
        handlers.contains("&catalogue::OPEN0,&incoming,&[identities::AOrB::A,identities::AOrB::B")
    );
    assert!(
        handlers.contains("&catalogue::OPEN1,&incoming,&[identities::AOrB::B,identities::AOrB::A")
    );
}

#[test]
fn enums_do_not_depend_on_the_order_of_operations() {
    let (one, other) = ("[{ a: [] }, { b: [] }]", "[{}, { b: [] }, { a: [] }]");
    let enums = |securities: [&str; 2]| {
        let output = generated(&document(&["a", "b"], &securities), &settings());
        output.server["server/identities.rs"].replace("open0", "open").replace("open1", "open")
    };
    assert_eq!(enums([one, other]), enums([other, one]));
}

#[test]
fn an_enum_has_the_name_of_its_hand_written_bound() {
    let known = Bound::new("Known", "crate::scope::IsKnown", "a or b", &[&["a"], &["b"]]);
    let text = document(&["a", "b"], &["[{ a: [] }, { b: [] }]", "[{ a: [] }, { b: [] }, {}]"]);
    let output = generated(&text, &hand_written([known]));
    let enums = &output.server["server/identities.rs"];
    assert!(enums.contains("pub enum Known {") && enums.contains("pub enum AOrBOrAnonymous {"));
    assert!(output.server["server/services/desk.rs"].contains("caller: &identities::Known,"));
}

#[test]
fn colliding_names_are_rejected_until_the_settings_rename_one() {
    let schemes = ["a", "b", "aAndB"];
    let text = document(&schemes, &["[{ a: [], b: [] }, { aAndB: [] }]"]);
    let pair = "two alternatives would be named `AAndB` in the server: `{ a: [], b: [] }` and `{ aAndB: [] }`";
    // Generated credentials also have client aliases, and their names collide as well.
    let alias = "two client aliases would be named `AAndBClient`";
    refused(&text, &settings(), &["error[credential-name]", alias, "Settings::with_names"]);
    generated(&text, &settings().with_names([("aAndB", "Both")]));
    let bound = Bound::new("Keyed", "crate::Keyed", "a key", &[&["a", "b"], &["aAndB"]]);
    let by_hand = hand_written([bound]);
    refused(&text, &by_hand, &["error[credential-name]", pair, "Settings::with_names"]);
    generated(&text, &by_hand.with_names([("aAndB", "Both")]));

    let text = document(&["a", "anonymous"], &["[{ a: [] }, { anonymous: [] }, {}]"]);
    let anonymous = "`Anonymous` in the server: `{ anonymous: [] }` and `{}`";
    refused(&text, &settings(), &[anonymous]);
    generated(&text, &settings().with_names([("anonymous", "Nameless")]));
    // Without a server, the names don't collide.
    let mut client = settings();
    client.server = None;
    generated(&text, &client);

    // An enum's name lists the variants in the order of their schemes, with `Anonymous` last.
    let text = document(
        &["a", "aa", "anonymous"],
        &["[{ a: [] }, { aa: [] }, { anonymous: [] }]", "[{ a: [] }, { aa: [] }, {}]"],
    );
    let same = "two requirements would be named `AOrAaOrAnonymous` in the server";
    refused(&text, &settings(), &[same]);
    generated(&text, &settings().with_names([("anonymous", "Nameless")]));
}

#[test]
fn a_hand_written_bound_with_the_name_of_another_enum_is_rejected() {
    let bounds = [
        Bound::new("AOrBOrAnonymous", "crate::scope::Known", "a or b", &[&["a"], &["b"]]),
        Bound::new("A", "crate::scope::A", "a", &[&["a"]]),
    ];
    let text = document(
        &["a", "b"],
        &["[{ a: [] }, { b: [] }]", "[{ a: [] }, { b: [] }, {}]", "[{ a: [] }]"],
    );
    let settings = hand_written(bounds);
    refused(&text, &settings, &["two requirements would be named `AOrBOrAnonymous` in the server"]);
    generated(&text, &settings.with_names([("AOrBOrAnonymous", "Visitor")]));
}

#[test]
fn a_scheme_without_a_usable_name_gets_one_from_the_settings() {
    let bound = Bound::new("Known", "crate::scope::Known", "a key", &[&["1"], &["b"]]);
    let text = document(&["'1'", "b"], &["[{ '1': [] }, { b: [] }]"]);
    let settings = hand_written([bound]);
    refused(&text, &settings, &["`1` isn't usable as a Rust name in the server", "with_names"]);
    let output = generated(&text, &settings.with_names([("1", "First")]));
    assert!(output.server["server/identities.rs"].contains("First(Identity),"));
}

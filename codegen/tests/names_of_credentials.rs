//! Tests names that can't be used for generated credentials. Each help message suggests a usable
//! name. With all suggested names in the settings, generation must succeed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test stops at the first error")]

use std::collections::BTreeMap;

use openapi_keys::{Server, Settings, Strictness, generate};

fn document(schemes: &[&str], securities: &[&str]) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\ntags: [{ name: all, description: All. }]\npaths:\n",
    );
    for (number, security) in securities.iter().enumerate() {
        text += &format!(
            "  /{number}:
    servers: [{{ url: https://a.example }}]
    get:
      operationId: op{number}
      tags: [all]
      security: {security}
      responses: {{ '204': {{ description: Done. }} }}
"
        );
    }
    text += "components:\n  securitySchemes:\n";
    for (number, scheme) in schemes.iter().enumerate() {
        text += &match scheme.strip_suffix("()") {
            Some(token) => format!("    {token}: {{ type: oauth2, flows: {{}} }}\n"),
            None => {
                format!("    {scheme}: {{ type: apiKey, in: header, name: X-Key-{number} }}\n")
            }
        };
    }
    text
}

fn settings() -> Settings {
    Settings::new("run", "a.yaml").with_strictness(Strictness::Strict)
}

/// Returns the pair of names in a help message: `Settings::with_names([("…", "…")])`.
fn named(help: &str) -> Option<(String, String)> {
    let list = help.split_once("with_names([(")?.1.split_once(")])")?.0;
    let (name, rust): (syn::LitStr, syn::LitStr) = {
        let pair: syn::ExprTuple = syn::parse_str(&format!("({list})")).ok()?;
        let text = |at: usize| match &pair.elems[at] {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.clone()),
            _ => None,
        };
        (text(0)?, text(1)?)
    };
    Some((name.value(), rust.value()))
}

/// Follows the help messages until generation succeeds, and returns the suggested names.
#[track_caller]
fn followed(document: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for _ in 0..4 {
        let settings = self::settings()
            .with_server(Server::new("crate::runtime", "::client"))
            .with_names(names.clone());
        let mistakes = match generate(document, &settings) {
            Ok(_) => return names,
            Err(mistakes) => mistakes,
        };
        for mistake in mistakes.list() {
            assert_eq!(mistake.code, "credential-name", "{mistakes}");
            assert!(!mistake.labels.is_empty(), "{mistakes}");
            let help = mistake.help.as_deref().unwrap_or_default();
            let (name, rust) = named(help).unwrap_or_else(|| panic!("{mistakes}"));
            names.insert(name, rust);
        }
    }
    panic!("following the help messages must fix the errors: {names:?}");
}

#[track_caller]
fn check(schemes: &[&str], securities: &[&str], renamed: usize) {
    let names = followed(&document(schemes, securities));
    assert_eq!(names.len(), renamed, "{names:?}");
}

#[test]
fn following_the_help_for_each_collision_fixes_the_document() {
    check(&["key", "desk"], &["[{ key: [] }, { desk: [] }]"], 0);
    // No Rust name can be derived from these names.
    check(&["密钥", "令牌", "钥"], &["[{ 密钥: [] }, { 令牌: [] }, { 钥: [] }]"], 3);
    check(&["401", "'?'", "'!'"], &["[{ 401: [] }, { '?': [] }, { '!': [] }]"], 3);
    check(&["t()"], &["[{ t: ['*', '?', '!'] }]"], 3);
    // These names collide.
    check(&["api-key", "api_key"], &["[{ api-key: [] }, { api_key: [] }]"], 1);
    check(&["t()"], &["[{ t: ['read:user', 'read-user', 'read.user'] }]"], 2);
    // These names are reserved.
    check(&["s()"], &["[{ s: [read] }]"], 1);
    check(&["credentials", "P1", "self"], &["[{ credentials: [] }, { P1: [] }, { self: [] }]"], 3);
}

#[test]
fn colliding_names_derived_from_schemes_are_renamed() {
    let keys = &["a", "b", "c", "aAndB"];
    check(keys, &["[{ a: [], b: [] }, { c: [] }]", "[{ aAndB: [] }]"], 1);
    check(keys, &["[{ a: [], b: [] }]", "[{ aAndB: [] }, { c: [] }]"], 1);
    check(&["t()", "y"], &["[{ t: [x], y: [] }]", "[{ t: [x, y] }]"], 1);
    check(&["t()"], &["[{ t: [x] }, { t: [y] }]", "[{ t: [xOrTWithY] }]"], 1);
    check(&["a", "anonymous"], &["[{ a: [] }, { anonymous: [] }, {}]"], 1);
}

#[test]
fn a_requirement_cannot_have_the_name_of_a_type_parameter() {
    let document = document(&["key"], &["[{ key: [] }]"]);
    let settings = self::settings().with_names([("HasKey", "K")]);
    let mistakes = generate(&document, &settings).unwrap_err().to_string();
    assert!(mistakes.contains("is `K`, which generated code already uses"), "{mistakes}");
    let settings = self::settings().with_names([("HasKey", "Keyed")]);
    let output = generate(&document, &settings).unwrap();
    assert!(output.client["requirements.rs"].contains("pub trait Keyed: "));
}

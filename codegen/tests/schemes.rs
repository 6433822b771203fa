//! Security schemes of every kind and their scopes: accepted as OpenAPI has them, whoever writes the credentials.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod mistakes;

use std::time::{Duration, Instant};

use codegen::{Bound, Diagnostics, MissingSecurity, Settings, check_text, generate};
use mistakes::sound;

/// Schemes of every kind.
const KINDS: &str = "
    header: { type: apiKey, in: header, name: X-Key }
    authorization: { type: apiKey, in: header, name: Authorization }
    query: { type: apiKey, in: query, name: api key }
    cookie: { type: apiKey, in: cookie, name: connect.sid }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: Bearer, bearerFormat: JWT }
    digest: { type: http, scheme: digest }
    token:
      type: oauth2
      flows:
        implicit: { authorizationUrl: /login, scopes: { books.read: Reads. } }
        password: { tokenUrl: /token, scopes: {} }
        clientCredentials: { tokenUrl: /token, refreshUrl: /again, scopes: { books.write: Writes. } }
        authorizationCode: { authorizationUrl: /login, tokenUrl: /token, scopes: { all: '' } }
        x-flow: 1
    device: { type: oauth2, flows: { deviceAuthorization: { deviceAuthorizationUrl: /d, tokenUrl: /t } } }
    bare: { type: oauth2 }
    openId: { type: openIdConnect, openIdConnectUrl: https://library.example/id }
    certificate: { type: mutualTLS, description: A client certificate. }
    other: { $ref: '#/components/securitySchemes/token' }
    odd_name-1.x: { type: http, scheme: bearer, x-evidence: none }
";

const NAMES: [&str; 14] = [
    "header",
    "authorization",
    "query",
    "cookie",
    "basic",
    "bearer",
    "digest",
    "token",
    "device",
    "bare",
    "openId",
    "certificate",
    "other",
    "odd_name-1.x",
];

fn generated() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
}

fn by_hand(bounds: &[(&str, &[&[&str]])]) -> Settings {
    let bounds = bounds.iter().map(|(name, requirement)| {
        Bound::new(name, &format!("crate::scope::{name}"), name, requirement)
    });
    generated().with_credential("crate::scope::Credential").with_bounds(bounds)
}

/// A document in which all kinds are declared, `getBook` has this `security`, and `addBook` is open.
fn document(security: &str) -> String {
    let declared = format!("  securitySchemes:{KINDS}");
    let document = sound()
        .replace("  securitySchemes:\n", &declared)
        .replace("        - staff: []\n          branch: []\n", "        []\n");
    document.replace("\n        - reader: []\n", &format!(" {security}\n"))
}

#[track_caller]
fn refused(document: &str, settings: &Settings) -> Diagnostics {
    check_text("openapi.yaml", document, settings).unwrap_err()
}

#[track_caller]
fn codes(document: &str, settings: &Settings) -> Vec<&'static str> {
    refused(document, settings).list().iter().map(|mistake| mistake.code).collect()
}

#[test]
fn schemes_of_every_kind_are_accepted() {
    for name in NAMES {
        let document = document(&format!("[{{ {name}: [] }}]"));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        let settings = by_hand(&[("Caller", &[&[name]])]);
        let output = generate(&document, &settings).unwrap();
        assert!(output.client["operations/books/get.rs"].contains("K: scope::Caller"), "{name}");
        assert!(output.client["catalogue.rs"].contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn kinds_that_differ_in_place_go_together() {
    for together in [
        &["header", "query", "cookie", "bearer", "certificate"][..],
        &["token", "certificate", "header"],
        &["openId", "query"],
    ] {
        let schemes: Vec<_> = together.iter().map(|name| format!("{name}: []")).collect();
        let document = document(&format!("[{{ {} }}]", schemes.join(", ")));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        generate(&document, &by_hand(&[("Caller", &[together])])).unwrap();
    }
}

#[test]
fn scopes_are_a_part_of_the_requirement() {
    let written = document("[{ token: [books.write, books.read] }, { openId: [profile] }]");
    check_text("openapi.yaml", &written, &generated()).unwrap();
    let bound: &[&[&str]] = &[&["openId: [profile]"], &["token: [books.read, books.write]"]];
    generate(&written, &by_hand(&[("Reader", bound)])).unwrap();
    for other in [
        &[&["token"][..], &["openId: [profile]"]][..],
        &[&["token: [books.read]"], &["openId: [profile]"]],
        &[&["token: [books.read, books.write]"], &["openId"]],
    ] {
        let settings = by_hand(&[("Reader", other)]);
        assert_eq!(codes(&written, &settings), ["unknown-requirement"]);
    }
}

/// What the help says works when it is pasted.
#[test]
fn the_bound_to_add_has_the_scopes() {
    let written = document(
        "[{ token: [books.write, books.read], query: [] }, { 'a, b': ['c d'] }]",
    )
    .replace("    header:", "    'a, b': { type: apiKey, in: header, name: X }\n    header:");
    let settings = by_hand(&[]).with_scoped_schemes(["a, b"]);
    let mistakes = refused(&written, &settings);
    let help = mistakes.list()[0].help.clone().unwrap();
    assert_eq!(
        help,
        r#"add to `Settings::bounds`: `Bound::new("TokenBooksReadBooksWriteAndQueryOrABCD", "crate::scope::TokenBooksReadBooksWriteAndQueryOrABCD", "token (books.read, books.write) and query, or a, b (c d)", &[&["token: [books.read, books.write]", "query"], &["\"a, b\": [\"c d\"]"]])`"#
    );
    let requirement: &[&[&str]] =
        &[&["token: [books.read, books.write]", "query"], &["\"a, b\": [\"c d\"]"]];
    let settings = by_hand(&[("Reader", requirement)]).with_scoped_schemes(["a, b"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
}

/// A line of a help has at most 400 characters.
#[test]
fn a_long_bound_to_add_is_on_several_lines() {
    let alternatives: Vec<_> =
        (0..9).map(|it| format!("{{ token: [very.long.scope.of.number.{it}] }}")).collect();
    let written = document(&format!("[{}]", alternatives.join(", ")));
    let mistakes = refused(&written, &by_hand(&[]));
    let help = mistakes.list()[0].help.clone().unwrap();
    let start = "add to `Settings::bounds`:\n    Bound::new(\n        \"Caller\",\n        \"crate::scope::Caller\",\n";
    assert!(help.starts_with(start), "{help}");
    let line = "\n            &[\"token: [very.long.scope.of.number.8]\"],\n        ],\n    )";
    assert!(help.ends_with(line), "{help}");
    assert!(!help.contains('…'), "{help}");
}

#[test]
fn scopes_that_nobody_declares_are_accepted_unless_they_look_misspelt() {
    for security in [
        "[{ token: [books.read] }]",
        "[{ token: [loans.return] }]",
        "[{ bare: [anything] }]",
        "[{ device: [anything] }]",
        "[{ openId: [openid, profile, 'https://library.example/auth/books'] }]",
        // The same twice is the same.
        "[{ token: [all, all] }, { token: [all] }]",
        "[{ other: [books.write] }, {}]",
    ] {
        check_text("openapi.yaml", &document(security), &generated()).unwrap();
    }
    for name in ["token", "other"] {
        let misspelt = document(&format!("[{{ {name}: [book.read] }}]"));
        assert_eq!(codes(&misspelt, &generated()), ["unknown-scope"]);
        let known = generated().with_names([("book.read", "BookRead")]);
        check_text("openapi.yaml", &misspelt, &known).unwrap();
    }
}

/// The declared scope is right: a name for it would leave the misspelt one, and a request for a token would fail.
#[test]
fn a_misspelt_scope_is_told_alone() {
    let both = document("[{ token: [books.read] }, { token: [Books.Read] }]");
    let pair = both.replace("        []\n", "        - token: [Books.read]\n");
    for document in [both, pair] {
        let mistakes = refused(&document, &generated());
        for mistake in mistakes.list() {
            assert_eq!(mistake.code, "unknown-scope", "{mistakes}");
            assert_eq!(mistake.help.as_deref(), Some("did you mean `books.read`?"));
        }
    }
    // If the service knows both, each has its own name.
    let settings = generated().with_names([("Books.Read", "OtherRead")]);
    let both = document("[{ token: [books.read] }, { token: [Books.Read] }]");
    check_text("openapi.yaml", &both, &settings).unwrap();
}

#[test]
fn http_schemes_are_accepted_unless_they_look_misspelt() {
    let with = |scheme: &str| {
        document("[{ basic: [] }]").replace("scheme: basic }", &format!("scheme: {scheme} }}"))
    };
    for scheme in ["Basic", "DPoP", "SCRAM-SHA-512", "Token", "AWS4-HMAC-SHA256", "hmac"] {
        check_text("openapi.yaml", &with(scheme), &generated()).unwrap();
    }
    for scheme in ["basci", "baerer", "digets"] {
        for settings in [generated(), by_hand(&[("Basic", &[&["basic"]])])] {
            assert_eq!(codes(&with(scheme), &settings), ["unknown-http-scheme"], "{scheme}");
            let known = settings.with_names([("basic", "Basic")]);
            check_text("openapi.yaml", &with(scheme), &known).unwrap();
        }
    }
    // Nobody uses it.
    let unused = with("basci").replace("[{ basic: [] }]", "[{ header: [] }]");
    check_text("openapi.yaml", &unused, &generated()).unwrap();
}

/// The key is the cause, and all else follows from it.
#[test]
fn schemes_under_a_misspelt_key_are_told_once() {
    let written = document("[{ token: [books.read] }, { header: [x] }]");
    let settings = generated()
        .with_names([("token", "Login"), ("books.read", "Reading")])
        .with_scoped_schemes(["header"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
    for key in ["securitySchemas", "securityScheme", "SecuritySchemes", "securityDefinitions"] {
        let misspelt = written.replace("  securitySchemes:\n", &format!("  {key}:\n"));
        assert_eq!(codes(&misspelt, &settings), ["unknown-key"], "{key}");
    }
    // An extension has no message, so what is declared there is unknown.
    let extension = written.replace("  securitySchemes:\n", "  x-securitySchemes:\n");
    assert!(codes(&extension, &generated()).contains(&"unknown-security-scheme"));
    // Nor does a key explain a scheme that is neither there nor in the section itself.
    let other = sound()
        .replace("- reader: []", "- visitor: []")
        .replace("  schemas:\n", "  securitySchemas: { guest: { type: mutualTLS } }\n  schemas:\n");
    assert_eq!(codes(&other, &generated()), ["unknown-security-scheme", "unknown-key"]);
}

#[test]
fn at_most_ten_declared_schemes_are_listed() {
    let help = |security: &str| {
        let mistakes = refused(&document(security), &generated());
        mistakes.list()[0].help.clone().unwrap()
    };
    let unknown = help("[{ unheard: [] }]");
    let last = unknown.lines().last().unwrap();
    let expected = "or require a declared scheme instead: `header`, `authorization`, `query`, `cookie`, `basic`, \
                    `bearer`, `digest`, `token`, `device`, `bare` and 7 more";
    assert_eq!(last, expected);
    // What the alternative requires already is no choice, and neither is what has no scopes.
    let beside = help("[{ header: [], unheard: [] }]");
    assert!(beside.contains("instead: `authorization`, `query`"), "{beside}");
    let scoped = help("[{ unheard: [all] }]");
    assert!(scoped.ends_with("instead: `token`, `device`, `bare`, `openId`, `other`"), "{scoped}");
    assert!(!scoped.contains("apiKey"), "{scoped}");
}

#[test]
fn a_header_to_declare_is_one_that_is_free() {
    let declare = |name: &str| {
        let mistakes = refused(&document(&format!("[{{ {name}: [], header: [] }}]")), &generated());
        mistakes.list()[0].help.clone().unwrap()
    };
    assert!(declare("x-key").contains("    x-key: { type: apiKey, in: header, name: X-Key-2 }\n"));
    assert!(
        declare("größe").contains("    größe: { type: apiKey, in: header, name: X-Api-Key }\n")
    );
    assert!(
        declare("'a: b'").contains("    \"a: b\": { type: apiKey, in: header, name: X-A-B }\n")
    );
}

/// Whoever wrote a requirement wants one.
#[test]
fn no_help_opens_what_requires_something() {
    for security in [
        "[{ unheard: [] }]",
        "[{ unheard: [x] }]",
        "[unheard]",
        "[[header]]",
        "header",
        "{ header: [] }",
        "[null, { header: [] }]",
        "[{ header: [] }, []]",
        "1",
    ] {
        let bare = document(security);
        let at = bare.find("  securitySchemes:").unwrap();
        let end = bare.find("  schemas:\n").unwrap();
        let bare = format!("{}{}", &bare[..at], &bare[end..]);
        for document in [document(security), bare] {
            for settings in [generated(), by_hand(&[]), by_hand(&[("Header", &[&["header"]])])] {
                let mistakes = refused(&document, &settings);
                assert!(!mistakes.to_string().contains("security: []"), "{security}: {mistakes}");
            }
        }
    }
}

#[test]
fn permissions_of_a_key_are_scopes_if_the_settings_say_so() {
    let written = document("[{ header: [Read all books], certificate: [x] }]");
    assert_eq!(codes(&written, &generated()), ["scopes-without-oauth"; 2]);
    let settings = generated().with_scoped_schemes(["header", "certificate"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
    let empty = document("[{ header: [' '] }]");
    assert_eq!(codes(&empty, &settings), ["scope-text"]);
    let mistakes = refused(&written, &settings.with_scoped_schemes(["haeder", "none"]));
    let told: Vec<_> = mistakes
        .list()
        .iter()
        .filter(|it| it.code == "settings")
        .map(|it| (it.message.as_str(), it.help.as_deref().unwrap()))
        .collect();
    let expected = [
        (
            "`Settings::scoped_schemes` has `haeder`, which isn't a security scheme of the document",
            "did you mean `header`?",
        ),
        (
            "`Settings::scoped_schemes` has `none`, which isn't a security scheme of the document",
            "remove it",
        ),
    ];
    assert_eq!(told, expected);
}

#[test]
fn bounds_are_for_hand_written_credentials() {
    let mut settings = by_hand(&[("Reader", &[&["header"]])]);
    settings.credential = None;
    let mistakes = refused(&document("[{ header: [] }]"), &settings);
    assert_eq!(mistakes.list().len(), 1, "{mistakes}");
    let expected =
        "error[settings]: `Settings::bounds` has `Reader`, but credentials are generated";
    assert!(mistakes.to_string().starts_with(expected), "{mistakes}");
}

/// Without a `security` of their own, operations have that of the document.
#[test]
fn a_mistake_at_the_top_level_is_told_once() {
    let with_top = |top: &str| {
        let document =
            document("[{ header: [] }]").replace("      security: [{ header: [] }]\n", "");
        let document = document.replace("      security:\n        []\n", "");
        document.replacen("tags:", &format!("security: {top}\ntags:"), 1)
    };
    for (top, code) in [
        ("", "security-shape"),
        ("{}", "security-shape"),
        ("[null]", "security-shape"),
        ("[[]]", "security-shape"),
        ("[{ header: }]", "security-shape"),
        ("[{ header: {} }]", "security-shape"),
        ("[{ token: [1] }]", "security-shape"),
        ("[{ token: [''] }]", "scope-text"),
        ("[{ token: [book.read] }]", "unknown-scope"),
        ("[{ header: [read] }]", "scopes-without-oauth"),
        ("[{ haeder: [] }]", "unknown-security-scheme"),
        ("[{ bearer: [], token: [] }]", "shared-place"),
    ] {
        let document = with_top(top);
        for settings in [
            generated(),
            generated().with_missing_security(MissingSecurity::Open),
            by_hand(&[("Header", &[&["header"]])]),
        ] {
            assert_eq!(codes(&document, &settings), [code], "{top}");
        }
        // Also if no operation relies on it.
        let own = document.replace("      operationId:", "      security: []\n      operationId:");
        assert_eq!(codes(&own, &generated()), [code], "{top}");
    }
    for top in ["[{ header: [] }]", "[{ token: [all] }, {}]", "[]", "[{}]"] {
        check_text("openapi.yaml", &with_top(top), &generated()).unwrap();
    }
    let written = with_top("[{ header: [] }]");
    generate(&written, &by_hand(&[("Header", &[&["header"]])])).unwrap();
    assert_eq!(codes(&written, &by_hand(&[("Query", &[&["query"]])])), ["unknown-requirement"]);
    let own = written.replace("      operationId:", "      security: []\n      operationId:");
    check_text("openapi.yaml", &own, &by_hand(&[("Query", &[&["query"]])])).unwrap();
}

#[test]
fn without_any_security_only_the_settings_open_an_operation() {
    let without = document("[]").replace("      security: []\n", "");
    assert_eq!(codes(&without, &generated()), ["missing-security"]);
    let refused = generated().with_missing_security(MissingSecurity::Refused);
    assert_eq!(codes(&without, &refused), ["missing-security"]);
    let open = generated().with_missing_security(MissingSecurity::Open);
    check_text("openapi.yaml", &without, &open).unwrap();
    // What looks like one is no decision either.
    let typo = without.replacen("      operationId:", "      securty: []\n      operationId:", 1);
    assert_eq!(codes(&typo, &open), ["unknown-key"]);
    let of_path = without.replacen("    get:", "    security: []\n    get:", 1);
    assert_eq!(codes(&of_path, &open), ["unknown-key"]);
}

/// One line at the top level is enough for all of them.
#[test]
fn without_any_security_all_operations_are_told_at_once() {
    let without = document("[]").replace("      security: []\n", "");
    let without = without.replace("      security:\n        []\n", "");
    for settings in [generated(), by_hand(&[("Header", &[&["header"]])])] {
        let mistakes = refused(&without, &settings);
        assert_eq!(mistakes.list().len(), 1, "{mistakes}");
        let [mistake] = mistakes.list() else { panic!("{mistakes}") };
        assert_eq!(mistake.message, "operation `getBook` and 1 other have no `security`");
        let help = mistake.help.as_deref().unwrap();
        assert!(help.starts_with("write one of these at the top level"), "{help}");
        assert!(help.contains("\n    security: [{ header: [] }]"), "{help}");
        let top = without.replacen("tags:", "security: [{ header: [] }]\ntags:", 1);
        check_text("openapi.yaml", &top, &settings).unwrap();
    }
    // Where each operation has to say it, each is told.
    let refused = generated().with_missing_security(MissingSecurity::Refused);
    assert_eq!(codes(&without, &refused), ["missing-security"; 2]);
}

#[test]
fn a_scheme_that_nobody_uses_may_be_anything() {
    for definition in
        ["", "[]", "{}", "{ type: unheard }", "{ type: apiKey, in: header, name: Host }"]
    {
        let document = document("[{ header: [] }]")
            .replace("    header:", &format!("    unused: {definition}\n    header:"));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        let used = document.replace("[{ header: [] }]", "[{ unused: [] }, { unused: [] }]");
        assert_eq!(refused(&used, &generated()).list().len(), 1, "{definition}");
    }
}

/// Where either of two schemes needs a bound, the help has both parts.
#[test]
fn schemes_that_share_a_place_become_alternatives_with_a_bound() {
    let written = document("[{ basic: [], token: [all], query: [] }]");
    let mistakes = refused(&written, &by_hand(&[]));
    assert_eq!(mistakes.list().len(), 1, "{mistakes}");
    let expected = r#"if either will do, write two alternatives:
    security: [{ basic: [], query: [] }, { query: [], token: [all] }]
and add to `Settings::bounds`: `Bound::new("BasicAndQueryOrQueryAndTokenAll", "crate::scope::BasicAndQueryOrQueryAndTokenAll", "basic and query, or query and token (all)", &[&["basic", "query"], &["query", "token: [all]"]])`"#;
    assert_eq!(mistakes.list()[0].help.as_deref(), Some(expected));
    let followed = document("[{ basic: [], query: [] }, { query: [], token: [all] }]");
    let bound: &[&[&str]] = &[&["basic", "query"], &["query", "token: [all]"]];
    generate(&followed, &by_hand(&[("Caller", bound)])).unwrap();
}

/// What a help repeats is the whole of it: a part that can't be read would become an alternative that requires nothing.
#[test]
fn no_help_opens_an_operation_that_it_cannot_read() {
    for security in [
        "[null, { basic: [], bearer: [] }]",
        "[[], { basic: [], bearer: [] }]",
        "[{ basic: [], bearer: [] }, header]",
        "[{ token: [1], basic: [] }]",
        "[{ token: [{}, 'all books.read'], basic: [] }]",
    ] {
        let top = document("[]").replacen("tags:", &format!("security: {security}\ntags:"), 1);
        for document in [document(security), top.replacen("security: []", "security:", 1)] {
            for settings in [generated(), by_hand(&[])] {
                for mistake in refused(&document, &settings).list() {
                    let help = mistake.help.as_deref().unwrap();
                    for wrong in ["{}", "as at the top", "token: [], ", ", token: []"] {
                        assert!(!help.contains(wrong), "{security}: {help}");
                    }
                }
            }
        }
    }
}

/// In JSON, the same helps in JSON.
#[test]
fn helps_for_json_are_json() {
    let yaml = document("[{ token: books.read }, { header: [x] }]")
        .replace("        []\n", "        - { basic: [], bearer: [] }\n");
    let json = codegen::Document::parse("a.yaml", &yaml).unwrap().to_json().to_string();
    let mistakes = check_text("openapi.json", &json, &generated()).unwrap_err();
    let helps: Vec<_> = mistakes.list().iter().map(|it| it.help.clone().unwrap()).collect();
    assert_eq!(
        helps,
        [
            "if either will do, write two alternatives:\n    \"security\": [{ \"basic\": [] }, { \"bearer\": [] }]",
            "write `\"token\": [\"books.read\"]`",
            "write `\"header\": []`; or, if these are permissions that the credential must have, call \
             `Settings::with_scoped_schemes([\"header\"])`",
        ]
    );
}

/// A remark stays with its line, also where that is the only one.
#[test]
fn schemes_to_declare_in_json_are_json() {
    let written = document("[{ printerToken: [] }]");
    let none = sound().replace("\n        - reader: []\n", " reader\n");
    let start = none.find("  securitySchemes:").unwrap();
    let end = none.find("  schemas:\n").unwrap();
    let none = format!("{}{}", &none[..start], &none[end..]);
    let first = |yaml: &str| {
        let document = codegen::Document::parse("a.yaml", yaml).unwrap();
        let json = document.to_json().to_string();
        let mistakes = check_text("openapi.json", &json, &generated()).unwrap_err();
        mistakes.list().iter().find(|it| it.message.contains("getBook")).unwrap().help.clone()
    };
    let help = first(&written).unwrap();
    let expected = r#"declare `printerToken` under `components.securitySchemes`, e.g. one of
    "printerToken": { "type": "apiKey", "in": "header", "name": "X-Printer-Token" }
    "printerToken": { "type": "http", "scheme": "bearer" }
or require"#;
    assert!(help.starts_with(expected), "{help}");
    let expected = r#"write one of
    "security": [{ "apiKey": [] }]  # once `components.securitySchemes` has `"apiKey": { "type": "apiKey", "in": "header", "name": "X-Api-Key" }`"#;
    assert_eq!(first(&none).as_deref(), Some(expected));
}

/// A document of many operations, each with its own requirement.
fn large(security: impl Fn(usize) -> String, scheme: impl Fn(usize) -> String) -> String {
    let operation = |number| {
        format!(
            "  /{number}:\n    servers: [{{ url: https://library.example }}]\n    get:\n      operationId: get{number}\n      \
             tags: [books]\n      security: {}\n      responses: {{ \"204\": {{ description: Done. }} }}\n",
            security(number)
        )
    };
    let operations: String = (0..1_000).map(operation).collect();
    let schemes: String = (0..200).map(scheme).collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\ntags: [{{ name: books }}]\npaths:\n{operations}components:\n  \
         securitySchemes:\n{schemes}"
    )
}

#[test]
fn large_documents_are_checked_in_a_moment() {
    let key = |it| format!("    s{it}: {{ type: apiKey, in: header, name: X-{it} }}\n");
    let pair = |it: usize| format!("[{{ s{}: [], s{}: [] }}]", it % 200, (it + 1 + it / 200) % 200);
    let token = |it| {
        let scopes: Vec<_> = (0..50).map(|each| format!("scope.{it}.{each}: ''")).collect();
        let scopes = scopes.join(", ");
        format!(
            "    s{it}: {{ type: oauth2, flows: {{ implicit: {{ scopes: {{ {scopes} }} }} }} }}\n"
        )
    };
    let misspelt = |it: usize| format!("[{{ s{}: [scoep.{}.{}] }}]", it % 200, it % 200, it % 50);
    let shared = |it: usize| format!("[{{ s{}: [], s{}: [] }}]", it % 200, (it + 1) % 200);
    let bounds = (0..1_000).map(|it| {
        let (name, schemes) = (format!("B{it}"), [format!("x{it}"), format!("s{}", it % 200)]);
        let schemes = schemes.each_ref().map(String::as_str);
        Bound::new(&name, &format!("crate::scope::{name}"), "it", &[&schemes])
    });
    let many = by_hand(&[]).with_bounds(bounds);
    for (document, settings, code) in [
        (large(pair, key), generated(), None),
        (large(pair, key), by_hand(&[]), Some("unknown-requirement")),
        (large(pair, key), many.clone(), Some("unknown-requirement")),
        (large(|_| "null".to_owned(), key), many, Some("security-shape")),
        (large(misspelt, token), generated(), Some("unknown-scope")),
        (large(shared, token), generated(), Some("shared-place")),
        (
            large(|it| format!("[{{ t{it}: [] }}]"), key),
            generated(),
            Some("unknown-security-scheme"),
        ),
        (
            large(|it| format!("[{{ another{it}: [], s1: [] }}]"), key),
            by_hand(&[]),
            Some("unknown-security-scheme"),
        ),
    ] {
        let start = Instant::now();
        let found = check_text("openapi.yaml", &document, &settings);
        let time = start.elapsed();
        println!("{code:?}: {time:?}");
        assert!(time < Duration::from_secs(10), "{code:?}: {time:?}");
        let Some(code) = code else {
            found.unwrap();
            continue;
        };
        let mistakes = found.unwrap_err();
        assert!(mistakes.list().iter().all(|it| it.code == code), "{mistakes}");
        let text = mistakes.to_string();
        assert!(text.len() < 1_000_000, "{code}: {} bytes", text.len());
    }
}

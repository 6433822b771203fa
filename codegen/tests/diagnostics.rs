//! Tests the diagnostics for errors in documents and settings.
//!
//! `UPDATE_EXPECT=1 cargo test -p openapi-keys --test diagnostics` writes the expected output of
//! the cases in `tests/diagnostics`. Review every change. `mistakes/format.rs` describes the format
//! of a case.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mistakes::cases::cases;
use mistakes::{filling, settings, sound};
use openapi_keys::{
    Constructor, Conversion, Examples, Hooks, Server, Settings, Strictness, check_text, generate,
};
use proptest::prelude::*;

#[test]
fn every_error_is_reported_as_expected() {
    let cases = cases();
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let Err(found) = case.checked() else {
            wrong.push(format!("{name}: no error was found\n"));
            continue;
        };
        let found = found.to_string();
        if case.text.expected == found {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&case.path, case.text.expecting(&found)).unwrap();
        } else {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "the output differs from the expected output:\n\n{}",
        wrong.join("\n\n")
    );
    println!("diagnostics: {} documents, each with the expected errors", cases.len());
}

/// The codes that have no case. They report:
///
/// * Bugs in this generator: progenitor's code has an unknown form, or the `normalise` stage left something that it
///   should have rewritten.
/// * Objects and forms that a client can send but a generated server can't read. `foreign/parameters.rs` and
///   `foreign/server_bodies.rs` test them.
/// * Documents that are too large or have too many errors. `hostile.rs` and `long_lines.rs` test them.
/// * Errors in the settings. Tests below cover them.
const NO_CASE: &[&str] = &[
    "unrecognized",
    "not-rust",
    "progenitor",
    "document-size",
    "document-mistakes",
    "settings",
    "closed-object",
    "discriminator",
    "format-without-type",
    "inline-schema",
    "nullable",
    "one-of",
    "schema-title",
    "server-body",
    "server-parameter",
];

/// Without a case, nothing would show that a rule works.
#[test]
fn every_code_has_a_case() {
    let mut told: BTreeSet<String> = NO_CASE.iter().map(|&code| code.to_owned()).collect();
    for case in cases().into_values() {
        told.extend(case.mistakes().list().iter().map(|mistake| mistake.code.to_owned()));
    }
    let mut codes = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut codes);
    let silent: Vec<_> = codes.difference(&told).collect();
    assert!(silent.is_empty(), "each code needs a case or an entry in `NO_CASE`: {silent:?}");
    println!("diagnostics: {} codes, each with a case or an entry in `NO_CASE`", codes.len());
}

/// Collects codes: strings of lower-case letters, digits and dashes directly after `Diagnostic::new(` or `mistake(`.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, codes);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for opening in ["Diagnostic::new(", "mistake("] {
            for rest in text.split(opening).skip(1) {
                let Some(code) =
                    rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
                else {
                    continue;
                };
                if code
                    .chars()
                    .all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-')
                {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
}

#[test]
fn the_sound_document_has_no_errors() {
    check_text("sound.yaml", &sound(), &settings()).unwrap();
    let output = generate(&sound(), &settings()).unwrap();
    assert!(output.client["operations/books/add.rs"].contains("K: scope::Staff,"));
}

#[track_caller]
fn refused(edit: impl FnOnce(&mut Settings), expected: &str) {
    let mut settings = settings();
    edit(&mut settings);
    let mistakes = generate(&sound(), &settings).unwrap_err().to_string();
    assert!(mistakes.starts_with("error[settings]") && mistakes.contains(expected), "{mistakes}");
}

/// An error in the settings could leave an operation without its bound, and so open to anyone.
#[test]
fn errors_in_the_settings_prevent_generation() {
    for path in [
        "",
        ")",
        "crate::scope::A)",
        "crate::scope::A {",
        "not a path",
        "'static",
        "A + B",
        "1",
        "Staff",
        "super::Staff",
        "self::Staff",
    ] {
        refused(
            |settings| settings.bounds[0].path = path.to_owned(),
            "`Settings::bounds[Staff].path`",
        );
        refused(|settings| settings.runtime = path.to_owned(), "`Settings::runtime`");
        refused(|settings| settings.credential = Some(path.to_owned()), "`Settings::credential`");
        let some = Some(path.to_owned());
        refused(|settings| settings.authenticator = some.clone(), "`Settings::authenticator`");
        refused(|settings| settings.profile = some, "`Settings::profile`");
    }
    refused(
        |settings| settings.bounds.push(settings.bounds[0].clone()),
        "have the same requirement",
    );
    refused(|settings| settings.bounds[0].requirement.clear(), "requires nothing");
    let examples = Examples::new("library", "Client<Visitor>");
    refused(
        |settings| settings.examples = Some(examples),
        "bound `Reader` in the settings has no client",
    );
}

#[test]
fn errors_in_the_conversions_prevent_generation() {
    let given = |ty: &str, path: &str, method: &str, expected: &str| {
        let conversion = Conversion::new(ty, path, method);
        refused(|settings| *settings = settings.clone().with_conversions([conversion]), expected);
    };
    let (ty, path) = ("crate::Timestamp", "crate::IntoTimestamp");
    let expected = "`Settings::conversions[crate::Timestamp].path` is `IntoTimestamp`";
    given(ty, "IntoTimestamp", "into_timestamp", expected);
    given(ty, path, "into timestamp", "].method` is `into timestamp`, which isn't a valid name");
    given("crate::Time", path, "into_time", "`Settings::conversions[crate::Time]` is for a type");
}

/// A hand-written type isn't generated, so it can't get the accessor for `x-expected`.
#[test]
fn x_expected_is_rejected_in_a_hand_written_type() {
    let document = sound().replacen("schemas/Book", "schemas/Receipt", 1)
        + "    Receipt: { type: object, properties: { isbn: { type: string, x-expected: true } } }\n";
    assert!(check_text("openapi.yaml", &document, &settings()).is_ok());
    let hooks = Hooks::new().with_types([("Receipt", "crate::Receipt")]);
    let mistakes =
        check_text("openapi.yaml", &document, &settings().with_hooks(hooks)).unwrap_err();
    let text = mistakes.to_string();
    assert!(text.contains("but the type of the schema is hand-written"), "{text}");
}

/// With any of these errors, the generated code wouldn't compile or would call the wrong function.
#[test]
fn errors_in_the_constructors_prevent_generation() {
    let new = || Constructor::new("new", "builder", "crate::held");
    let check = |constructors: Vec<Constructor>, expected: &str| {
        refused(
            |settings| {
                settings.authenticator = Some("crate::Held".to_owned());
                settings.constructors = constructors;
            },
            expected,
        );
    };
    let name = |name: &str| vec![Constructor::new(name, "builder", "crate::held")];
    for wrong in ["", " ", "New", "new ", "fn", "r#new", "new()", "_", "1", "größe"] {
        check(name(wrong), "which isn't a valid function name");
        let builder = Constructor::new("new", wrong, "crate::held");
        check(vec![builder], "`Settings::constructors[new].builder` is `");
        let argument = new().with_arguments([(wrong, "K")]);
        check(vec![argument], "which isn't a valid argument name");
    }
    for wrong in ["", ")", "held", "self::held", "crate::held()"] {
        let made = Constructor::new("new", "builder", wrong);
        check(vec![made], "`Settings::constructors[new].authenticator` is `");
        let bound = new().with_bound(wrong);
        check(vec![bound], "`Settings::constructors[new].credentials` is `");
    }
    check(name("origin"), "is `origin`, which every client already has");
    check(name("call_at"), "is `call_at`, which `Settings::client_methods` also has");
    check(name("builder"), "is `builder`, which another constructor already has");
    check(vec![new(), new()], "is `new`, which another constructor already has");
    let twice = new().with_arguments([("key", "K"), ("key", "u8")]);
    check(vec![twice], "`Settings::constructors[new].arguments` has `key` twice");
    for (wrong, expected) in [
        ("", "isn't a Rust type"),
        ("u8) -> (u8", "isn't a Rust type"),
        ("Account", "contains a name that is unknown in the generated file"),
        ("::std::vec::Vec<Account>", "contains a name that is unknown in the generated file"),
        ("&super::Account", "contains a name that is unknown in the generated file"),
        ("impl IntoAccount", "contains a name that is unknown in the generated file"),
        (
            "impl ::std::convert::Into<Account>",
            "contains a name that is unknown in the generated file",
        ),
    ] {
        check(vec![new().with_arguments([("account", wrong)])], expected);
        check(vec![new().with_credential(wrong)], expected);
    }
    let generic = "contains `K`, but the constructor is for one type of credential";
    check(vec![new().with_credential("crate::Key").with_arguments([("key", "K")])], generic);
    check(vec![new().with_credential("::std::sync::Arc<K>")], generic);
    let anonymous = "contains `impl Trait`, which is allowed only for arguments";
    check(vec![new().with_credential("impl crate::Key")], anonymous);
    check(vec![new().with_credential("::std::sync::Arc<impl crate::Key>")], anonymous);
    refused(
        |settings| settings.constructors = vec![new()],
        "`Settings::constructors` has `new`, but the client has no authenticator",
    );
}

/// Each accepted type has the same meaning in every generated file.
#[test]
fn constructor_arguments_have_absolute_paths_or_types_that_are_known_everywhere() {
    for (ty, short) in [
        ("K", "K"),
        ("&str", "&str"),
        ("[u8; 4]", "[u8; 4]"),
        ("::std::option::Option<K>", "Option<K>"),
        ("crate::Account<'static, K>", "Account<'static, K>"),
        ("impl crate::IntoAccount", "impl IntoAccount"),
        ("impl ::std::convert::Into<K>", "impl Into<K>"),
    ] {
        let new = Constructor::new("new", "builder", "crate::held").with_arguments([("it", ty)]);
        let settings = settings().with_authenticator("crate::Held").with_constructors([new]);
        let output = generate(&sound(), &settings).unwrap();
        assert!(output.client["client.rs"].contains(&format!("it: {short}")), "{ty}");
    }
}

/// Without the error, a hook without a target would silently have no effect.
#[test]
fn hooks_without_a_target_prevent_generation() {
    let hook = |name: &str| BTreeMap::from([(name.to_owned(), "crate::by_hand".to_owned())]);
    refused(|settings| settings.hooks.types = hook("Boook"), "`Settings::hooks.types[Boook]`");
    refused(|settings| settings.hooks.checks = hook("Kind"), "`Settings::hooks.checks[Kind]`");
    let unused = "`Settings::hooks.values[branch]` is for an `x-filled-by-client` that isn't";
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let branch = |settings: &mut Settings| {
            settings.strictness = strictness;
            settings.hooks.values = hook("branch");
        };
        refused(branch, unused);
    }
    // A misspelt word is reported only once. In lenient mode, only its operation is left out.
    let misspelt =
        sound().replacen("in: path\n", "in: path\n          x-filled-by-client: brunch\n", 1);
    let settings = settings().with_hooks(filling());
    let mistakes = generate(&misspelt, &settings).unwrap_err();
    let codes: Vec<_> = mistakes.list().iter().map(|mistake| mistake.code).collect();
    assert_eq!(codes, ["filled-unknown"]);
    let lenient = settings.with_strictness(Strictness::Lenient);
    let output = generate(&misspelt, &lenient).unwrap();
    let omitted: Vec<_> = output.report.omitted.iter().map(|omitted| omitted.code).collect();
    assert_eq!(omitted, ["filled-unknown"]);
    let no_path = BTreeMap::from([("Book".to_owned(), "written manually".to_owned())]);
    refused(|settings| settings.hooks.checks = no_path, "`Settings::hooks.checks[Book]`");
}

/// A body with hooks is checked and filled in, and the user doesn't pass the filled-in value.
#[test]
fn hooks_are_called_before_a_request_is_built() {
    let document = sound()
        .replace(
            "    Book:\n      type: object\n",
            "    Book:\n      type: object\n      x-filled-by-client: { branch: branch }\n",
        )
        .replace("      required: [title]\n", "      required: [title, branch]\n")
        .replace(
            "        title: { type: string }\n",
            "        title: { type: string }\n        branch: { type: string }\n",
        )
        .replace(
            "          in: path\n",
            "          in: path\n          x-filled-by-client: branch\n",
        );
    let mut settings = settings().with_hooks(filling());
    settings.hooks.checks =
        BTreeMap::from([("Book".to_owned(), "crate::by_hand::book".to_owned())]);
    settings.hooks.types = BTreeMap::from([("Kind".to_owned(), "crate::by_hand::Kind".to_owned())]);
    let output = generate(&document, &settings).unwrap();
    let words = |name: &str| output.client[name].split_whitespace().collect::<String>();
    let add = words("operations/books/add.rs");
    assert_eq!(add.matches("body.branch=Some(fill::branch(self.client));").count(), 2, "{add}");
    assert!(add.contains("by_hand::book(&self.body)?;request.path("), "{add}");
    let get = words("operations/books/get.rs");
    assert!(get.contains("pubfnget(&self)->"), "{get}");
    assert!(get.contains("isbn:fill::branch(self.client)"), "{get}");
    let types: String = output.client["types/book.rs"].split_whitespace().collect();
    assert!(types.contains("pub(crate)branch:Option<String>"), "{types}");
    assert!(types.contains("pubfnnew(title:") && !types.contains("pubfnbranch(mutself"), "{types}");
    assert!(output.client["types/mod.rs"].contains("pub use crate::by_hand::Kind;"));
}

/// Only a server reserves the name `router`. An operation may be named `clone`: the server calls
/// the trait's method, not `Arc::clone`.
#[test]
fn server_names_are_reserved() {
    let server = settings().with_server(Server::new("crate::runtime", "::library"));
    let document = sound().replace("operationId: getBook", "operationId: router");
    generate(&document, &settings()).unwrap();
    let mistakes = generate(&document, &server).unwrap_err().to_string();
    assert!(mistakes.starts_with("error[operation-taken]: `operationId` `router`"), "{mistakes}");
    let document = sound().replace("operationId: getBook", "operationId: clone");
    let output = generate(&document, &server).unwrap();
    let handlers = &output.server["server/handlers/books.rs"];
    assert!(handlers.contains("Books::clone(&*platform"), "{handlers}");
}

/// The service's documentation uses the operation's name, so rustdoc's search should find the
/// method by that name.
#[test]
fn a_method_is_found_by_the_name_of_its_operation() {
    let document = sound().replace("addBook", "add");
    let output = generate(&document, &settings()).unwrap();
    let words = |name: &str| output.client[name].split_whitespace().collect::<String>();
    let get = words("operations/books/get.rs");
    assert!(get.contains("#[doc(alias=\"getBook\")]pubfnget("), "{get}");
    // rustdoc rejects an alias that is the same as the name.
    let add = words("operations/books/add.rs");
    assert!(add.contains("pubfnadd(") && !add.contains("alias=\"add"), "{add}");
}

#[test]
fn named_values_get_their_own_types() {
    let document = sound().replace(
        "    Kind:\n",
        "    Pages: { type: integer, format: uint32 }\n    Names: { type: array, items: { type: string } }\n    \
         ByName: { type: object, additionalProperties: { type: string } }\n    Title: { type: string }\n    Kind:\n",
    );
    let output = generate(&document, &settings()).unwrap();
    let types: String = output.client.values().cloned().collect();
    for name in ["Pages", "Names", "ByName", "Title"] {
        assert!(types.contains(&format!("pub struct {name}(")), "{name}");
    }
}

#[test]
fn non_ascii_names_are_generated_or_rejected() {
    for name in ["m²", "²", "größe", "名", "\u{202e}"] {
        let _ = generate(&sound().replace("title", name), &settings());
        let _ = generate(&sound().replace("novel", name), &settings());
        let _ = generate(&sound().replace("isbn", name), &settings());
        let _ = generate(&sound().replace("books", name), &settings());
        let _ = generate(&sound().replace("Kind", name), &settings());
    }
}

/// `²` is a number in Unicode, but isn't allowed in a Rust name. The character is dropped from Rust names, so names
/// that differ only in this character collide.
#[test]
fn names_that_collide_after_dropping_characters_are_rejected() {
    for (old, new, code) in [
        ("    Kind:\n", "    Kind²: { type: string }\n    Kind:\n", "schema-collision"),
        ("tags:\n", "tags:\n  - { name: books² }\n", "tag-collision"),
    ] {
        let mistakes = generate(&sound().replacen(old, new, 1), &settings()).unwrap_err();
        assert_eq!(mistakes.list()[0].code, code, "{mistakes}");
    }
}

#[test]
fn a_parameter_with_the_same_name_as_progenitors_header_is_sent() {
    let document = sound().replace(
        "          schema: { type: string }\n      responses",
        "          schema: { type: string }\n        - { name: api-version, in: header, required: true, schema: { type: string } }\n      \
         responses",
    );
    let output = generate(&document, &settings()).unwrap();
    let get = &output.client["operations/books/get.rs"];
    assert!(get.contains(".header(\"api-version\", &self.api_version)"), "{get}");
}

/// Without an authenticator, the names of the generated constructors are reserved. With an
/// authenticator, only the constructors and methods in the settings reserve names.
#[test]
fn constructor_names_are_reserved() {
    for tag in ["new", "builder", "credential"] {
        let constructors = [
            Constructor::new(tag, "start", "crate::held"),
            Constructor::new("make", "by", "crate::b"),
        ];
        let document = sound().replace("books", tag);
        let mistakes = generate(&document, &settings()).unwrap_err();
        assert_eq!(mistakes.list()[0].code, "tag-taken", "{mistakes}");
        let authenticated = settings().with_authenticator("crate::Held");
        generate(&document, &authenticated).unwrap();
        let by_hand = authenticated.clone().with_client_methods([tag]);
        let generated = authenticated.with_constructors(constructors);
        for settings in [by_hand, generated] {
            let mistakes = generate(&document, &settings).unwrap_err();
            assert_eq!(mistakes.list()[0].code, "tag-taken", "{mistakes}");
        }
    }
}

/// Only the client's root module and the Markdown table contain the document's hash.
#[test]
fn a_comment_in_the_document_changes_only_one_source_file() {
    let settings = settings().with_server(Server::new("crate::runtime", "::library"));
    let before = generate(&sound(), &settings).unwrap();
    let after = generate(&format!("# A comment.\n{}", sound()), &settings).unwrap();
    let names = before.client.keys();
    let changed: Vec<&String> =
        names.filter(|name| before.client[*name] != after.client[*name]).collect();
    assert_eq!(changed, ["mod.rs"]);
    assert_eq!(before.server, after.server);
    assert_ne!(before.documentation, after.documentation);
}

/// These names are common for variables and arguments in generated code.
#[test]
fn parameters_named_like_variables_are_sent() {
    for name in [
        "body",
        "caller",
        "header_map",
        "http",
        "incoming",
        "platform",
        "request",
        "response",
        "result",
        "url",
    ] {
        let parameter = format!(
            "          schema: {{ type: string }}\n        - {{ name: {name}, in: query, schema: {{ type: string }} }}\n      responses"
        );
        let document =
            sound().replace("          schema: { type: string }\n      responses", &parameter);
        let output = generate(&document, &settings()).unwrap();
        let get = &output.client["operations/books/get.rs"];
        let field = if name == "body" { "body_" } else { name };
        assert!(get.contains(&format!(".query(\"{name}\", &self.{field})")), "{get}");
        let in_path = sound().replace("isbn", name);
        let output = generate(&in_path, &settings()).unwrap();
        let get = &output.client["operations/books/get.rs"];
        assert!(get.contains(&format!(".segment(\"{name}\", &self.{field})")), "{get}");
    }
}

/// A path is built from its literal parts and its parameters, in the order of the template. Query parameters and
/// headers are sorted by name.
#[test]
fn requests_are_built_part_by_part() {
    let document =
        sound().replace("/books/{isbn}:", "/books/{isbn}/copies/{copy-id}/state:").replace(
            "          schema: { type: string }\n      responses",
            "          schema: { type: string }
        - { name: copy-id, in: path, required: true, schema: { type: integer } }
        - { name: X-Zone, in: header, required: true, schema: { type: string } }
        - { name: X-At, in: header, schema: { type: integer } }
        - { name: depth, in: query, required: true, schema: { type: integer } }
        - { name: after, in: query, schema: { type: string } }
      responses",
        );
    let output = generate(&document, &settings()).unwrap();
    let words = |name: &str| output.client[name].split_whitespace().collect::<String>();
    let expected = [
        r#"request.path("/books/").segment("isbn",&self.isbn).path("/copies/")"#,
        r#".segment("copy-id",&self.copy_id)"#,
        r#".path("/state").query("after",&self.after).query("depth",&self.depth)"#,
        r#".optional_header("X-At",self.x_at.as_ref()).header("X-Zone",&self.x_zone).finish()"#,
    ];
    let get = words("operations/books/get.rs");
    assert!(get.contains(&expected.concat()), "{get}");
    let add = words("operations/books/add.rs");
    assert!(add.contains(r#"request.path("/books").json(&self.body).finish()"#), "{add}");
}

#[test]
fn all_errors_are_reported_together() {
    assert!(cases()["several-mistakes"].mistakes().list().len() >= 4);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any change to the lines of a valid document must result in files or diagnostics, never in a panic.
    #[test]
    fn no_edit_causes_a_panic(edits in prop::collection::vec((0usize..200, 0usize..4), 1..4)) {
        let mut lines: Vec<String> = sound().lines().map(str::to_owned).collect();
        for (at, what) in edits {
            let at = at % lines.len();
            match what {
                0 => { lines.remove(at); }
                1 => { let line = lines[at].clone(); lines.insert(at, line); }
                2 => { let half = lines[at].len() / 2; lines[at].truncate(half); }
                _ => { lines[at] = format!("  {}", lines[at]); }
            }
        }
        let _ = generate(&lines.join("\n"), &settings());
    }

    #[test]
    fn no_text_causes_a_panic(text in ".{0,200}") {
        prop_assert!(generate(&text, &settings()).is_err());
    }
}

//! `codegen` on an API that is not Mileston's: its output is compiled (crate `other-api`), is the same twice, and does
//! not depend on the order in which the document says things that have no order.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use codegen::{Examples, Output, Scope, Server, Settings};
use mileston_tests::compile::workspace;
use other_api::runtime::Client;
use other_api::scope::{Reader, Staff, Visitor};
use other_api::types;

fn settings() -> Settings {
    Settings::new(
        "UPDATE_EXPECT=1 cargo test -p mileston-tests --test other_api",
        "tests/other-api/openapi.yaml",
        "crate::scope::Credential",
    )
    .with_scopes([
        Scope::new("Staff", "crate::scope::IsStaff", "staff of a branch", &[&["staff", "branch"]])
            .with_client("Client<Staff>"),
        Scope::new(
            "Known",
            "crate::scope::IsKnown",
            "a reader or staff",
            &[&["staff", "branch"], &["reader"]],
        )
        .with_client("Client<Reader>"),
    ])
    .with_examples(
        Examples::new("other_api", "Client<Visitor>")
            .with_imports(["Client", "Reader", "Staff", "Visitor"]),
    )
    .with_formats([
        ("date-time", "crate::Timestamp"),
        ("shelf-mark", "::std::string::String"),
        ("label", "crate::label::String"),
    ])
    .with_server(Server::new("crate::runtime", "::other_api", "Library"))
}

fn document() -> String {
    std::fs::read_to_string(workspace().join("tests/other-api/openapi.yaml")).unwrap()
}

fn generate(document: &str) -> Output {
    codegen::generate(document, &settings()).unwrap()
}

#[test]
fn the_compiled_files_are_what_the_document_gives() {
    let output = generate(&document());
    for (folder, files) in [
        ("tests/other-api/src/generated", &output.client),
        ("tests/other-server/src/generated", &output.server),
    ] {
        for (name, text) in files {
            compare(&workspace().join(folder).join(name), text);
        }
    }
}

/// One tag and nothing else, and tags with one kind of thing each: no import of the generated files is unused, since
/// both crates deny that.
#[test]
fn the_compiled_files_are_what_the_small_documents_give() {
    for name in ["bare", "sparse"] {
        let mut settings = settings();
        settings.source = format!("tests/other-api/small/{name}.yaml");
        settings.examples = None;
        settings.server.as_mut().unwrap().client = format!("::other_api::small::{name}");
        let document = std::fs::read_to_string(workspace().join(&settings.source)).unwrap();
        let output = codegen::generate(&document, &settings).unwrap();
        for (folder, files) in [
            ("tests/other-api/src/small/generated", &output.client),
            ("tests/other-server/src/small/generated", &output.server),
        ] {
            for (file, text) in files {
                compare(&workspace().join(folder).join(name).join(file), text);
            }
        }
    }
}

fn compare(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == text, "{} differs: run `{}`", path.display(), settings().command);
}

#[test]
fn the_same_document_gives_the_same_files() {
    assert_eq!(generate(&document()), generate(&document()));
}

#[test]
fn the_order_of_scopes_in_the_settings_changes_nothing_but_what_it_says() {
    let mut shuffled = settings();
    shuffled.scopes.reverse();
    let output = codegen::generate(&document(), &shuffled).unwrap();
    assert_eq!(output, generate(&document()));
}

#[test]
fn requests_are_built_as_the_document_says() {
    let visitor = Client::new(Visitor).unwrap();
    let call = visitor.books().search("atlas of & maps").shelf(3).type_("globe".into()).into_call();
    let request = call.request.unwrap();
    assert_eq!(
        request.url().as_str(),
        "https://library.example/v2/books?shelf=3&title=atlas+of+%26+maps&type=globe"
    );
    assert!(request.headers().get("x-language").is_none(), "an optional header that was not given");

    let call = visitor.books().search("maps").x_language("de").into_call();
    assert_eq!(call.request.unwrap().headers()["x-language"], "de");

    let staff = Client::new(Staff).unwrap();
    #[allow(deprecated, reason = "the document calls it so, and it must still work")]
    let call = staff.books().remove_copy("9783", 7, "lost");
    let request = call.request.unwrap();
    assert_eq!(request.url().as_str(), "https://library.example/v2/books/9783/copies/7");
    assert_eq!(request.headers()["x-reason"], "lost");

    let reader = Client::new(Reader).unwrap();
    assert_eq!(
        reader.loans().list().request.unwrap().url().as_str(),
        "https://loans.example/v2/loans"
    );
    let south = reader.health().health(other_api::operations::Region::South);
    assert_eq!(south.request.unwrap().url().as_str(), "https://south.library.example/health");
    let count = visitor.loans().platform(other_api::operations::Region::South);
    assert_eq!(count.request.unwrap().url().as_str(), "https://south.library.example/loans/count");
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    for value in ["novel", "unknown", "comic"] {
        let kind: types::Kind = serde_json::from_value(value.into()).unwrap();
        assert_eq!(serde_json::to_value(&kind).unwrap(), value);
    }
    assert!(
        serde_json::from_str::<types::Condition>("\"burnt\"").is_err(),
        "a closed enum refuses it"
    );
}

#[test]
fn lists_and_maps_may_be_missing_or_null() {
    for text in ["{}", r#"{"loans":null}"#, r#"{"loans":{}}"#] {
        let loans: types::Loans = serde_json::from_str(text).unwrap();
        assert!(loans.loans.is_empty());
    }
}

#[test]
fn the_catalogue_has_the_alternatives() {
    let loans = &other_api::catalogue::LIST_LOANS;
    assert_eq!(loans.security, [&["reader"][..], &["branch", "staff"]]);
    assert_eq!(loans.scope, Some("Known"));
    assert_eq!(other_api::catalogue::HEALTH.scope, None, "an empty alternative opens it to anyone");
}

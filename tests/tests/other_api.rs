//! Tests `openapi-keys` with APIs other than Mileston's: the output compiles (crate `other-api`), is the same in each
//! run, and doesn't depend on the order of the document's unordered parts.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

#[path = "other_api/bodies.rs"]
mod bodies;
#[path = "other_api/errors.rs"]
mod errors;
#[path = "other_api/limits.rs"]
mod limits;
#[path = "other_api/pages.rs"]
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::time::Duration;

use mileston_tests::compile::workspace;
use openapi_keys::{
    Bound, Conversion, Examples, Files, Hooks, Output, PageStyle, Pagination, Server, Settings,
    Strictness,
};
use openapi_keys_runtime::http::{Request, Response};
use openapi_keys_runtime::{
    Bytes, ErrorKind, FakeTransport, HeaderName, HeaderValue, OperationCall,
};
use other_api::operations::Region;
use other_api::scope::{Credential, Reader, Staff, Visitor};
use other_api::small::options;
use other_api::{Card, Client, NotACard, Outcome, catalogue, types};

fn settings() -> Settings {
    Settings::new(
        "UPDATE_EXPECT=1 cargo test -p mileston-tests --test other_api",
        "tests/other-api/openapi.yaml",
    )
    .with_strictness(Strictness::Strict)
    .with_credential("crate::scope::Credential")
    .with_bounds([
        Bound::new("Staff", "crate::scope::IsStaff", "staff of a branch", &[&["staff", "branch"]])
            .with_client("Client<Staff>"),
        Bound::new(
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
        ("card", "crate::Card"),
        ("desk", "crate::Desk"),
    ])
    .with_conversions([
        Conversion::new("crate::Card", "crate::IntoCard", "into_card"),
        Conversion::new("crate::Desk", "crate::IntoDesk", "into_desk").infallible(),
    ])
    .with_server(Server::new("crate::runtime", "::other_api"))
}

fn document() -> String {
    std::fs::read_to_string(workspace().join("tests/other-api/openapi.yaml")).unwrap()
}

fn generate(document: &str) -> Output {
    openapi_keys::generate(document, &settings()).unwrap()
}

#[test]
fn the_compiled_files_match_the_document() {
    let output = generate(&document());
    compare("tests/other-api/src/generated", &output.client);
    compare("tests/other-server/src/generated", &output.server);
}

/// Checks small documents with special cases, e.g. a single tag, or names that generated code also uses. `other-api`
/// and `other-server` don't compile if a generated file has an unused import, e.g. because a local name shadows it.
#[test]
fn the_compiled_files_match_the_small_documents() {
    const NAMES: &[&str] = &[
        "bare", "bodies", "errors", "limits", "names", "options", "pages", "schemes", "shapes",
        "sparse", "statuses", "styles",
    ];
    for &name in NAMES {
        let mut settings = settings();
        settings.source = format!("tests/other-api/small/{name}.yaml");
        settings.examples = None;
        settings.module = format!("crate::small::generated::{name}");
        if ["schemes", "styles"].contains(&name) {
            settings.credential = None;
            settings.bounds.clear();
        }
        if name == "schemes" {
            // These names replace the default names of two requirements, and of their enums in the server.
            settings = settings.with_names([("ErrOrOk", "Caller"), ("Self2OrType", "Library")]);
        }
        if ["errors", "shapes"].contains(&name) {
            // Like third-party documents, these are read leniently, and only a client is generated.
            settings.strictness = Strictness::Lenient;
            settings.server = None;
        }
        if matches!(name, "bodies" | "limits" | "pages" | "statuses") {
            // The settings for these documents contain nothing specific to `openapi.yaml`. `limits` and `pages` test
            // features that only clients have.
            settings = foreign(name);
            let server = Server::new("crate::runtime", "");
            settings.server = (!matches!(name, "limits" | "pages")).then_some(server);
        }
        if name == "options" {
            settings.hooks = Hooks::new().with_values([("card", "crate::small::card")]);
            settings.server = None;
        }
        if let Some(server) = &mut settings.server {
            server.client = format!("::other_api::small::{name}");
        }
        let document = std::fs::read_to_string(workspace().join(&settings.source)).unwrap();
        let output = openapi_keys::generate(&document, &settings).unwrap();
        compare(&format!("tests/other-api/src/small/generated/{name}"), &output.client);
        if settings.server.is_some() {
            compare(&format!("tests/other-server/src/small/generated/{name}"), &output.server);
        }
    }
}

/// Returns settings without anything that is specific to the API in `tests/other-api/openapi.yaml`.
fn foreign(name: &str) -> Settings {
    let source = format!("tests/other-api/small/{name}.yaml");
    let settings = Settings::new(&settings().command, &source)
        .with_module(&format!("crate::small::generated::{name}"));
    match name {
        "limits" => return settings.with_check_constraints(true),
        "pages" => {}
        _ => return settings,
    }
    let [cursor, last, page, offset] =
        ["cursor", "starting_after", "page", "offset"].map(str::to_owned);
    settings.with_pagination([
        Pagination::new(
            "listBooks",
            PageStyle::Cursor { parameter: cursor, next: "meta.next".to_owned() },
        )
        .with_items("books"),
        Pagination::new(
            "listLoans",
            PageStyle::LastItem { parameter: last, property: "id".to_owned() },
        )
        .with_items("data")
        .with_more("has_more"),
        Pagination::new("listReaders", PageStyle::Page { parameter: page, first: 1 }),
        Pagination::new("listShelves", PageStyle::Offset { parameter: offset })
            .with_items("shelves"),
        Pagination::new("listBranches", PageStyle::Link),
    ])
}

/// Checks a document with every kind of security scheme. The client's credential types are generated.
#[test]
fn the_compiled_files_match_the_archive() {
    let settings = Settings::new(&settings().command, "tests/other-api/archive.yaml")
        .with_strictness(Strictness::Strict)
        .with_module("crate::archive::generated")
        .with_scoped_schemes(["permit"])
        .with_examples(Examples::new("other_api::archive", ""))
        .with_server(Server::new("crate::runtime", "::other_api::archive"));
    let document = std::fs::read_to_string(workspace().join(&settings.source)).unwrap();
    let output = openapi_keys::generate(&document, &settings).unwrap();
    compare("tests/other-api/src/archive/generated", &output.client);
    compare("tests/other-server/src/archive/generated", &output.server);
}

/// Checks that the folder contains exactly these files.
fn compare(folder: &str, files: &Files) {
    let root = workspace().join(folder);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let _ = std::fs::remove_dir_all(&root);
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    read(&root, "", &mut found);
    let names: BTreeSet<&String> = found.keys().chain(files.keys()).collect();
    for name in names {
        let same = found.get(name) == files.get(name);
        assert!(same, "{folder}/{name} differs: run `{}`", settings().command);
    }
}

fn read(folder: &Path, before: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Checks the list of exports in docs/extending.md. `first_call.rs` tests the page's other blocks.
#[test]
fn docs_extending_shows_what_this_client_exports() {
    const START: &str = "pub use openapi_keys_runtime::";
    let read = |name: &str| std::fs::read_to_string(workspace().join(name)).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<String>().replace(",}", "}");
    let library = words(&read("tests/other-api/src/lib.rs"));
    let page = read("docs/extending.md");
    let block = page.split("```").find_map(|block| block.find(START).map(|at| &block[at..]));
    assert!(library.contains(&words(block.unwrap())), "{block:?}");
}

#[test]
fn the_same_document_always_results_in_the_same_files() {
    assert_eq!(generate(&document()), generate(&document()));
}

#[test]
fn the_order_of_scopes_in_the_settings_affects_only_the_messages() {
    let mut shuffled = settings();
    shuffled.bounds.reverse();
    let output = openapi_keys::generate(&document(), &shuffled).unwrap();
    assert_eq!(output, generate(&document()));
}

fn client<K: Credential>(transport: &FakeTransport, credential: K) -> Client<K> {
    Client::builder(credential).transport(transport.clone()).build().unwrap()
}

/// Sends a call, responds with this body, and returns the request.
async fn sent(
    transport: &FakeTransport,
    call: impl OperationCall,
    body: &'static str,
) -> Request<Bytes> {
    transport.respond(Response::new(body));
    assert!(call.await.is_ok());
    transport.requests().pop().unwrap()
}

#[tokio::test]
async fn requests_match_the_document() {
    let transport = FakeTransport::new();
    let books = r#"{"books":[]}"#;
    let visitor = client(&transport, Visitor);
    let call = visitor.books().search("atlas of & maps").shelf(3).type_("globe".into());
    let request = sent(&transport, call, books).await;
    assert_eq!(
        request.uri(),
        "https://library.example/v2/books?shelf=3&title=atlas+of+%26+maps&type=globe"
    );
    assert!(request.headers().get("x-language").is_none(), "it was sent without being set");

    let call = visitor.books().search("maps").x_language("de");
    assert_eq!(sent(&transport, call, books).await.headers()["x-language"], "de");

    #[allow(deprecated, reason = "deprecated operations must still work")]
    let call = client(&transport, Staff).books().remove_copy("9783", 7, "lost");
    let request = sent(&transport, call, "").await;
    assert_eq!(request.uri(), "https://library.example/v2/books/9783/copies/7");
    assert_eq!(request.headers()["x-reason"], "lost");

    let reader = client(&transport, Reader);
    let loans = sent(&transport, reader.loans().list(), "{}").await;
    assert_eq!(loans.uri(), "https://loans.example/v2/loans");
    let south = sent(&transport, reader.health().health(Region::South), "").await;
    assert_eq!(south.uri(), "https://south.library.example/health");
    let count = sent(&transport, visitor.loans().platform(Region::South), r#"{"count":7}"#).await;
    assert_eq!(count.uri(), "https://south.library.example/loans/count");
}

#[tokio::test]
async fn a_default_header_is_sent_unless_a_call_sets_it() {
    let transport = FakeTransport::new();
    let builder = || Client::builder(Reader).transport(transport.clone());
    let value = HeaderValue::from_static("de");
    let client =
        builder().default_header(HeaderName::from_static("x-language"), value.clone()).build();
    let books = client.unwrap();
    let books = books.books();
    let plain = sent(&transport, books.search("maps"), r#"{"books":[]}"#).await;
    assert_eq!(plain.headers()["x-language"], "de");
    let own = books.search("maps").x_language("fr");
    let own = sent(&transport, own, r#"{"books":[]}"#).await;
    assert_eq!(own.headers().get_all("x-language").iter().collect::<Vec<_>>(), ["fr"]);

    let header = catalogue::SECURITY_SCHEMES.iter().find_map(|scheme| scheme.header()).unwrap();
    let error = builder().default_header(HeaderName::from_static(header), value).build();
    assert_eq!(
        error.unwrap_err().kind(),
        ErrorKind::InvalidArgument,
        "{header} is reserved for a credential"
    );
}

/// Reads a revision from a response with this body.
async fn revision(body: &'static str) -> types::Revision {
    let transport = FakeTransport::new();
    transport.respond(Response::new(body));
    client(&transport, Staff).books().revise("9783").title("Maps").await.unwrap()
}

#[tokio::test]
async fn an_accessor_returns_the_field() {
    let revision = revision(
        r#"{"body":"", "editor":"Ada", "finalPages":7, "kind":"globe", "due":"2031-01-31T00:00:00Z",
            "previous":{"body":"before"}, "type":"reprint"}"#,
    )
    .await;
    let found = (revision.editor().unwrap(), revision.final_pages().unwrap());
    assert_eq!(found, ("Ada", 7));
    assert_eq!(revision.kind().unwrap().as_str(), "globe");
    assert_eq!(revision.due().unwrap().to_string(), "2031-01-31T00:00:00Z");
    assert_eq!(revision.previous().unwrap().body, "before");
    assert_eq!(revision.type_().unwrap(), "reprint");
}

#[tokio::test]
async fn an_accessor_reports_what_the_response_lacks() {
    let called = revision(r#"{"body":"", "finalPages":null, "previous":{"body":""}}"#).await;
    let error = called.final_pages().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::MissingField, Outcome::Executed));
    assert_eq!(error.operation_id(), Some("reviseBook"));
    let text = |field: &str| {
        format!(
            "`reviseBook` succeeded, but its response has no `{field}`. The write was executed: don't \
             send it again."
        )
    };
    assert_eq!(error.to_string(), text("finalPages"));
    assert_eq!(called.previous().unwrap().editor().unwrap_err().to_string(), text("editor"));
    let read: types::Revision =
        serde_json::from_str(r#"{"body":"", "previous":{"body":""}}"#).unwrap();
    let error = read.type_().unwrap_err();
    assert_eq!(error.to_string(), "the response has no `type`");
    assert_eq!(read, called, "equality ignores the operation");
    let json = r#"{"body":"","remarks":[],"previous":{"body":"","remarks":[]}}"#;
    assert_eq!(serde_json::to_string(&called).unwrap(), json, "the JSON has no operation");
}

#[test]
fn a_body_accepts_convertible_values() {
    let card: Card = "17".parse().unwrap();
    let kept = types::Reservation::new("north", card, "a note").unwrap();
    let kept = kept.other("18").unwrap().way("south").cleared(None);
    let json =
        r#"{"desk":"north","card":"17","note":"a note","other":"18","way":"south","cleared":null}"#;
    assert_eq!(serde_json::to_string(&kept).unwrap(), json);
}

#[test]
fn an_argument_that_does_not_convert_is_reported_without_its_value() {
    let new = types::Reservation::new("north", "hunter2", "").unwrap_err();
    let kept = types::Reservation::new("north", "17", "").unwrap();
    let set = kept.other("hunter2").unwrap_err();
    for (error, name) in [(new, "card"), (set, "other")] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
        let text = format!("the argument `{name}` is invalid: a card has digits only");
        assert_eq!(error.to_string(), text);
        assert!(error.source().is_some_and(|source| source.is::<NotACard>()));
    }
}

/// The methods that every call has, and the field with the shared part of calls.
const OF_CALLS: [&str; 14] = [
    "body",
    "body_field",
    "call",
    "expect",
    "header",
    "is_err",
    "is_ok",
    "operation",
    "query",
    "retries",
    "timeout",
    "unwrap",
    "with_response",
    "without_retries",
];

fn options(transport: &FakeTransport) -> options::Client<Visitor> {
    options::Client::builder(Visitor).transport(transport.clone()).build().unwrap()
}

#[tokio::test]
async fn a_parameter_with_the_name_of_an_option_gets_an_underscore() {
    let transport = FakeTransport::new();
    let call = options(&transport)
        .client()
        .get("call")
        .body_("body")
        .body_field_("body_field")
        .expect_("expect")
        .header_("header")
        .is_err_("is_err")
        .is_ok_("is_ok")
        .operation_("operation")
        .query_("query")
        .retries_("retries")
        .timeout_("timeout")
        .unwrap_("unwrap")
        .with_response_("with_response")
        .without_retries_("without_retries")
        .timeout(Duration::from_secs(5))
        .header("x-trace", "1");
    let request = sent(&transport, call, "").await;
    let (path, query) = request.uri().path_and_query().unwrap().as_str().split_once('?').unwrap();
    assert_eq!(path, "/options/call");
    let sent: BTreeSet<&str> = query.split('&').collect();
    let names = OF_CALLS.iter().filter(|&&name| name != "call");
    let expected: Vec<String> = names.map(|name| format!("{name}={name}")).collect();
    assert_eq!(sent, expected.iter().map(String::as_str).collect());
    assert_eq!(request.headers()["x-trace"], "1");
}

#[tokio::test]
async fn a_field_with_the_name_of_an_option_gets_an_underscore() {
    let transport = FakeTransport::new();
    let call = options(&transport)
        .client()
        .self_()
        .body_("body")
        .body_field_("body_field")
        .call_("call")
        .expect_("expect")
        .header_("header")
        .is_err_("is_err")
        .is_ok_("is_ok")
        .operation_("operation")
        .query_("query")
        .retries_("retries")
        .timeout_("timeout")
        .unwrap_("unwrap")
        .with_response_("with_response")
        .without_retries_("without_retries")
        .body_field("more", 1);
    let request = sent(&transport, call, "").await;
    let sent: BTreeMap<String, serde_json::Value> = serde_json::from_slice(request.body()).unwrap();
    let mut expected: BTreeMap<String, serde_json::Value> =
        OF_CALLS.iter().map(|&name| (name.to_owned(), name.into())).collect();
    expected.insert("more".to_owned(), 1.into());
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_field_with_the_name_of_a_parameter_gets_an_underscore() {
    let transport = FakeTransport::new();
    let required = options::operations::PutArguments {
        timeout_: "path".to_owned(),
        from: "a".to_owned(),
        to: "b".to_owned(),
    };
    let call = options(&transport).request().put(required);
    let call = call.state(7).state_("field").timeout__("field").made_by_new("field");
    let body = call.body().unwrap().clone();
    let request = sent(&transport, call, "").await;
    assert_eq!(request.uri(), "https://options.example/options/path/both?state=7");
    let expected =
        r#"{"from":"a","to":"b","timeout":"field","state":"field","made_by_new":"field"}"#;
    assert_eq!(request.body(), expected);
    assert_eq!(serde_json::to_string(&body).unwrap(), expected);
    // `put_from` is itself an operation of the document, so the method that takes a body is `put_from_`.
    let call = options(&transport).request().put_from_("other", &body);
    assert_eq!(sent(&transport, call, "").await.uri().path(), "/options/other/both");
    let call = options(&transport).request().put_from("third");
    assert_eq!(sent(&transport, call, "").await.method(), "POST");
}

#[tokio::test]
async fn values_that_the_client_fills_in_are_sent_and_recursive_fields_are_returned() {
    let transport = FakeTransport::new();
    let client = options(&transport);
    transport.respond(Response::new(r#"{"branch":{"again":{}}, "default":"x"}"#));
    let root = client.request().keep("17").into("a").await.unwrap();
    assert_eq!(transport.requests()[0].uri().path(), "/options/kept/0");
    assert_eq!(transport.requests()[0].body(), r#"{"card":"17","into":"a"}"#);
    let branch = root.branch.as_ref().unwrap();
    assert_eq!(root.default().unwrap(), "x");
    let error = branch.again().unwrap().again().unwrap_err();
    assert_eq!(error.operation_id(), Some("keep"));
}

#[test]
fn open_enums_keep_unknown_values() {
    for value in ["novel", "unknown", "comic"] {
        let kind: types::Kind = serde_json::from_value(value.into()).unwrap();
        assert_eq!(serde_json::to_value(&kind).unwrap(), value);
    }
    assert!(
        serde_json::from_str::<types::Condition>("\"burnt\"").is_err(),
        "a closed enum rejects an unknown value"
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
fn the_catalogue_lists_the_alternatives_of_security() {
    let loans = &other_api::catalogue::LIST_LOANS;
    let alternatives: Vec<String> = loans.security.iter().map(ToString::to_string).collect();
    assert_eq!(alternatives, ["reader", "branch and staff"]);
    assert_eq!(loans.bound, Some("Known"));
    assert_eq!(
        other_api::catalogue::HEALTH.bound,
        None,
        "with an empty alternative, anyone may call the operation"
    );
}

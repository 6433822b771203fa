//! Tests who may call an operation with its own `security`, an operation that inherits the
//! document's, and an operation without any.

use openapi_keys::{MissingSecurity, Settings, generate};

use super::{decisions, file, generated, generated_with, has, omitted, open, settings};

const DOCUMENT: &str = "openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example }]
security: [{ key: [] }]
paths:
  /orders:
    get: { operationId: inherited, responses: { '204': { description: Done } } }
    put: { operationId: own, security: [{ token: [write] }], responses: { '204': { description: Done } } }
    post: { operationId: anyone, security: [], responses: { '204': { description: Done } } }
    delete: { operationId: optional, security: [{ key: [] }, {}], responses: { '204': { description: Done } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://shop.example/t, scopes: { write: Writes } } } }
";

#[test]
fn an_operation_uses_its_own_security_or_inherits_it() {
    let output = generated(DOCUMENT);
    has(&output, "operations/api/inherited.rs", &["where", "K:requirements::HasKey,"]);
    has(&output, "operations/api/own.rs", &["K:requirements::TokenWithWrite,"]);
    for open in ["operations/api/anyone.rs", "operations/api/optional.rs"] {
        let text = file(&output, open);
        assert!(!text.contains("requirements::"), "{text}");
    }
    assert_eq!(output.report.decision_counts().get("no-security"), None);
}

const NONE: &str = "openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example }]
paths:
  /orders:
    get: { operationId: list, responses: { '204': { description: Done } } }
  /health:
    get: { operationId: health, security: [], responses: { '204': { description: Done } } }
";

/// The author may have forgotten the `security`. If the operation were generated, anyone could
/// call it.
#[test]
fn an_operation_without_any_security_is_left_out() {
    let output = generated(NONE);
    assert_eq!(omitted(&output), [("list", "no-security", 6)]);
    assert!(output.report.omitted[0].reason.contains("`GET /orders`"));
    assert_eq!((output.report.operations, output.report.generated), (2, 1));
    has(&output, "operations/api/health.rs", &["pubfnhealth(&self)->HealthCall"]);
}

#[test]
fn the_settings_can_open_operations_without_security() {
    let output = generated_with(NONE, &open());
    assert_eq!((omitted(&output).len(), output.report.generated), (0, 2));
    let open = decisions(&output, NONE, "no-security");
    assert!(
        matches!(&open[..], [(6, text)] if text.contains("anyone can call operation `GET /orders`")),
        "{open:?}"
    );
}

fn declared() -> Settings {
    settings().with_missing_security(MissingSecurity::Declared)
}

/// Returns a document with `GET /keys`, which requires a key, and `GET /orders`. Inserts
/// `operation` before the `responses` of `GET /orders`, and `path` before the `get` of `/orders`.
fn beside_a_key(operation: &str, path: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Shop, version: '1' }}
servers: [{{ url: https://shop.example }}]
paths:
  /orders:
    {path}
    get: {{ operationId: list, {operation} responses: {{ '204': {{ description: Done }} }} }}
  /keys:
    get: {{ operationId: keys, security: [{{ key: [] }}], responses: {{ '204': {{ description: Done }} }} }}
components:
  securitySchemes:
    key: {{ type: apiKey, in: header, name: X-Key }}
"
    )
}

#[test]
fn an_operation_without_security_is_open_beside_one_with_a_key() {
    let text = beside_a_key("", "summary: Orders");
    let output = generated_with(&text, &declared());
    assert_eq!((omitted(&output).len(), output.report.generated), (0, 2));
    let open = decisions(&output, &text, "no-security");
    assert!(
        matches!(&open[..], [(7, text)] if text.contains("use `--unsecured refuse`")),
        "{open:?}"
    );
    assert!(!file(&output, "operations/api/list.rs").contains("requirements::"));
    has(&output, "operations/api/keys.rs", &["K:requirements::HasKey,"]);
}

/// An author who wrote something like `security` didn't want everyone to have access.
#[test]
fn an_operation_with_a_damaged_security_is_never_open() {
    for (operation, path, code, line) in [
        ("security: { key: [] },", "summary: Orders", "security-shape", 7),
        ("security: key,", "summary: Orders", "security-shape", 7),
        ("security: ,", "summary: Orders", "no-security", 7),
        ("securty: [{ key: [] }],", "summary: Orders", "no-security", 7),
        ("Security: [{ key: [] }],", "summary: Orders", "no-security", 7),
        ("", "security: [{ key: [] }]", "no-security", 6),
        ("", "secruity: [{ key: [] }]", "no-security", 6),
    ] {
        let text = beside_a_key(operation, path);
        let output = generated_with(&text, &declared());
        assert_eq!(omitted(&output), [("list", code, line)], "{text}");
    }
    // A `security` in a path may be meant for all of the path's operations.
    let path = "security: [{ key: [] }]\n    put: { operationId: add, responses: { '204': { description: Done } } }";
    let output = generated_with(&beside_a_key("", path), &declared());
    assert_eq!(omitted(&output), [("add", "no-security", 6), ("list", "no-security", 6)]);
    for explicit in ["security: [],", "security: [{}],"] {
        let output = generated_with(&beside_a_key(explicit, "security: []"), &declared());
        assert_eq!((omitted(&output).len(), output.report.generated), (0, 2));
        assert_eq!(output.report.decision_counts().get("no-security"), None);
    }
    // `open()` opens only operations without `security`, not those with a malformed one.
    let damaged = beside_a_key("security: { key: [] },", "summary: Orders");
    assert_eq!(omitted(&generated_with(&damaged, &open())), [("list", "security-shape", 7)]);
}

/// The author may have wanted the misplaced `security` to apply to this operation.
#[test]
fn a_misplaced_security_opens_no_operation() {
    let text = beside_a_key("", "summary: Orders");
    let done = "responses: { '204': { description: Done";
    for (before, added, line) in [
        ("paths:", "securty: [{ key: [] }]\n", 4),
        ("paths:", "Security: [{ key: [] }]\n", 4),
        ("  /orders:", "  security: [{ key: [] }]\n", 5),
        ("  securitySchemes:", "  security: [{ key: [] }]\n", 11),
        (done, "securityRequirements: [{ key: [] }], ", 7),
        ("'204'", "security: [{ key: [] }], ", 7),
        ("description: Done", "security: [{ key: [] }], ", 7),
        (done, "parameters: [{ name: a, in: query, security: [{ key: [] }] }], ", 7),
        (done, "callbacks: { security: [{ key: [] }] }, ", 7),
        (done, "servers: [{ url: /v1, security: [{ key: [] }] }], ", 7),
    ] {
        let text = text.replacen(before, &format!("{added}{before}"), 1);
        let output = generated_with(&text, &declared());
        assert_eq!(omitted(&output), [("list", "no-security", line)], "{text}");
        assert!(omitted(&generated_with(&text, &open())).is_empty(), "{text}");
    }
}

/// A `security` next to a `$ref` may be meant for the operation that contains the `$ref`, even if
/// other operations refer to the same part.
#[test]
fn a_security_beside_the_reference_of_a_part_opens_no_operation() {
    let shared = "components:
  parameters: { a: { name: a, in: query, schema: { type: string } } }
  requestBodies: { b: { content: { application/json: { schema: { type: string } } } } }
  responses: { c: { description: Done } }
  examples: { d: { value: here } }
";
    let text = beside_a_key("", "post: PART").replace("get: { operationId: list, ", "put: { ");
    let text = text.replace("components:\n", shared);
    for part in [
        "parameters: [{ $ref: '#/components/parameters/a' SIBLING }], responses: { '204': { description: Done } }",
        "requestBody: { $ref: '#/components/requestBodies/b' SIBLING }, responses: { '204': { description: Done } }",
        "responses: { '204': { $ref: '#/components/responses/c' SIBLING } }",
        "responses: { '204': { $ref: '#/paths/~1keys/get/responses/204' SIBLING } }",
    ] {
        let text = text.replace("PART", &format!("{{ operationId: list, {part} }}"));
        let with = |sibling: &str| text.replace(" SIBLING", sibling);
        let beside = with(", security: [{ key: [] }]");
        let output = generated_with(&beside, &declared());
        assert_eq!(omitted(&output), [("list", "no-security", 6)], "{beside}");
        assert!(omitted(&generated_with(&beside, &open())).is_empty(), "{beside}");
        assert!(omitted(&generated_with(&with(""), &declared())).is_empty(), "{beside}");
    }
}

/// A reference in place of an operation isn't allowed, but some documents contain one.
#[test]
fn an_operation_keeps_the_security_beside_its_reference() {
    let text = beside_a_key("security: [],", "summary: Orders");
    let added = "  /admin:\n    get: { $ref: '#/paths/~1orders/get', operationId: admin, security: [{ key: [] }] }\n";
    let text = text.replace("  /keys:", &format!("{added}  /keys:"));
    let output = generated_with(&text, &declared());
    assert_eq!(omitted(&output), []);
    has(&output, "operations/api/admin.rs", &["K:requirements::HasKey,"]);
    assert!(!file(&output, "operations/api/list.rs").contains("requirements::"));
}

/// Credentials that can't be sent together become alternatives.
#[test]
fn each_operation_with_two_credentials_in_one_place_is_reported() {
    let text = beside_a_key("security: [{ key: [], other: [] }],", "summary: Orders");
    let other = "securitySchemes:\n    other: { type: apiKey, in: header, name: X-Key }";
    let text = text.replace("securitySchemes:", other);
    let text = text.replace("security: [{ key: [] }]", "security: [{ other: [], key: [] }]");
    let output = generated_with(&text, &declared());
    let found = decisions(&output, &text, "shared-places");
    let titles: Vec<&str> = found.iter().filter_map(|(_, text)| text.split('`').nth(1)).collect();
    assert_eq!(titles, ["GET /orders", "GET /keys"], "{found:?}");
}

/// If the misspelt key were ignored, the top-level `security` would open the operation without a
/// warning.
#[test]
fn an_operation_with_a_misspelt_security_does_not_become_open() {
    let text = |security: &str, operation: &str| {
        let text = beside_a_key(operation, "summary: Orders");
        text.replace("paths:", &format!("security: {security}\npaths:"))
    };
    let misspelt = "securty: [{ key: [] }],";
    for security in ["[]", "[{}]", "[{ key: [] }, {}]"] {
        for settings in [declared(), settings()] {
            let output = generated_with(&text(security, misspelt), &settings);
            assert_eq!(omitted(&output), [("list", "no-security", 8)], "{security}");
            assert!(omitted(&generated_with(&text(security, ""), &settings)).is_empty());
        }
    }
    let secured = generated_with(&text("[{ key: [] }]", misspelt), &declared());
    assert_eq!(omitted(&secured), [("list", "no-security", 8)]);
    // `x-security` may be an unrelated extension, so the operation is left out only if anyone could
    // call it otherwise.
    let extension = "x-security: [{ key: [] }],";
    let secured = generated_with(&text("[{ key: [] }]", extension), &declared());
    has(&secured, "operations/api/list.rs", &["K:requirements::HasKey,"]);
    let open = generated_with(&text("[]", extension), &declared());
    assert_eq!(omitted(&open), [("list", "no-security", 8)]);
}

#[test]
fn optional_credentials_open_no_other_operation() {
    for security in ["[]", "[{}]", "[{ key: [] }, {}]"] {
        let text = beside_a_key("", "summary: Orders").replace("[{ key: [] }]", security);
        let output = generated_with(&text, &declared());
        assert_eq!(omitted(&output), [("list", "no-security", 7)], "{security}");
    }
}

#[test]
fn an_undeclared_scheme_does_not_open_an_operation() {
    let text = DOCUMENT.replace("token: [write]", "ghost: []");
    for settings in [settings(), open()] {
        let output = generate(&text, &settings).unwrap();
        assert_eq!(omitted(&output), [("own", "unknown-security-scheme", 8)]);
        assert!(!output.client.contains_key("operations/api/own.rs"));
    }
}

#[test]
fn the_reason_says_whether_the_document_has_a_security() {
    let refused = settings().with_missing_security(MissingSecurity::Refused);
    let without = beside_a_key("", "summary: Orders");
    let with = without.replace("paths:", "security: [{ key: [] }]\npaths:");
    for (text, settings, expected) in [
        (&without, &refused, "neither operation `GET /orders` nor the document has `security`"),
        (
            &with,
            &refused,
            "operation `GET /orders` has no `security`, and the settings don't let it",
        ),
        (
            &beside_a_key("security: ,", "summary: Orders"),
            &declared(),
            "its `security` has no value, so it isn't known who can call operation `GET /orders`",
        ),
    ] {
        let output = generated_with(text, settings);
        let [omitted] = &output.report.omitted[..] else { panic!("{:?}", output.report.omitted) };
        assert!(omitted.reason.starts_with(expected), "{}", omitted.reason);
    }
}

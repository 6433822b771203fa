//! Tests who may call an operation with its own `security`, an operation that inherits the
//! document's, and an operation without any.

use openapi_keys::generate;

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
    assert_eq!(output.report.warnings.get("no-security"), None);
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

/// An operation with a forgotten `security` would be open to anyone if it were generated.
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
    assert!(matches!(&open[..], [(6, text)] if text.contains("1 operation")), "{open:?}");
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

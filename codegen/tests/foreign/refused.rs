//! Tests rejected documents and omitted operations, each with its line.

use openapi_keys::{check_text, generate};

use super::{DONE, HEAD, decisions, generated, has, omitted, open, settings};

/// Returns the only error of a document: its code, its line, and the rendered text.
#[track_caller]
fn refused(text: &str) -> (&'static str, u32, String) {
    let mistakes = generate(text, &open()).unwrap_err();
    assert_eq!(check_text("openapi.yaml", text, &open()).unwrap_err().list(), mistakes.list());
    let [mistake] = mistakes.list() else { panic!("{mistakes}") };
    let start = mistake.labels[0].span.start;
    let line = u32::try_from(text[..start].matches('\n').count()).unwrap() + 1;
    (mistake.code, line, mistakes.to_string())
}

#[test]
fn other_versions_are_rejected_with_one_error() {
    let later = format!("{HEAD}paths: {{}}\n").replace("3.0.3", "3.2.0");
    let (code, line, text) = refused(&later);
    assert_eq!((code, line), ("openapi-version", 1));
    assert!(text.contains("OpenAPI version 3.2.0 is not supported"), "{text}");
    assert!(text.contains("only 3.0.x and 3.1.x are supported"), "{text}");
    let (code, line, text) =
        refused("info: { title: T, version: '1' }\nswagger: '2.0'\npaths: {}\n");
    assert_eq!((code, line), ("openapi-version", 2));
    assert!(text.contains("Swagger"), "{text}");
    for version in ["3.0.0", "3.0.4", "3.1.0", "3.1.1"] {
        let text = format!("{HEAD}paths: {{ /a: {{ get: {{ operationId: a, {DONE} }} }} }}\n");
        generated(&text.replace("3.0.3", version));
    }
}

#[test]
fn missing_required_keys_are_reported_with_their_line() {
    let (code, line, _) = refused("openapi: 3.0.3\npaths: {}\n");
    assert_eq!((code, line), ("not-openapi", 1));
    let (code, line, text) =
        refused("openapi: 3.0.3\ninfo:\n  title: T\n  version: 1.0\npaths: {}\n");
    assert_eq!((code, line), ("not-openapi", 4));
    assert!(text.contains("version: \"1.0\""), "{text}");
    let (code, line, _) = refused("openapi: 3.0.3\ninfo: { title: T, version: '1' }\n");
    assert_eq!((code, line), ("missing-paths", 1));
    // Without the invalid part, these documents would have no operations.
    let (code, line, _) =
        refused(&format!("{HEAD}paths:\n  /a:\n    get:\n      operationId: a\n"));
    assert_eq!((code, line), ("invalid", 7));
    let (code, line, _) = refused("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {\n");
    assert_eq!((code, line), ("yaml-syntax", 4));
}

#[test]
fn operations_without_required_keys_are_left_out() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get: {{ operationId: a, {DONE} }}
    put: {{ operationId: b }}
    post: {{ operationId: c, responses: {{ '200': {{}} }} }}
    delete: {{ operationId: d, parameters: [{{ in: query }}], {DONE} }}
    patch: []
    trace: {{ operationId: e, {DONE} }}
"
    );
    let output = generated(&text);
    assert_eq!(
        omitted(&output),
        [
            ("b", "invalid", 8),
            ("c", "invalid", 9),
            ("d", "invalid", 10),
            ("PATCH /a", "invalid", 11),
            ("e", "method", 12),
        ]
    );
    assert_eq!((output.report.operations, output.report.generated), (6, 1));
}

#[test]
fn references_to_other_documents_are_not_followed() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get: {{ operationId: a, parameters: [{{ $ref: 'parameters.yaml#/id' }}], {DONE} }}
    put: {{ operationId: b, parameters: [{{ $ref: '#/components/parameters/Gone' }}], {DONE} }}
    post:
      operationId: c
      responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: 'file:///etc/passwd' }} }} }} }} }}
  /b: {{ $ref: 'https://evil.example/paths.yaml' }}
"
    );
    let output = generated(&text);
    assert_eq!(
        omitted(&output),
        [("a", "external-reference", 7), ("b", "unresolved-reference", 8)]
    );
    has(&output, "operations/api/c.rs", &["pubfnc(&self)->CCall"]);
    has(&output, "types/c_response.rs", &["(pubValue)"]);
    let lines: Vec<usize> =
        decisions(&output, &text, "external-reference").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [11, 12]);
    assert_eq!(settings().source, "openapi.yaml");
}

/// Without a limit, a document full of references to one large part would take quadratic time.
#[test]
fn operations_that_copy_too_much_are_left_out() {
    let data = "0,".repeat(90_000);
    let large = format!("{{ responses: {{ '204': {{ description: Done }} }}, x-data: [{data}0] }}");
    let paths: String = ["a", "b", "c", "d", "e"]
        .map(|id| format!("  /{id}:\n    get: {{ operationId: {id}, $ref: '#/x-large' }}\n"))
        .concat();
    let output = generated(&format!("{HEAD}x-large: {large}\npaths:\n{paths}"));
    assert_eq!(omitted(&output), [("e", "reference-size", 16)]);
    assert!(output.report.omitted[0].reason.contains("`#/x-large` is too large to copy"));
}

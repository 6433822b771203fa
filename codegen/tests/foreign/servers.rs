//! Tests origins and server paths.

use super::{decisions, generated_with, has, open};

const DOCUMENT: &str = "openapi: 3.0.3
info: { title: Shop, version: '1' }
servers:
  - url: https://{region}.shop.example/{version}/
    variables:
      region: { default: eu, enum: [eu, us] }
      version: { default: v2 }
  - url: https://other.example
paths:
  /orders:
    get: { operationId: listOrders, responses: { '204': { description: Done } } }
  /files:
    servers: [{ url: https://files.example/store }]
    get: { operationId: listFiles, responses: { '204': { description: Done } } }
    delete:
      operationId: removeFiles
      servers: [{ url: https://admin.example }]
      responses: { '204': { description: Done } }
  /local:
    servers: [{ url: /v9 }]
    get: { operationId: local, responses: { '204': { description: Done } } }
";

#[test]
fn each_operation_has_the_nearest_servers_with_their_paths() {
    let output = generated_with(DOCUMENT, &open());
    has(
        &output,
        "catalogue.rs",
        &[
            r#"Operation::new("listOrders",Method::GET,"/v2/orders")"#,
            r#"Operation::new("listFiles",Method::GET,"/store/files")"#,
            r#"Operation::new("removeFiles",Method::DELETE,"/files")"#,
            r#"Operation::new("local",Method::GET,"/v9/local")"#,
            r#""list_orders").servers(&["https://eu.shop.example"])"#,
            r#""list_files").servers(&["https://files.example"])"#,
            r#""remove_files").servers(&["https://admin.example"])"#,
            r#""local").servers(&["https://server.invalid"])"#,
        ],
    );
    has(&output, "operations/api/list_orders.rs", &[r#"request.path("/v2/orders")"#]);
    has(&output, "operations/api/remove_files.rs", &[r#"request.path("/files")"#]);
}

#[test]
fn variable_defaults_and_servers_without_a_host_are_reported() {
    let output = generated_with(DOCUMENT, &open());
    let variables = decisions(&output, DOCUMENT, "server-variable");
    let lines: Vec<usize> = variables.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [6, 7]);
    assert!(variables[0].1.contains("`region`") && variables[0].1.contains("`eu`"));
    let missing = decisions(&output, DOCUMENT, "missing-servers");
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].1.contains("https://server.invalid"), "{missing:?}");
}

#[test]
fn a_document_without_servers_requires_an_origin_in_the_builder() {
    let text = "openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /orders: { get: { operationId: list, responses: { '204': { description: Done } } } }
";
    let output = generated_with(text, &open());
    has(&output, "catalogue.rs", &[r#".servers(&["https://server.invalid"])"#]);
    has(&output, "client.rs", &["pubfnorigin(mutself,origin:&str)->Result<Self,Error>"]);
    assert_eq!(decisions(&output, text, "missing-servers").len(), 1);
}

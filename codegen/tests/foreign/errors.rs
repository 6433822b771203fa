//! Tests error bodies and response headers.

use super::{HEAD, decisions, generated, has, omitted};

/// Returns a document with these responses for `GET /orders`, in addition to a success response.
fn document(responses: &str) -> String {
    document_with(responses, "")
}

fn document_with(responses: &str, more: &str) -> String {
    format!(
        "{HEAD}paths:
  /orders:
    get:
      operationId: list
      responses:
        '204': {{ description: Done }}
{responses}{more}components:
  schemas:
    Problem: {{ type: object, required: [title], properties: {{ title: {{ type: string }} }} }}
    Conflict: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }} }}
"
    )
}

/// Returns an error response with a body.
fn error(status: &str, media: &str, schema: &str) -> String {
    format!(
        "        '{status}': {{ description: It is, content: {{ {media}: {{ schema: {schema} }} }} }}\n"
    )
}

const PROBLEM: &str = "{ $ref: '#/components/schemas/Problem' }";
const CONFLICT: &str = "{ $ref: '#/components/schemas/Conflict' }";
const JSON: &str = "application/json";
const LIST: &str = "operations/api/list.rs";

#[track_caller]
fn lacks(output: &openapi_keys::Output, name: &str, unexpected: &str) {
    let text = &output.client[name];
    assert!(!text.contains(unexpected), "{name} must not contain {unexpected}:\n{text}");
}

#[test]
fn several_error_types_become_an_enum_in_order_of_precedence() {
    let text = document(&format!(
        "{}{}{}{}{}        '410': {{ description: Gone }}\n        '505': {{ description: Old }}\n",
        error("default", JSON, PROBLEM),
        error("5xx", JSON, CONFLICT),
        error("409", "application/vnd.shop.v2+json", CONFLICT),
        error("422", "application/problem+json; charset=utf-8", PROBLEM),
        error("418", JSON, PROBLEM),
    ));
    let output = generated(&text);
    has(
        &output,
        LIST,
        &[
            "pubenumListError{",
            "Conflict(types::Conflict),",
            "Status418(types::Problem),",
            "UnprocessableContent(types::Problem),",
            "ServerError(types::Conflict),",
            "Other(types::Problem),}",
            "410|505=>None,409=>body.read().map(Self::Conflict),418=>",
            "_ifbody.is_server_error()=>body.read().map(Self::ServerError),_=>body.read().map(Self::Other),}",
            "///*`409Conflict`:Itis.",
            "///*`410Gone`.",
            "///*`5XX`:Itis.///*`default`:Itis.",
        ],
    );
    assert_eq!(decisions(&output, &text, "error-body"), []);
}

#[test]
fn a_single_error_type_is_named_in_the_documentation() {
    let text = document(&format!(
        "{}{}        '404': {{ description: No such order }}\n",
        error("400", JSON, PROBLEM),
        error("default", JSON, PROBLEM)
    ));
    let output = generated(&text);
    lacks(&output, LIST, "enum");
    has(
        &output,
        LIST,
        &[
            "///#Errors",
            "///*`404NotFound`:Nosuchorder.",
            "[`types::Problem`](crate::generated::types::Problem)",
        ],
    );
}

#[test]
fn a_default_that_is_the_only_response_is_the_success_response() {
    let text = document(&error("default", JSON, PROBLEM)).replace("        '204'", "        x-a");
    let output = generated(&text);
    has(&output, LIST, &["CallCore<types::Problem>"]);
    lacks(&output, LIST, "# Errors");
}

#[test]
fn bodies_that_are_not_json_or_are_any_json_have_no_type() {
    let text = document(&format!(
        "{}{}{}{}",
        error("400", "text/plain", "{ type: string }"),
        error("401", JSON, "{}"),
        error("403", JSON, "{ type: object, description: Any }"),
        error("404", JSON, PROBLEM),
    ));
    let output = generated(&text);
    lacks(&output, LIST, "enum");
    let found = decisions(&output, &text, "error-body");
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [11]);
    assert!(!output.client.contains_key("types/list_response401.rs"));
}

/// If the type weren't shared, each operation would have a separate type for the same error.
#[test]
fn the_same_body_in_several_places_becomes_one_type() {
    let inline =
        "{ type: object, description: D, properties: { code: { type: integer, example: 1 } } }";
    let same = "{ type: object, title: T, properties: { code: { type: integer, example: 2 } } }";
    let other = "{ type: object, properties: { code: { type: string } } }";
    let shared = "{ type: object, properties: { reason: { type: string } } }";
    let more = format!(
        "    put:
      operationId: replace
      responses:
        '204': {{ description: Done }}
        '404': {{ $ref: '#/components/responses/404-problem' }}
{}{}    post:
      operationId: create
      responses:
        '204': {{ description: Done }}
        '404': {{ $ref: '#/components/responses/404-problem' }}
        '409': {{ $ref: '#/components/responses/conflict' }}
",
        error("400", JSON, same),
        error("401", JSON, other)
    );
    let text = document_with(&error("400", JSON, inline), &more)
        + &format!(
            "  responses:
    404-problem: {{ description: None, content: {{ {JSON}: {{ schema: {shared} }} }} }}
    conflict: {{ description: None, content: {{ {JSON}: {{ schema: {{ type: array, items: {PROBLEM} }} }} }} }}
"
        );
    let output = generated(&text);
    has(&output, "operations/api/list.rs", &["[`types::ErrorBody`]"]);
    has(
        &output,
        "operations/api/replace.rs",
        &[
            "BadRequest(types::ErrorBody),",
            "Unauthorized(types::ReplaceResponse401),",
            "NotFound(types::Error404Problem),",
        ],
    );
    // `Conflict` is already the name of a different schema in the document.
    has(
        &output,
        "operations/api/create.rs",
        &["NotFound(types::Error404Problem),", "Conflict(types::ConflictError),"],
    );
    let types = output.client.keys().filter(|name| name.starts_with("types/")).count();
    assert_eq!(types, 7, "{:?}", output.client.keys());
}

#[test]
fn an_error_that_cannot_be_generated_does_not_omit_the_operation() {
    let wrong = "{ type: object, properties: { \"a\\u202Eb\": { type: string } } }";
    let text = document(&format!(
        "{}{}{}",
        error("400", JSON, PROBLEM),
        error("404", JSON, wrong),
        error("409", JSON, CONFLICT),
    ));
    let output = generated(&text);
    assert_eq!(omitted(&output), []);
    has(&output, LIST, &["BadRequest(types::Problem),", "Conflict(types::Conflict),}"]);
    assert_eq!(decisions(&output, &text, "error-body").len(), 1);
}

#[test]
fn an_enum_does_not_get_the_name_of_a_group() {
    let responses = error("400", JSON, PROBLEM) + &error("409", JSON, CONFLICT);
    let text = document(&responses)
        .replace("      operationId: list", "      tags: [list error]\n      operationId: list");
    let output = generated(&text);
    has(&output, "operations/list_error/list.rs", &["pubenumListErrorBody{"]);
}

/// Returns a document with a response that has these headers.
fn headers(headers: &str) -> String {
    let text = document("");
    text.replace("description: Done", &format!("description: Done, headers: {{ {headers} }}"))
}

#[test]
fn headers_have_types() {
    let text = headers(
        "X-Count: { description: How many, schema: { type: integer } }, X-All: { schema: { type: array, items: { type: number } } }, \
         X-On: { required: true, schema: { type: boolean } }, X-Way: { schema: { type: string, enum: [a] } }, \
         X-Ref: { $ref: '#/components/headers/R' }",
    ) + "  headers: { R: { schema: { $ref: '#/components/schemas/Id' } } }\n";
    let text = text.replace("    Problem:", "    Id: { type: string }\n    Problem:");
    let output = generated(&text);
    has(
        &output,
        "headers.rs",
        &[
            "///Howmany.//////The`X-Count`header.pubconstX_COUNT:Header<i64>=Header::new(\"X-Count\");",
            "X_ALL:Header<Vec<f64>>",
            "X_ON:Header<bool>",
            "X_WAY:Header<types::XWayHeader>",
            "X_REF:Header<types::Id>",
        ],
    );
    has(&output, LIST, &["[`X-Count`](crate::generated::headers::X_COUNT)"]);
    has(&output, "mod.rs", &["pubmodheaders;"]);
}

#[test]
fn an_unreadable_header_is_recorded_and_has_no_constant() {
    let text = headers(
        "X-Object: { schema: { $ref: '#/components/schemas/Problem' } }, X-Deep: { schema: { type: array, items: { type: array, items: {} } } }, \
         X-Content: { content: { text/plain: {} } }, 'X Space': { schema: { type: string } }, X-Lost: { $ref: '#/components/headers/R' }, \
         content-type: { schema: { type: string } }",
    );
    let output = generated(&text);
    assert!(!output.client.contains_key("headers.rs"));
    lacks(&output, "mod.rs", "headers");
    assert_eq!(omitted(&output), []);
    assert_eq!(decisions(&output, &text, "header-type").len(), 4);
    assert_eq!(decisions(&output, &text, "unresolved-reference").len(), 1);
}

#[test]
fn a_header_with_a_different_type_is_named_after_its_operation() {
    let text = headers("X-Count: { schema: { type: integer } }").replace(
        "components:",
        "    put:
      operationId: replaceAll
      responses: { '204': { description: Done, headers: { x-count: { schema: { type: string } } } } }
    post:
      operationId: create
      responses: { '204': { description: Done, headers: { x-count: { schema: { type: integer } } } } }
components:",
    );
    let output = generated(&text);
    let text = &output.client["headers.rs"];
    assert_eq!(text.matches("pub const").count(), 2, "{text}");
    has(&output, "headers.rs", &["X_COUNT:Header<i64>", "REPLACE_ALL_X_COUNT:Header<String>"]);
    has(&output, "operations/api/create.rs", &["headers::X_COUNT)"]);
    has(&output, "operations/api/replace_all.rs", &["headers::REPLACE_ALL_X_COUNT)"]);
}

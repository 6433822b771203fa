//! Tests request and response bodies.

use super::{HEAD, decisions, generated, has, omitted};

fn document(operation: &str) -> String {
    format!(
        "{HEAD}paths:
  /orders:
    post:
      operationId: create
{operation}components:
  schemas:
    Order: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }} }}
    Job: {{ type: object, required: [job], properties: {{ job: {{ type: string }} }} }}
"
    )
}

fn response(status: &str, schema: &str) -> String {
    format!(
        "        '{status}': {{ description: It is, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }}\n"
    )
}

const CREATE: &str = "operations/api/create.rs";

#[test]
fn an_optional_body_is_set_on_the_call() {
    let body = "      requestBody: { required: false, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }\n      responses: { '204': { description: Done } }\n";
    let output = generated(&document(body));
    has(
        &output,
        CREATE,
        &[
            "pubfncreate(&self)->CreateCall",
            "pubfnwith_body(mutself,body:types::Order)->Self",
            "body:Option<types::Order>",
        ],
    );
    let required = body.replace("required: false", "required: true");
    has(
        &generated(&document(&required)),
        CREATE,
        &["pubfncreate(&self,id:implInto<String>)->CreateCall", "body:types::Order::new(id)"],
    );
}

/// If a document omits `required` for a body that has required properties, the body is rarely meant
/// to be optional.
#[test]
fn a_body_with_required_properties_is_required_unless_declared_optional() {
    let text = document(
        "      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }\n      responses: { '204': { description: Done } }\n",
    );
    let output = generated(&text);
    has(&output, CREATE, &["pubfncreate(&self,id:implInto<String>)->CreateCall"]);
    assert_eq!(decisions(&output, &text, "required-body").len(), 1);
}

#[test]
fn several_success_responses_become_alternatives_of_one_type() {
    let text = document(&format!(
        "      responses:\n{}{}{}",
        response("200", "Order"),
        response("202", "Job"),
        response("404", "Job")
    ));
    let output = generated(&text);
    has(&output, CREATE, &["CallCore<types::CreateResponse>"]);
    has(
        &output,
        "types/create_response.rs",
        &["pubenumCreateResponse{", "Order(Box<Order>),", "Job(Box<Job>),"],
    );
    assert_eq!(output.report.decision_counts()["several-success-bodies"], 1);
}

#[test]
fn the_same_body_of_several_success_responses_becomes_one_type() {
    let text = document(&format!(
        "      responses:\n{}{}",
        response("200", "Order"),
        response("201", "Order")
    ));
    let output = generated(&text);
    has(&output, CREATE, &["CallCore<types::Order>"]);
    assert_eq!(output.report.decision_counts().get("several-success-bodies"), None);
}

#[test]
fn success_responses_with_and_without_a_body_become_an_option() {
    let text = document(&format!(
        "      responses:\n{}        '204': {{ description: Nothing }}\n",
        response("200", "Order")
    ));
    let output = generated(&text);
    has(&output, CREATE, &["CallCore<Option<types::Order>>"]);
    assert_eq!(decisions(&output, &text, "empty-success").len(), 1);
}

#[test]
fn an_operation_with_a_form_without_fields_is_left_out() {
    let text = document(
        "      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
",
    );
    assert_eq!(omitted(&generated(&text)), [("create", "media-type", 9)]);
}

#[test]
fn json_comes_before_other_media_types() {
    let text = document(
        "      responses: { '200': { description: Both, content: { text/csv: { schema: { type: string } }, application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
",
    );
    has(&generated(&text), CREATE, &["CallCore<types::Order>"]);
    let beside = document(&format!(
        "      responses:\n{}        '202': {{ description: Later, content: {{ text/plain: {{}} }} }}\n",
        response("200", "Order")
    ));
    let output = generated(&beside);
    has(&output, CREATE, &["CallCore<types::Order>"]);
    assert_eq!(decisions(&output, &beside, "media-type").len(), 1);
}

#[test]
fn not_modified_is_a_success_response_without_a_body() {
    let not_modified = "        '304': { description: The same }\n";
    for (success, expected) in [
        (response("200", "Order"), "CallCore<Option<types::Order>>"),
        ("        '204': { description: Done }\n".to_owned(), "CallCore<()>"),
        (
            "        '200': { description: A photo, content: { image/png: {} } }\n".to_owned(),
            "CallCore<Option<openapi_keys_runtime::Bytes>>",
        ),
        (
            "        '200': { description: Text, content: { text/csv: {} } }\n".to_owned(),
            "CallCore<Option<String>>",
        ),
    ] {
        let text = document(&format!("      responses:\n{success}{not_modified}"));
        let output = generated(&text);
        has(&output, CREATE, &[expected]);
        has(&output, "catalogue.rs", &[".not_modified()"]);
        assert_eq!(decisions(&output, &text, "not-modified").len(), 1);
    }
}

/// Some documents give the schema of the whole sequence instead of the schema of one line.
#[test]
fn a_list_schema_of_json_lines_describes_the_lines() {
    for schema in [
        "{ $ref: '#/components/schemas/Order' }",
        "{ type: array, items: { $ref: '#/components/schemas/Order' } }",
    ] {
        let text = document(&format!(
            "      responses: {{ '200': {{ description: It is, content: {{ application/jsonl: {{ schema: {schema} }} }} }} }}\n"
        ));
        has(&generated(&text), CREATE, &["JsonLines<types::Order>"]);
    }
}

#[test]
fn a_success_response_that_is_not_json_has_a_type_for_its_format() {
    for (media, schema, ty, reading) in [
        ("application/pdf", "{ type: string, format: binary }", "Bytes", "bytes"),
        ("image/*", "{}", "Bytes", "bytes"),
        ("text/csv", "{ type: string }", "String", "text"),
        ("application/atom+xml", "{ type: object }", "String", "text"),
        ("text/event-stream", "{ type: string }", "EventStream<String>", "text_events"),
        (
            "text/event-stream",
            "{ $ref: '#/components/schemas/Order' }",
            "EventStream<types::Order>",
            "events",
        ),
        (
            "application/x-ndjson",
            "{ $ref: '#/components/schemas/Order' }",
            "JsonLines<types::Order>",
            "lines",
        ),
        (
            "application/jsonl",
            "{ type: array, items: { $ref: '#/components/schemas/Order' } }",
            "JsonLines<types::Order>",
            "lines",
        ),
        ("application/x-ndjson", "{ type: string }", "JsonLines<types::CreateResponse>", "lines"),
        ("text/event-stream", "{}", "EventStream<String>", "text_events"),
        // A binary schema can't be JSON.
        ("application/json", "{ type: string, format: binary }", "Bytes", "bytes"),
        ("'*/*'", "{ type: string, format: binary }", "Bytes", "bytes"),
    ] {
        let text = document(&format!(
            "      responses: {{ '200': {{ description: It is, content: {{ {media}: {{ schema: {schema} }} }} }} }}\n"
        ));
        let output = generated(&text);
        has(&output, CREATE, &[&format!("{ty}>,"), &format!("as{reading});")]);
        let accept = media.trim_matches('\'');
        // By default, a call accepts JSON.
        if accept != "application/json" {
            has(&output, "catalogue.rs", &[&format!(".accept(\"{accept}\")")]);
        }
    }
}

/// In the documents for Mistral and OpenAI's Assistants API, some schemas describe the whole event
/// instead of its data.
#[test]
fn an_event_schema_is_replaced_by_the_schema_of_its_data() {
    let order = "{ $ref: '#/components/schemas/Order' }";
    let job = "{ $ref: '#/components/schemas/Job' }";
    for (schema, expected) in [
        (
            format!("{{ type: object, required: [data], properties: {{ data: {order} }} }}"),
            "EventStream<types::Order>",
        ),
        (
            "{ type: object, properties: { id: { type: string }, event: { type: string, enum: [a] }, data: { type: string }, retry: { type: integer } } }".to_owned(),
            "EventStream<String>",
        ),
        (
            format!(
                "{{ type: array, items: {{ type: object, properties: {{ event: {{ type: string }}, data: {order} }} }} }}"
            ),
            "EventStream<types::Order>",
        ),
        (
            format!(
                "{{ oneOf: [{{ type: object, properties: {{ event: {{ type: string, enum: [a] }}, data: {order} }} }}, {{ type: object, properties: {{ event: {{ type: string, enum: [b] }}, data: {job} }} }}] }}"
            ),
            "EventStream<types::CreateResponse>",
        ),
    ] {
        let text = document(&format!(
            "      responses: {{ '200': {{ description: It is, content: {{ text/event-stream: {{ schema: {schema} }} }} }} }}\n"
        ));
        let output = generated(&text);
        has(&output, CREATE, &[expected]);
        assert_eq!(decisions(&output, &text, "event-fields").len(), 1);
    }
    let text = document(
        "      responses: { '200': { description: It is, content: { text/event-stream: { schema: { type: object, properties: { data: { type: string }, type: { type: string } } } } } } }\n",
    );
    has(&generated(&text), CREATE, &["EventStream<types::CreateResponse>"]);
}

#[test]
fn all_media_types_of_one_kind_are_accepted() {
    for (content, accept, noted) in [
        (
            "image/png: {}, application/pdf: {}, 'image/*': {}",
            "image/png, application/pdf, image/*",
            0,
        ),
        ("text/plain: {}, text/html: {}, application/pdf: {}", "text/plain, text/html", 1),
        (
            "application/x-ndjson: { schema: { type: object } }, text/csv: {}",
            "application/x-ndjson",
            1,
        ),
    ] {
        let text = document(&format!(
            "      responses: {{ '200': {{ description: It is, content: {{ {content} }} }} }}\n"
        ));
        let output = generated(&text);
        has(&output, "catalogue.rs", &[&format!(".accept(\"{accept}\")").replace(' ', "")]);
        assert_eq!(decisions(&output, &text, "several-media-types").len(), noted, "{content}");
    }
    let text = document(
        "      responses:
        '200': { description: It is, content: { text/plain: {} } }
        '201': { description: It is, content: { text/html: {} } }
        '202': { description: Later, content: { application/pdf: {} } }
",
    );
    let output = generated(&text);
    has(&output, "catalogue.rs", &[".accept(\"text/plain,text/html\")"]);
    assert_eq!(decisions(&output, &text, "media-type").len(), 1);
    let text = document(
        "      responses: { '200': { description: Both, content: { application/json: { schema: { type: object } }, text/event-stream: {} } } }\n",
    );
    let output = generated(&text);
    let noted = decisions(&output, &text, "several-media-types");
    assert!(noted[0].1.contains("`header(\"accept\", \"text/event-stream\")`"), "{noted:?}");
}

#[test]
fn callbacks_and_links_and_webhooks_are_recorded() {
    let text = document(
        "      responses: { '204': { description: Done, links: { next: { operationId: create } } } }
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { '200': { description: OK } } } } } }
",
    )
    .replace("openapi: 3.0.3", "openapi: 3.1.0")
        + "webhooks: { made: { post: { responses: { '200': { description: OK } } } } }\n";
    let output = generated(&text);
    assert_eq!((output.report.operations, output.report.generated), (1, 1));
    let noted = |code: &str| decisions(&output, &text, code).into_iter().map(|(line, _)| line);
    assert_eq!(noted("links").collect::<Vec<_>>(), [9]);
    assert_eq!(noted("callbacks").collect::<Vec<_>>(), [10]);
    assert_eq!(noted("webhooks").collect::<Vec<_>>(), [15]);
}

//! Tests bodies in the generated server: how they are read and sent, and forms that the server
//! can't read.

use openapi_keys::{Output, Server};

use super::{HEAD, generated, omitted, settings};

const DONE: &str = "responses: { \"204\": { description: Done. } }";

/// Returns a document whose operation has this body and these responses.
fn document(body: &str, responses: &str) -> String {
    format!(
        "{HEAD}paths:\n  /orders:\n    post:\n      operationId: place\n      {body}\n      {responses}\ncomponents:\n  schemas:\n    \
         Node: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/Node' }} }} }}\n    \
         Slug: {{ type: string, minLength: 1 }}\n    Hue: {{ type: string, enum: [red, blue] }}\n    \
         Grade: {{ type: integer, enum: [1, 2] }}\n"
    )
}

fn with_server(text: &str) -> Output {
    let settings = settings().with_server(Server::new("crate::runtime", "::client"));
    openapi_keys::generate(text, &settings).unwrap()
}

/// Returns the code in the server's files, without whitespace or trailing commas.
fn server(text: &str) -> String {
    let output = with_server(text);
    assert_eq!(omitted(&output), [], "{text}");
    let code: String = output.server.into_values().collect();
    code.split_whitespace().collect::<String>().replace(",)", ")")
}

fn content(media_type: &str, rest: &str) -> String {
    format!("requestBody: {{ required: true, content: {{ {media_type}: {{ {rest} }} }} }}")
}

fn form(properties: &str, rest: &str) -> String {
    let rest = format!("schema: {{ type: object, properties: {{ {properties} }} }}{rest}");
    content("application/x-www-form-urlencoded", &rest)
}

#[track_caller]
fn check(body: &str, responses: &str, expected: &[&str]) {
    let code = server(&document(body, responses));
    for expected in expected {
        assert!(code.contains(expected), "{body} {responses}: {expected}\n{code}");
    }
}

#[test]
fn each_kind_of_body_has_its_reader_and_its_type() {
    let text = "schema: { type: string }";
    check(&content("text/csv", text), DONE, &[".text(\"text/csv\")?", "body:String"]);
    check(&content("image/png", ""), DONE, &[".bytes(\"image/png\")?", "body:Bytes"]);
    check(&content("'*/*'", "").replace("true", "false"), DONE, &["body:Option<"]);
    check(
        "requestBody: { content: { text/plain: {} } }",
        DONE,
        &[".optional_text(\"text/plain\")?", "body:Option<String>"],
    );
    let node = "schema: { $ref: '#/components/schemas/Node' }";
    check(&content("application/json", node), DONE, &[".body()?", "body:types::Node"]);
    check(
        &content("application/merge-patch+json", node),
        DONE,
        &[".body_as(\"application/merge-patch+json\")?", "body:types::Node"],
    );
    let files = "schema: { type: object, required: [body], properties: { body: { type: string, format: binary }, \
                 caller: { type: array, items: { type: string, format: binary } }, \
                 c: { type: string, format: binary } } }";
    check(
        &content("multipart/form-data", files),
        DONE,
        &[
            "letmutincoming=incoming.multipart()?;",
            "letbody_parameter=incoming.file(\"body\")?;",
            "letcaller_parameter=incoming.optional_files(\"caller\")?;",
            "letc=incoming.optional_file(\"c\")?;",
            "body_parameter:File,caller_parameter:Vec<File>,c:Option<File>)",
        ],
    );
}

#[test]
fn a_file_with_the_name_of_a_parameter_is_a_separate_argument() {
    let files = "schema: { type: object, properties: { c: { type: string, format: binary } } }";
    let body = content("multipart/form-data", files);
    let parameter = "parameters: [{ name: c, in: query, schema: { type: string } }]\n      ";
    let expected = ["letc_=incoming.optional_file(\"c\")?;", "c:Option<String>,c_:Option<File>)"];
    check(&format!("{parameter}{body}"), DONE, &expected);
}

#[test]
fn a_field_has_the_kind_of_its_schema() {
    let text = "type: string";
    for (property, encoding, expected) in [
        (text, "", "Kind::Text)"),
        ("type: integer", "", "Kind::Number)"),
        ("type: number", "", "Kind::Number)"),
        ("type: boolean", "", "Kind::Boolean)"),
        ("$ref: '#/components/schemas/Slug'", "", "Kind::Text)"),
        ("$ref: '#/components/schemas/Hue'", "", "Kind::Text)"),
        ("$ref: '#/components/schemas/Grade'", "", "Kind::Number)"),
        ("$ref: '#/components/schemas/Node'", "", "Kind::Json)"),
        ("type: array, items: { type: integer }", "", "Kind::List(&Kind::Number))"),
        (
            "type: array, items: { $ref: '#/components/schemas/Node' }",
            "",
            "Kind::List(&Kind::Json))",
        ),
        ("type: object, additionalProperties: { type: string }", "", "Kind::Json)"),
        ("{}", "contentType: application/json", "Kind::Json)"),
        (
            "type: array, items: { type: string }",
            "explode: false",
            "Kind::List(&Kind::Text)).delimited(',')",
        ),
        (
            "type: array, items: { type: string }",
            "style: pipeDelimited, explode: false",
            "Kind::List(&Kind::Text)).delimited('|')",
        ),
        (
            "type: object, additionalProperties: { type: integer }",
            "explode: false",
            "Kind::Map(&Kind::Number)).delimited(',')",
        ),
        (
            "type: object, properties: { b: { type: integer } }",
            "style: form",
            "Kind::Object(&[(\"b\",Kind::Number)])).exploded()",
        ),
        (
            "type: object, properties: { b: { type: object, properties: { d: { type: boolean } } } }",
            "style: deepObject",
            "Kind::Object(&[(\"b\",Kind::Object(&[(\"d\",Kind::Boolean)]))])).deep()",
        ),
        (
            "type: object, additionalProperties: { type: integer }",
            "style: deepObject",
            "Kind::Map(&Kind::Number)).deep()",
        ),
    ] {
        let property = if property == "{}" { "" } else { property };
        let encoding = format!(", encoding: {{ c: {{ {encoding} }} }}");
        let body = form(&format!("c: {{ {property} }}"), &encoding);
        check(&body, DONE, &[&format!("incoming.form(&[Field::new(\"c\",{expected}")]);
    }
}

#[test]
fn each_kind_of_response_has_its_function_and_its_type() {
    let node = "schema: { $ref: '#/components/schemas/Node' }";
    let text = "schema: { type: string }";
    for (media_type, rest, respond, answer) in [
        ("application/json", node, "respond(StatusCode::OK,body)", "types::Node"),
        (
            "application/hal+json",
            node,
            "respond_as(\"application/hal+json\",StatusCode::OK,body)",
            "types::Node",
        ),
        ("text/csv", text, "respond_text(\"text/csv\",StatusCode::OK,body)", "String"),
        ("image/png", "", "respond_bytes(\"image/png\",StatusCode::OK,body)", "Bytes"),
        ("image/*", "", "respond_bytes(\"application/octet-stream\",StatusCode::OK,body)", "Bytes"),
        (
            "text/event-stream",
            node,
            "respond_events(StatusCode::OK,body)",
            "Items<Event<types::Node>>",
        ),
        (
            "text/event-stream",
            text,
            "respond_text_events(StatusCode::OK,body)",
            "Items<Event<String>>",
        ),
        (
            "application/x-ndjson",
            node,
            "respond_lines(\"application/x-ndjson\",StatusCode::OK,body)",
            "Items<types::Node>",
        ),
    ] {
        let content = format!("content: {{ {media_type}: {{ {rest} }} }}");
        let success = format!("\"200\": {{ description: Done., {content} }}");
        let responses = format!("responses: {{ {success} }}");
        check("", &responses, &[&format!("runtime::{respond}"), &format!("Result<{answer},")]);
        if media_type != "application/x-ndjson" && media_type != "text/event-stream" {
            let responses =
                format!("responses: {{ {success}, \"202\": {{ description: Later. }} }}");
            let arms = [
                format!("PlaceAnswer::Ok(body)=>{{runtime::{respond}}}").replace("{{", "{"),
                "PlaceAnswer::Accepted=>runtime::respond_empty(StatusCode::ACCEPTED)".to_owned(),
            ];
            check("", &responses, &[&arms[1], &format!("Ok({answer}),")]);
        }
    }
}

/// A client can write all of these forms, but in some of them, a server can't determine the type of
/// a value from its text.
#[test]
fn an_operation_with_a_form_that_a_server_cannot_read_is_left_out() {
    let either = "oneOf: [{ type: integer }, { type: string }]";
    let node = "$ref: '#/components/schemas/Node'";
    let whole = |schema: &str| {
        content("application/x-www-form-urlencoded", &format!("schema: {{ {schema} }}"))
    };
    let styled = |schema: &str, style: &str| {
        let encoding = format!(", encoding: {{ c: {{ {style} }} }}");
        form(&format!("c: {{ {schema} }}"), &encoding)
    };
    for (body, is_left) in [
        (whole("type: object"), false),
        (whole("type: object, properties: {}"), false),
        (whole("type: object, additionalProperties: { type: string }"), false),
        (whole("type: object, additionalProperties: { type: integer }"), true),
        (
            whole(
                "type: object, properties: { a: { type: string } }, additionalProperties: { type: integer }",
            ),
            true,
        ),
        (
            whole(
                "type: object, properties: { a: { type: string } }, additionalProperties: { type: string }",
            ),
            false,
        ),
        (
            whole(
                "oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }]",
            ),
            true,
        ),
        (styled(either, ""), true),
        (styled("", ""), true),
        (styled("", "contentType: application/json"), false),
        (styled(either, "contentType: application/json"), false),
        (styled(&format!("type: array, items: {{ {either} }}"), ""), true),
        (
            styled(
                &format!(
                    "oneOf: [{{ {node} }}, {{ type: object, properties: {{ b: {{ type: string }} }} }}]"
                ),
                "",
            ),
            false,
        ),
        (styled(node, "style: deepObject"), true),
        (styled(node, "style: form"), false),
        (styled("type: object, additionalProperties: { type: string }", "style: form"), true),
        (styled("type: object, additionalProperties: { type: string }", "explode: false"), false),
        (styled("type: object", "explode: false"), true),
        (
            styled(
                &format!("type: object, properties: {{ b: {{ {either} }} }}"),
                "style: deepObject",
            ),
            true,
        ),
    ] {
        let text = document(&body, DONE);
        let output = with_server(&text);
        let found: Vec<_> = omitted(&output).into_iter().map(|(id, code, _)| (id, code)).collect();
        let expected = is_left.then_some(("place", "server-body"));
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(found, expected, "{body}");
        assert_eq!(generated(&text).report.generated, 1, "{body}");
    }
}

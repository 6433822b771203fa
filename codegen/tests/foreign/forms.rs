//! Tests request bodies that aren't JSON.

use super::{HEAD, decisions, generated, has};

const SEND: &str = "operations/api/send.rs";

fn document(version: &str, media: &str, body: &str) -> String {
    let head = HEAD.replace("3.0.3", version);
    format!(
        "{head}paths:
  /orders:
    post:
      operationId: send
      requestBody: {{ content: {{ {media}: {body} }} }}
      responses: {{ '204': {{ description: Done }} }}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {{ type: string }}
        tags: {{ type: array, items: {{ type: string }} }}
        owner: {{ type: object, properties: {{ name: {{ type: string }} }} }}
    Upload:
      allOf:
        - {{ type: object, required: [file], properties: {{ file: {{ type: string, format: binary }} }} }}
        - {{ $ref: '#/components/schemas/Order' }}
"
    )
}

#[track_caller]
fn check(version: &str, media: &str, body: &str, expected: &[&str]) {
    let output = generated(&document(version, media, body));
    has(&output, SEND, expected);
    has(&output, "catalogue.rs", &[&format!(".content_type(\"{}\")", media.trim_matches('\''))]);
}

#[test]
fn a_form_has_the_properties_of_its_schema() {
    check(
        "3.0.3",
        "application/x-www-form-urlencoded",
        "{ schema: { $ref: '#/components/schemas/Order' } }",
        &[
            "pubfnsend(&self,id:implInto<String>)->SendCall",
            "pubfntags(mutself,tags:Vec<String>)->Self",
            ".form(&self.body,&[])",
        ],
    );
}

#[test]
fn the_encoding_of_a_form_is_kept() {
    check(
        "3.0.3",
        "application/x-www-form-urlencoded",
        "{ schema: { $ref: '#/components/schemas/Order' }, encoding: { owner: { style: deepObject, explode: true }, tags: { explode: false }, id: { contentType: application/json } } }",
        &[
            "&[(\"owner\",FieldStyle::Deep),(\"tags\",FieldStyle::Delimited(',')),(\"id\",FieldStyle::Json)",
        ],
    );
}

#[test]
fn a_style_that_is_not_allowed_in_forms_is_recorded() {
    let text = document(
        "3.0.3",
        "application/x-www-form-urlencoded",
        "{ schema: { $ref: '#/components/schemas/Order' }, encoding: { owner: { style: matrix, headers: { X-A: { schema: { type: string } } } } } }",
    );
    let output = generated(&text);
    has(&output, SEND, &[".form(&self.body,&[])"]);
    assert_eq!(decisions(&output, &text, "encoding-style").len(), 1);
    assert_eq!(decisions(&output, &text, "encoding-headers").len(), 1);
}

#[test]
fn files_of_a_form_become_arguments() {
    check(
        "3.0.3",
        "multipart/form-data",
        "{ schema: { $ref: '#/components/schemas/Upload' }, encoding: { file: { contentType: 'image/png' } } }",
        &[
            "pubfnsend(&self,file:implInto<Part>,id:implInto<String>)->SendCall",
            "Multipart::new().fields(&self.body,&[]).file(\"file\",self.file.take(),\"image/png\")",
        ],
    );
}

#[test]
fn a_shared_body_may_be_of_any_kind() {
    for (media, body, expected) in [
        (
            "multipart/form-data",
            "{ schema: { $ref: '#/components/schemas/Upload' } }",
            ".file(\"file\",",
        ),
        (
            "application/x-www-form-urlencoded",
            "{ schema: { $ref: '#/components/schemas/Order' } }",
            ".form(&self.body",
        ),
        ("text/plain", "{}", ".raw(\"text/plain\""),
        (
            "application/json",
            "{ schema: { type: object, properties: { a: { type: string } } } }",
            ".optional_json(self.body.as_ref())",
        ),
    ] {
        let content = format!("{{ content: {{ {media}: {body} }} }}");
        let text = document("3.0.3", media, body)
            .replace(&content, "{ $ref: '#/components/requestBodies/Sent' }")
            + &format!("  requestBodies: {{ Sent: {content} }}\n");
        assert!(text.contains("$ref: '#/components/requestBodies/Sent'"), "{text}");
        let output = generated(&text);
        has(&output, SEND, &[expected]);
        // No separate type is generated for the shared body.
        assert!(!output.client.contains_key("types/sent_body.rs"), "{media}");
    }
}

/// Files are passed by name, because positional arguments could be swapped by accident.
#[test]
fn several_required_files_are_passed_by_name() {
    check(
        "3.0.3",
        "multipart/form-data",
        "{ schema: { type: object, required: [a, b], properties: { a: { type: string, format: binary }, b: { type: string, format: binary } } } }",
        &[
            "pubfnsend(&self,arguments:SendArguments)->SendCall",
            "#[derive(Debug)]pubstructSendArguments{",
            "puba:Part,",
        ],
    );
}

#[test]
fn lists_of_files_and_optional_files_are_set_on_the_call() {
    check(
        "3.0.3",
        "multipart/form-data",
        "{ schema: { type: object, properties: { many: { type: array, items: { type: string, format: binary } }, one: { type: string, format: binary } } } }",
        &[
            "pubfnsend(&self)->SendCall",
            "pubfnmany(mutself,many:Vec<Part>)->Self",
            "pubfnone(mutself,one:implInto<Part>)->Self",
            "Multipart::new().files(\"many\",self.many.take(),\"application/octet-stream\").file(\"one\",",
        ],
    );
}

/// OpenAPI 3.1 describes files by their media type.
#[test]
fn a_file_is_recognised_by_its_media_type() {
    for file in [
        "{ type: string, contentMediaType: image/png }",
        "{ type: string, contentMediaType: application/octet-stream }",
    ] {
        check(
            "3.1.0",
            "multipart/form-data",
            &format!(
                "{{ schema: {{ type: object, required: [file], properties: {{ file: {file} }} }} }}"
            ),
            &["pubfnsend(&self,file:implInto<Part>)->SendCall"],
        );
    }
}

/// FastAPI writes an optional file as `anyOf`, and many documents wrap a reference in `allOf` to
/// add a description.
#[test]
fn a_file_may_be_inside_a_composition() {
    for (version, file, argument) in [
        (
            "3.0.3",
            "{ allOf: [{ $ref: '#/components/schemas/Bytes' }], nullable: true }",
            "implInto<Part>",
        ),
        (
            "3.0.3",
            "{ description: A, allOf: [{ $ref: '#/components/schemas/Bytes' }] }",
            "implInto<Part>",
        ),
        (
            "3.1.0",
            "{ anyOf: [{ type: string, format: binary }, { type: 'null' }] }",
            "implInto<Part>",
        ),
        (
            "3.1.0",
            "{ anyOf: [{ type: array, items: { type: string, format: binary } }, { type: 'null' }] }",
            "Vec<Part>",
        ),
        (
            "3.0.3",
            "{ oneOf: [{ type: string, format: binary }, { type: array, items: { $ref: '#/components/schemas/Bytes' } }] }",
            "Vec<Part>",
        ),
        (
            "3.1.0",
            "{ type: [string, 'null'], contentMediaType: application/gzip }",
            "implInto<Part>",
        ),
        (
            "3.0.3",
            "{ oneOf: [{ type: string, format: binary }, { type: object, properties: { url: { type: string } } }] }",
            "types::",
        ),
    ] {
        let body = format!("{{ schema: {{ type: object, properties: {{ file: {file} }} }} }}");
        let text = document(version, "multipart/form-data", &body)
            + "    Bytes: { type: string, format: binary }\n";
        has(&generated(&text), SEND, &[&format!("pubfnfile(mutself,file:{argument}")]);
    }
}

/// In OpenAPI 3.1.1, the example in the section "Considerations for File Uploads" doesn't declare a
/// type. In 3.0, a part without a type can be any JSON value.
#[test]
fn a_part_without_a_type_is_a_file_in_3_1() {
    let body = "{ schema: { type: object, properties: { file: {}, files: { type: array, items: {} }, other: { enum: [a] } } } }";
    check(
        "3.1.0",
        "multipart/form-data",
        body,
        &[
            "pubfnfile(mutself,file:implInto<Part>)",
            "pubfnfiles(mutself,files:Vec<Part>)",
            "pubfnother(mutself,other:types::",
        ],
    );
    check(
        "3.0.3",
        "multipart/form-data",
        body,
        &["pubfnfile(mutself,file:implInto<Nullable<Value>>)"],
    );
}

#[test]
fn text_with_a_binary_media_type_is_a_file() {
    let schema = "type: object, properties: { photo: { type: string }, photos: { type: array, items: { type: string } }, key: { type: string, format: byte }, list: { type: string } }";
    check(
        "3.0.3",
        "multipart/form-data",
        &format!(
            "{{ schema: {{ {schema} }}, encoding: {{ photo: {{ contentType: image/png }}, photos: {{ contentType: 'image/png, image/jpeg' }}, key: {{ contentType: image/png }}, list: {{ contentType: text/csv }} }} }}"
        ),
        &[
            "pubfnphoto(mutself,photo:implInto<Part>)",
            "pubfnphotos(mutself,photos:Vec<Part>)",
            "pubfnkey(mutself,key:implInto<String>)",
            "pubfnlist(mutself,list:implInto<String>)",
            "(\"key\",FieldStyle::Media(\"image/png\")),(\"list\",FieldStyle::Media(\"text/csv\"))",
        ],
    );
}

#[test]
fn the_media_type_of_a_file_comes_from_its_encoding_or_schema() {
    check(
        "3.1.0",
        "multipart/form-data",
        "{ schema: { type: object, properties: { a: { contentMediaType: image/png }, b: { type: array, items: { type: string, contentMediaType: audio/mpeg } }, c: { type: string, contentMediaType: image/png } } }, encoding: { c: { contentType: image/gif } } }",
        &[
            ".file(\"a\",self.a.take(),\"image/png\")",
            ".files(\"b\",self.b.take(),\"audio/mpeg\")",
            ".file(\"c\",self.c.take(),\"image/gif\")",
        ],
    );
}

#[test]
fn a_multipart_body_may_have_additional_fields() {
    for properties in [
        "file: { type: string, format: binary }",
        "file: { type: string, format: binary }, a: { type: string }",
    ] {
        check(
            "3.0.3",
            "multipart/form-data",
            &format!(
                "{{ schema: {{ type: object, required: [file], properties: {{ {properties} }}, additionalProperties: {{ type: string }} }} }}"
            ),
            &["file:implInto<Part>", ".fields(&self.body,&[]).file(\"file\","],
        );
    }
    check(
        "3.0.3",
        "multipart/form-data",
        "{ schema: { type: object, additionalProperties: { type: string } } }",
        &["pubfnsend(&self,body:types::SendBody)->SendCall", ".fields(&self.body,&[])"],
    );
}

/// A single call takes the properties of all alternatives, and the server checks which properties
/// can be combined.
#[test]
fn the_alternatives_of_a_multipart_body_become_arguments() {
    for key in ["oneOf", "anyOf"] {
        let body = format!(
            "{{ schema: {{ required: [kind], properties: {{ kind: {{ type: string }} }}, {key}: [
              {{ type: object, required: [file], properties: {{ file: {{ type: string, format: binary }}, by: {{ type: string, enum: [file] }} }} }},
              {{ type: object, required: [url], properties: {{ url: {{ type: string, format: uri }}, by: {{ type: string, enum: [url] }} }} }}] }} }}"
        );
        check(
            "3.0.3",
            "multipart/form-data",
            &body,
            &[
                "pubfnsend(&self,kind:implInto<String>)->SendCall",
                "pubfnfile(mutself,file:implInto<Part>)",
                "pubfnurl(mutself,url:implInto<String>)",
                "pubfnby(mutself,by:implInto<String>)",
            ],
        );
    }
}

/// A header can't contain line breaks.
#[test]
fn a_media_type_with_a_line_break_is_not_sent() {
    let body = "{ schema: { type: object, properties: { a: { type: string }, f: { type: string, format: binary } } }, encoding: { a: { contentType: \"text/csv\\r\\nx: y\" }, f: { contentType: \"image/png\\r\\nx: y\" } } }";
    check(
        "3.0.3",
        "multipart/form-data",
        body,
        &[
            "Multipart::new().fields(&self.body,&[]).file(\"f\",self.f.take(),\"application/octet-stream\"",
        ],
    );
}

#[test]
fn a_media_type_that_is_not_valid_in_a_header_is_left_out() {
    let text = document("3.0.3", "\"text/plain\\r\\nx: y\"", "{}");
    let output = generated(&text);
    assert!(!output.client[SEND].contains(".raw("));
    assert_eq!(decisions(&output, &text, "missing-content").len(), 1);
}

/// Slack's and Telegram's documents offer several media types for bodies with files.
#[test]
fn a_body_with_files_is_multipart_if_possible() {
    let files = "{ schema: { $ref: '#/components/schemas/Upload' } }";
    for media in ["application/x-www-form-urlencoded", "application/json"] {
        let text = document("3.0.3", media, &format!("{files}, multipart/form-data: {files}"));
        has(
            &generated(&text),
            SEND,
            &["pubfnsend(&self,file:implInto<Part>,id:implInto<String>)->SendCall"],
        );
    }
    let text = document(
        "3.0.3",
        "application/json",
        &format!(
            "{{ schema: {{ $ref: '#/components/schemas/Order' }} }}, multipart/form-data: {files}"
        ),
    );
    has(&generated(&text), SEND, &[".json(&self.body)"]);
}

#[test]
fn any_other_body_is_sent_unchanged() {
    for media in ["application/octet-stream", "text/plain", "application/xml", "image/png"] {
        check(
            "3.0.3",
            media,
            "{ schema: { type: string } }",
            &[
                "pubfnwith_body(mutself,body:implInto<Body>)->Self",
                &format!(".raw(\"{}\",self.body.take())", media.trim_matches('\'')),
            ],
        );
    }
    let required = document("3.0.3", "image/png", "{}")
        .replace("requestBody: {", "requestBody: { required: true,");
    has(&generated(&required), SEND, &["pubfnsend(&self,body:implInto<Body>)->SendCall"]);
    let any = document("3.0.3", "'image/*'", "{}");
    let output = generated(&any);
    has(&output, SEND, &[".raw(\"application/octet-stream\",self.body.take())"]);
    assert_eq!(decisions(&output, &any, "any-media-type").len(), 1);
}

#[test]
fn a_choice_between_media_types_is_recorded() {
    let text = document(
        "3.0.3",
        "application/x-www-form-urlencoded",
        "{ schema: { $ref: '#/components/schemas/Order' } }, application/json: { schema: { $ref: '#/components/schemas/Order' } }",
    );
    let output = generated(&text);
    has(&output, SEND, &[".json(&self.body)"]);
    assert_eq!(decisions(&output, &text, "several-media-types").len(), 1);
}

#[test]
fn json_with_a_different_media_type_keeps_that_media_type() {
    let text = document(
        "3.0.3",
        "application/merge-patch+json",
        "{ schema: { $ref: '#/components/schemas/Order' } }",
    )
    .replace(
        "responses: { '204': { description: Done } }",
        "responses: { '200': { description: Done, content: { text/json: { schema: { $ref: '#/components/schemas/Order' } } } } }",
    );
    let output = generated(&text);
    has(&output, SEND, &[".json(&self.body).content_type(\"application/merge-patch+json\")"]);
    has(
        &output,
        "catalogue.rs",
        &[".content_type(\"application/merge-patch+json\")", ".accept(\"text/json\")"],
    );
    for name in ["application/json; charset=utf-8", "'*/*'"] {
        let text = document("3.0.3", name, "{ schema: { $ref: '#/components/schemas/Order' } }");
        let output = generated(&text);
        has(&output, SEND, &[".json(&self.body).finish()"]);
        assert!(!output.client["catalogue.rs"].contains("content_type"), "{name}");
    }
}

//! Bodies of requests that aren't JSON.

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
fn a_style_that_forms_do_not_have_is_noted() {
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
fn files_of_a_form_are_arguments() {
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

/// Two of them could be swapped.
#[test]
fn several_required_files_are_given_by_name() {
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
fn several_files_and_optional_ones_are_set_on_the_call() {
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

/// How OpenAPI 3.1 says it.
#[test]
fn a_file_may_be_known_by_its_media_type() {
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

#[test]
fn anything_else_is_sent_as_it_is() {
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
fn another_media_type_is_noted() {
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
fn json_by_another_name_is_sent_and_accepted_by_that_name() {
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

//! Parameters: arguments, setters, or nothing.

use super::{DONE, HEAD, decisions, file, generated, has, omitted};

fn operation(parameters: &str) -> String {
    format!(
        "{HEAD}paths:\n  /orders:\n    get:\n      operationId: list\n      parameters:\n{parameters}      {DONE}\n"
    )
}

#[test]
fn lists_in_a_query_are_sent_in_their_style() {
    let list = "schema: { type: array, items: { type: string } }";
    let text = operation(&format!(
        "        - {{ name: form, in: query, required: true, {list} }}
        - {{ name: commas, in: query, explode: false, required: true, {list} }}
        - {{ name: spaces, in: query, style: spaceDelimited, explode: false, required: true, {list} }}
        - {{ name: pipes, in: query, style: pipeDelimited, explode: false, {list} }}
"
    ));
    let output = generated(&text);
    has(
        &output,
        "operations/api/list.rs",
        &[
            "form:Vec<String>,commas:Vec<String>,spaces:Vec<String>",
            "pubfnpipes(mutself,pipes:Vec<String>)->Self",
            r#".query_list("form","form",Some(&self.form))"#,
            r#".query_list("commas",",",Some(&self.commas))"#,
            r#".query_list("spaces","",Some(&self.spaces))"#,
            r#".query_list("pipes","|",self.pipes.as_ref())"#,
        ],
    );
    assert!(output.client["operations/api/list.rs"].contains(r#"query_list("spaces", " ", "#));
}

/// The client writes these itself, and a caller who sets them would send two.
#[test]
fn headers_of_the_client_and_credentials_are_no_arguments() {
    let text = operation(
        "        - { name: Accept, in: header, schema: { type: string } }
        - { name: Authorization, in: header, required: true, schema: { type: string } }
        - { name: X-Key, in: header, required: true, schema: { type: string } }
        - { name: If-Match, in: header, schema: { type: string } }
",
    )
    .replace("security: []", "security: [{ key: [] }]")
        + "components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }\n";
    let output = generated(&text);
    let list = file(&output, "operations/api/list.rs");
    assert!(list.contains("pubfnlist(&self)->ListCall"), "{list}");
    assert!(list.contains(r#".optional_header("If-Match",self.if_match.as_ref())"#), "{list}");
    for name in ["Accept", "Authorization", "X-Key", "x_key"] {
        assert!(!list.contains(name), "{list}");
    }
    let lines = |code: &str| -> Vec<usize> {
        decisions(&output, &text, code).into_iter().map(|(line, _)| line).collect()
    };
    assert_eq!(lines("header-parameter"), [10, 11]);
    assert_eq!(lines("credential-parameter"), [12]);
}

#[test]
fn what_has_no_form_is_left_to_the_caller_or_leaves_the_operation_out() {
    for (parameter, code) in [
        ("{ name: s, in: cookie, REQUIRED schema: { type: string } }", "cookie-parameter"),
        (
            "{ name: f, in: query, style: deepObject, REQUIRED schema: { type: object, properties: { a: { type: string } } } }",
            "parameter-type",
        ),
    ] {
        let written = |required: &str| {
            operation(&format!("        - {}\n", parameter.replace("REQUIRED", required)))
        };
        let optional = written("");
        let output = generated(&optional);
        assert_eq!(output.report.generated, 1, "{parameter}");
        has(&output, "operations/api/list.rs", &["pubfnlist(&self)->ListCall"]);
        let found = decisions(&output, &optional, code);
        assert!(matches!(&found[..], [(10, _)]), "{parameter}: {found:?}");

        let output = generated(&written("required: true, "));
        assert_eq!(omitted(&output), [("list", code, 10)], "{parameter}");
    }
}

#[test]
fn a_parameter_can_be_a_part_of_a_segment() {
    let text = format!(
        "{HEAD}paths:
  /accounts/{{Sid}}.json:
    parameters: [{{ name: Sid, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: getAccount, {DONE} }}
"
    );
    let output = generated(&text);
    has(
        &output,
        "operations/api/get_account.rs",
        &[
            "pubfnget_account(&self,sid:implInto<String>)",
            r#"request.path("/accounts/").segment("Sid",&self.sid).path(".json").finish()"#,
        ],
    );
}

#[test]
fn parameters_that_meet_in_rust_are_all_sent() {
    let text = operation(
        "        - { name: page-size, in: query, required: true, schema: { type: integer } }
        - { name: page_size, in: query, required: true, schema: { type: string } }
        - { name: pageSize, in: header, required: true, schema: { type: boolean } }
        - { name: type, in: query, required: true, schema: { type: string } }
",
    );
    let output = generated(&text);
    let list = file(&output, "operations/api/list.rs");
    for name in ["\"page-size\",", "\"page_size\",", "\"pageSize\",", "\"type\","] {
        assert_eq!(list.matches(name).count(), 1, "{name}: {list}");
    }
    assert!(list.contains("type_:implInto<String>"), "{list}");
}

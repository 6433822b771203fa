//! Tests parameters, which become arguments or setters, or are left out.

use openapi_keys::Server;

use super::{DONE, HEAD, decisions, file, generated, generated_with, has, omitted, settings};

fn operation(parameters: &str) -> String {
    format!(
        "{HEAD}paths:\n  /orders:\n    get:\n      operationId: list\n      parameters:\n{parameters}      {DONE}\n"
    )
}

/// Checks the generated call that adds a parameter to the request.
#[track_caller]
fn check_step(path: &str, parameter: &str, expected: &str) {
    let text =
        operation(&format!("        - {{ name: c, {parameter} }}\n")).replace("/orders", path);
    let output = generated(&text);
    assert_eq!(omitted(&output), [], "{parameter}");
    let list = file(&output, "operations/api/list.rs");
    assert!(list.contains(expected), "{parameter}: {list}");
}

const LIST: &str = "schema: { type: array, items: { type: integer } }";
const OBJECT: &str =
    "schema: { type: object, properties: { R: { type: integer }, G: { type: integer } } }";
const TEXT: &str = "schema: { type: string }";

#[test]
fn every_style_generates_its_call() {
    for (style, list, object) in [
        ("", "Style::FORM.explode()", "Style::FORM.explode()"),
        ("style: form, explode: false, ", "Style::FORM", "Style::FORM"),
        (
            "allowReserved: true, ",
            "Style::FORM.explode().allow_reserved()",
            "Style::FORM.explode().allow_reserved()",
        ),
        ("explode: false, allowEmptyValue: true, ", "Style::FORM.allow_empty()", "Style::FORM"),
        ("style: spaceDelimited, ", "Style::SPACE_DELIMITED", "Style::SPACE_DELIMITED"),
        (
            "style: pipeDelimited, explode: false, ",
            "Style::PIPE_DELIMITED",
            "Style::PIPE_DELIMITED",
        ),
    ] {
        for (schema, expected) in [(LIST, list), (OBJECT, object)] {
            let step = format!("\"c\",{expected},self.c.as_ref())");
            check_step(
                "/orders",
                &format!("in: query, {style}{schema}"),
                &format!(".query_as({step}"),
            );
        }
    }
    for style in ["style: deepObject, explode: true", "style: deepObject"] {
        let step = ".query_as(\"c\",Style::DEEP_OBJECT.explode(),self.c.as_ref())";
        check_step("/orders", &format!("in: query, {style}, {OBJECT}"), step);
    }
    for (name, constant) in [("matrix", "MATRIX"), ("label", "LABEL"), ("simple", "SIMPLE")] {
        for (explode, step) in [("false", ""), ("true", ".explode()")] {
            for schema in [LIST, OBJECT] {
                let parameter = format!("in: path, style: {name}, explode: {explode}, {schema}");
                let step = format!(".segment_as(\"c\",Style::{constant}{step},Some(&self.c))");
                check_step("/orders/{c}", &parameter, &step);
            }
        }
    }
    for (explode, step) in [("false", ""), ("true", ".explode()")] {
        for schema in [LIST, OBJECT] {
            let step = format!(".header_as(\"c\",Style::SIMPLE{step},self.c.as_ref())");
            check_step("/orders", &format!("in: header, explode: {explode}, {schema}"), &step);
        }
    }
    let step = ".cookie_as(\"c\",Style::FORM,self.c.as_ref())";
    check_step("/orders", &format!("in: cookie, explode: false, {LIST}"), step);
    check_step("/orders", &format!("in: cookie, explode: false, {OBJECT}"), step);
    check_step("/orders", &format!("in: cookie, {TEXT}"), step);
    let step = ".cookie_as(\"c\",Style::FORM.explode(),self.c.as_ref())";
    check_step("/orders", &format!("in: cookie, {OBJECT}"), step);
}

#[test]
fn single_values_have_a_style_only_if_it_makes_a_difference() {
    check_step("/orders/{c}", &format!("in: path, {TEXT}"), ".segment(\"c\",&self.c)");
    check_step(
        "/orders/{c}",
        &format!("in: path, style: simple, explode: true, {TEXT}"),
        ".segment(\"c\",&self.c)",
    );
    check_step(
        "/orders",
        &format!("in: query, style: form, explode: false, {TEXT}"),
        ".query(\"c\",&self.c)",
    );
    check_step(
        "/orders",
        &format!("in: header, {TEXT}"),
        ".optional_header(\"c\",self.c.as_ref())",
    );
    for (style, constant) in [("matrix", "MATRIX"), ("label", "LABEL")] {
        let step = format!(".segment_as(\"c\",Style::{constant},Some(&self.c))");
        check_step(
            "/orders/{c}",
            &format!("in: path, style: {style}, explode: true, {TEXT}"),
            &step,
        );
    }
    let step = ".query_as(\"c\",Style::FORM.allow_reserved(),self.c.as_ref())";
    check_step("/orders", &format!("in: query, allowReserved: true, {TEXT}"), step);
}

#[test]
fn arguments_have_the_types_of_the_schema() {
    for (schema, expected) in [
        ("{ type: array, items: { type: string, enum: [a, b] } }", "c:Vec<types::ListCItem>"),
        ("{ type: array, items: { type: integer, enum: [1, 2] } }", "c:Vec<types::ListCItem>"),
        ("{ type: array, items: { type: number } }", "c:Vec<f64>"),
        ("{ type: object, properties: { a: { type: string } } }", "c:types::ListC"),
        ("{ type: object, additionalProperties: { type: integer } }", "c:BTreeMap<String,i64>"),
        ("{ type: object }", "c:Map<String,Value>"),
        (
            "{ anyOf: [{ type: object, properties: { gt: { type: integer } } }, { type: integer }] }",
            "c:types::ListC",
        ),
        (
            "{ allOf: [{ type: object, properties: { a: { type: string } } }, { properties: { b: { type: string } } }] }",
            "c:types::ListC",
        ),
    ] {
        check_step("/orders", &format!("in: query, required: true, schema: {schema}"), expected);
    }
}

#[test]
fn json_has_the_type_of_its_schema() {
    for (schema, expected) in [
        ("{ type: array, items: { type: array, items: { type: integer } } }", "c:Vec<Vec<i64>>"),
        (
            "{ type: array, items: { type: object, properties: { a: { type: array, items: { type: string } } } } }",
            "c:Vec<types::ListCItem>",
        ),
        ("{}", "c:Value"),
        ("{ type: string }", "c:implInto<String>"),
    ] {
        let content =
            format!("required: true, content: {{ application/json: {{ schema: {schema} }} }}");
        for (place, step) in [("query", "query_as"), ("header", "header_as")] {
            check_step("/orders", &format!("in: {place}, {content}"), expected);
            let step = format!(".{step}(\"c\",Style::JSON,Some(&self.c))");
            check_step("/orders", &format!("in: {place}, {content}"), &step);
        }
        let step = ".segment_as(\"c\",Style::JSON,Some(&self.c))";
        check_step("/orders/{c}", &format!("in: path, {content}"), step);
    }
    let text = "content: { text/csv: { schema: { type: string } } }";
    check_step("/orders", &format!("in: query, {text}"), ".query(\"c\",&self.c)");
    check_step(
        "/orders",
        &format!("in: cookie, {text}"),
        ".cookie_as(\"c\",Style::FORM,self.c.as_ref())",
    );
}

/// The document is invalid, but its meaning is clear.
#[test]
fn a_style_for_a_different_place_is_ignored_for_single_values() {
    let text = operation(&format!("        - {{ name: c, in: query, style: simple, {TEXT} }}\n"));
    let output = generated(&text);
    has(&output, "operations/api/list.rs", &[r#".query("c",&self.c)"#]);
    assert_eq!(decisions(&output, &text, "parameter-style").len(), 1);
}

#[test]
fn a_deep_object_is_exploded_by_default() {
    for (explode, expected) in [("", 1), (", explode: true", 0)] {
        let text = operation(&format!(
            "        - {{ name: c, in: query, style: deepObject{explode}, {OBJECT} }}\n"
        ));
        assert_eq!(decisions(&generated(&text), &text, "parameter-style").len(), expected);
    }
}

/// If an object is written to the query as separate parameters, a server can't always determine
/// which ones belong to the object, or distinguish numbers from text.
#[test]
fn an_operation_with_an_object_that_a_server_cannot_read_is_left_out() {
    for (parameter, is_left) in [
        ("in: query, schema: { type: object, additionalProperties: { type: string } }", true),
        (
            "in: query, schema: { type: object, properties: { a: { type: string } }, additionalProperties: { type: string } }",
            true,
        ),
        (
            "in: query, schema: { oneOf: [{ type: object, properties: { a: { type: string } } }, { type: integer }] }",
            true,
        ),
        (
            "in: query, style: deepObject, schema: { type: object, additionalProperties: { type: string } }",
            false,
        ),
        ("in: query, schema: { type: object, properties: { a: { type: string } } }", false),
    ] {
        let text = operation(&format!("        - {{ name: c, {parameter} }}\n"));
        let settings = settings().with_server(Server::new("crate::runtime", "::client"));
        let output = openapi_keys::generate(&text, &settings).unwrap();
        let expected: &[_] = if is_left { &[("list", "server-parameter", 10)] } else { &[] };
        assert_eq!(omitted(&output), expected, "{parameter}");
        assert_eq!(generated(&text).report.generated, 1, "{parameter}");
    }
}

/// The client itself sets these headers. If a caller also set such a header, it would be sent
/// twice.
#[test]
fn headers_that_the_client_sets_are_not_arguments() {
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
fn parameters_without_a_defined_form_are_left_to_the_caller_or_the_operation_is_omitted() {
    let nested =
        "schema: { type: object, properties: { a: { type: array, items: { type: string } } } }";
    for (parameter, code) in [
        // The combinations that are "n/a" in OpenAPI's "Style Examples" table.
        (format!("in: query, style: spaceDelimited, {TEXT}"), "parameter-style"),
        (format!("in: query, style: spaceDelimited, explode: true, {TEXT}"), "parameter-style"),
        (format!("in: query, style: spaceDelimited, explode: true, {LIST}"), "parameter-style"),
        (format!("in: query, style: spaceDelimited, explode: true, {OBJECT}"), "parameter-style"),
        (format!("in: query, style: pipeDelimited, {TEXT}"), "parameter-style"),
        (format!("in: query, style: pipeDelimited, explode: true, {TEXT}"), "parameter-style"),
        (format!("in: query, style: pipeDelimited, explode: true, {LIST}"), "parameter-style"),
        (format!("in: query, style: pipeDelimited, explode: true, {OBJECT}"), "parameter-style"),
        (format!("in: query, style: deepObject, explode: true, {TEXT}"), "parameter-style"),
        (format!("in: query, style: deepObject, explode: true, {LIST}"), "parameter-style"),
        (format!("in: query, style: deepObject, explode: false, {OBJECT}"), "parameter-style"),
        // Cases that OpenAPI doesn't define.
        (format!("in: query, style: deepObject, explode: true, {nested}"), "parameter-type"),
        (format!("in: query, {nested}"), "parameter-type"),
        (
            "in: query, schema: { type: array, items: { type: array, items: { type: string } } }"
                .to_owned(),
            "parameter-type",
        ),
        (format!("in: query, style: simple, {LIST}"), "parameter-style"),
        (format!("in: cookie, {LIST}"), "parameter-style"),
        (
            "in: cookie, content: { application/json: { schema: { type: string } } }".to_owned(),
            "parameter-content",
        ),
    ] {
        let parameter = format!("{{ name: s, REQUIRED {parameter} }}");
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
fn a_parameter_can_be_part_of_a_segment() {
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
fn the_query_of_a_path_is_sent() {
    let text = format!(
        "{HEAD}paths:
  /accounts/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: getAccount, {DONE} }}
  /accounts/{{id}}?beta=true:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: getBetaAccount, {DONE} }}
  /accounts?id={{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: findAccount, {DONE} }}
"
    );
    let output = generated(&text);
    has(
        &output,
        "operations/api/get_beta_account.rs",
        &[r#"request.path("/accounts/").segment("id",&self.id).path("?beta=true").finish()"#],
    );
    let lines: Vec<usize> =
        decisions(&output, &text, "path-template").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [9, 12]);
    assert_eq!(omitted(&output), [("findAccount", "path-template", 12)]);
    let served = settings().with_server(Server::new("crate::runtime", "::client"));
    assert_eq!(generated_with(&text, &served).report.generated, 1);
}

#[test]
fn parameters_with_colliding_rust_names_are_all_sent() {
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

/// A stray brace must not hide the parameters after it.
#[test]
fn an_operation_with_stray_braces_in_its_path_is_left_out() {
    for path in ["/a}/{id}", "/a{}/{id}", "/{a/{id}"] {
        let text = format!(
            "{HEAD}paths:
  \"{path}\":
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: getA, {DONE} }}
  /b:
    get: {{ operationId: getB, {DONE} }}
"
        );
        let output = generated(&text);
        assert_eq!(omitted(&output), [("getA", "path-template", 6)]);
        assert!(output.report.omitted[0].reason.contains(path), "{:?}", output.report.omitted);
        assert_eq!(output.report.decision_counts().get("unused-path-parameter"), None, "{path}");
    }
}

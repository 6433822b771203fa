//! Tests the names of operations, groups and types for unusual names in the document.

use std::collections::BTreeSet;

use super::{DONE, HEAD, decisions, file, generated, has};

#[test]
fn an_operation_without_a_usable_id_gets_a_derived_name() {
    let text = format!(
        "{HEAD}paths:
  /first: {{ get: {{ {DONE} }} }}
  /orders/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ {DONE} }}
    put: {{ operationId: orders.replace-all, {DONE} }}
    post: {{ operationId: '密钥', {DONE} }}
    delete: {{ operationId: '', {DONE} }}
    patch: {{ operationId: fn, {DONE} }}
"
    );
    let output = generated(&text);
    for (name, path) in [
        ("get_first", "/first"),
        ("get_orders_by_id", "/orders/"),
        ("orders_replace_all", "/orders/"),
        ("post_orders_by_id", "/orders/"),
        ("delete_orders_by_id", "/orders/"),
        ("fn_", "/orders/"),
    ] {
        let (function, path) = (format!("pubfn{name}(&self"), format!("request.path(\"{path}\")"));
        has(&output, &format!("operations/api/{name}.rs"), &[&function, &path]);
    }
    let lines: Vec<usize> =
        decisions(&output, &text, "operation-id").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [6, 9, 10, 11, 12]);
}

#[test]
fn the_first_of_two_operations_with_the_same_id_keeps_it() {
    let text = format!(
        "{HEAD}paths:
  /a: {{ get: {{ operationId: list, {DONE} }} }}
  /b: {{ get: {{ operationId: list, {DONE} }} }}
  /c: {{ get: {{ operationId: List, {DONE} }} }}
"
    );
    let output = generated(&text);
    has(&output, "operations/api/list.rs", &[r#"request.path("/a")"#]);
    has(&output, "operations/api/get_b.rs", &[r#"request.path("/b")"#]);
    has(&output, "operations/api/get_c.rs", &[r#"request.path("/c")"#]);
    assert_eq!(output.report.decision_counts()["operation-id"], 2);
}

#[test]
fn an_operation_is_a_method_of_each_of_its_tags() {
    let text = format!(
        "{HEAD}tags: [{{ name: orders }}]
paths:
  /a: {{ get: {{ operationId: list, tags: [orders, Stock & More], {DONE} }} }}
  /b: {{ get: {{ operationId: other, {DONE} }} }}
  /c: {{ get: {{ operationId: third, tags: [new, type, ''], {DONE} }} }}
"
    );
    let output = generated(&text);
    for group in ["orders", "stock_more"] {
        has(&output, &format!("operations/{group}.rs"), &[&format!("pubfn{group}(&self)->")]);
        has(&output, &format!("operations/{group}/list.rs"), &["pubfnlist(&self)->ListCall"]);
    }
    has(&output, "operations/api/other.rs", &["pubfnother(&self)->OtherCall"]);
    for group in ["new_group", "type_", "group"] {
        has(&output, &format!("operations/{group}/third.rs"), &["pubfnthird(&self)->ThirdCall"]);
    }
    assert_eq!((output.report.operations, output.report.generated), (3, 3));
    assert_eq!(output.report.decision_counts()["undeclared-tag"], 4);
    assert_eq!(output.report.decision_counts()["missing-tag"], 1);
}

/// The cases are names that Rust, its prelude or generated code already uses, and strings that
/// aren't names.
#[test]
fn hostile_names_of_schemas_and_properties_become_types_and_fields() {
    let names = [
        "Self",
        "self",
        "Result",
        "Option",
        "String",
        "Vec",
        "Box",
        "Value",
        "fn",
        "Client",
        "K",
        "",
        "1",
        "密",
        "é",
        "a-b",
        "a_b",
        "A B",
        "*/",
        "Send",
        "Serialize",
        "u8",
        "_",
        "crate",
    ];
    let quoted: Vec<String> =
        names.iter().map(|name| serde_json::to_string(name).unwrap()).collect();
    let properties: String =
        quoted.iter().map(|name| format!("        {name}: {{ type: string }}\n")).collect();
    // A pointer contains `~1` in place of `/`, and an empty name leaves an empty token.
    let references: String = names
        .iter()
        .filter(|name| !name.is_empty())
        .enumerate()
        .map(|(at, name)| {
            let pointer =
                serde_json::to_string(&format!("#/components/schemas/{}", name.replace('/', "~1")))
                    .unwrap();
            format!("        p{at}: {{ $ref: {pointer} }}\n")
        })
        .collect();
    let schemas: String = quoted
        .iter()
        .map(|name| {
            format!("    {name}: {{ type: object, properties: {{ x: {{ type: string }} }} }}\n")
        })
        .collect();
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      operationId: list
      responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Everything' }} }} }} }} }}
components:
  schemas:
    Everything:
      type: object
      properties:
        names: {{ $ref: '#/components/schemas/Names' }}
{references}    Names:
      type: object
      properties:
{properties}{schemas}"
    );
    let output = generated(&text);
    assert_eq!(output.report.generated, 1, "{:?}", output.report.omitted);
    let fields = |name: &str| -> Vec<String> {
        let file = syn::parse_file(&output.client[name]).unwrap();
        let found = file.items.into_iter().find_map(|item| match item {
            syn::Item::Struct(item) => Some(item),
            _ => None,
        });
        let fields = found.unwrap().fields.into_iter();
        fields.map(|field| field.ident.unwrap().to_string()).collect()
    };
    let of_names = fields("types/names.rs");
    assert_eq!(of_names.len(), names.len(), "{of_names:?}");
    assert_eq!(of_names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{of_names:?}");
    // Each property keeps its name in JSON.
    let written = file(&output, "types/names.rs");
    for quoted in &quoted {
        let described = written.contains(&format!(",{},", quoted.replace(' ', "")));
        assert!(described, "{quoted}: {of_names:?}");
    }
    let types = &output.client["types/mod.rs"];
    let types: BTreeSet<&str> = types.lines().filter(|line| line.starts_with("pub use ")).collect();
    assert_eq!(types.len(), names.len() + 2, "{types:#?}");
    for taken in ["Self", "Result", "Option", "String", "Vec", "Box", "Send"] {
        assert!(!types.iter().any(|line| line.ends_with(&format!("::{taken};"))), "{taken}");
    }
}

#[test]
fn the_operation_with_the_tag_in_the_singular_gets_the_short_name() {
    let text = format!(
        "{HEAD}paths:
  /pets:
    get: {{ operationId: getPets, tags: [pets], {DONE} }}
  /pets/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: getPet, tags: [pets], {DONE} }}
"
    );
    let output = generated(&text);
    has(&output, "operations/pets/get.rs", &["pubfnget(&self,id:implInto<String>)"]);
    has(&output, "operations/pets/get_pets.rs", &["pubfnget_pets(&self)"]);
}

#[test]
fn the_path_and_method_that_fastapi_appends_are_left_out() {
    let text = format!(
        "{HEAD}paths:
  /v1/items/{{item_id}}:
    parameters: [{{ name: item_id, in: path, required: true, schema: {{ type: string }} }}]
    get: {{ operationId: read_v1_items__item_id__get, tags: [shop], {DONE} }}
    put: {{ operationId: save_v1_items__item_id__put, tags: [shop], {DONE} }}
  /v2/items:
    post: {{ operationId: save_v2_items_post, tags: [shop], {DONE} }}
    get: {{ operationId: _v2_items_get, tags: [shop], {DONE} }}
"
    );
    let output = generated(&text);
    let files = output.client.keys().filter_map(|name| name.strip_prefix("operations/shop/"));
    assert_eq!(
        files.collect::<Vec<_>>(),
        ["read.rs", "save_v1_items_item_id_put.rs", "save_v2_items_post.rs", "v2_items_get.rs"]
    );
}

//! Tests that a new operation or schema doesn't rename anything, so that a new version of a
//! document doesn't break programs that use the client.

use std::collections::BTreeSet;

use openapi_keys::Output;
use syn::{ImplItem, Item, Visibility};

use super::{HEAD, generated, has};

const ANSWER: &str = "responses: { '200': { description: OK, content: { application/json: { schema: { type: object, properties: { id: { type: string }, part: { type: object, properties: { a: { type: string } } }, state: { type: string, enum: [a, b] }, choice: { oneOf: [{ type: string }, { type: object, properties: { b: { type: string } } }] } } } } } } }";

fn paths(operations: &[String]) -> String {
    format!(
        "{HEAD}paths:\n{}components:\n  schemas:\n    Order: {{ type: object, properties: {{ id: {{ type: string }} }} }}\n",
        operations.concat()
    )
}

/// Returns the names of all structs, enum variants and public methods. Each method name comes after
/// the path of its file.
fn names(output: &Output) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (file, text) in &output.client {
        for item in syn::parse_file(text).unwrap().items {
            match item {
                Item::Struct(item) => drop(names.insert(item.ident.to_string())),
                Item::Enum(item) => {
                    for variant in item.variants {
                        names.insert(format!("{}::{}", item.ident, variant.ident));
                    }
                }
                Item::Impl(item) => {
                    for inner in item.items {
                        if let ImplItem::Fn(function) = inner
                            && matches!(function.vis, Visibility::Public(_))
                        {
                            names.insert(format!("{file}: {}", function.sig.ident));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    names
}

#[test]
fn a_new_operation_does_not_rename_anything() {
    let old = [
        format!("  /orders: {{ get: {{ operationId: listOrders, tags: [orders], {ANSWER} }} }}\n"),
        format!("  /parts: {{ get: {{ {ANSWER} }} }}\n"),
        format!("  /odd: {{ post: {{ operationId: odd.one, {ANSWER} }} }}\n"),
    ];
    let before = names(&generated(&paths(&old)));
    assert!(before.contains("ListOrdersResponsePart"), "{before:#?}");
    assert!(before.contains("operations/api/get_parts.rs: get_parts"), "{before:#?}");
    for new in [
        format!("  /new: {{ get: {{ {ANSWER} }} }}\n"),
        format!("  /new: {{ get: {{ operationId: orders, tags: [new], {ANSWER} }} }}\n"),
        format!("  /new: {{ get: {{ operationId: list, tags: [api], {ANSWER} }} }}\n"),
        format!("  /new: {{ get: {{ operationId: '密', {ANSWER} }} }}\n"),
        "  /new: { get: { operationId: part, responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } } } }\n".to_owned(),
    ] {
        for at in [0, 1, 3] {
            let mut operations = old.to_vec();
            operations.insert(at, new.clone());
            let after = names(&generated(&paths(&operations)));
            let lost: Vec<_> = before.difference(&after).collect();
            assert!(lost.is_empty(), "{new} at {at} must not rename {lost:?}");
            assert!(after.len() > before.len(), "{new} must add something");
        }
    }
}

/// `listOrders` is the `list` method of the `orders` group, unless another operation in the group
/// has the id `list`.
#[test]
fn an_id_takes_precedence_over_a_short_form() {
    let old =
        format!("  /orders: {{ get: {{ operationId: listOrders, tags: [orders], {ANSWER} }} }}\n");
    let new = format!("  /new: {{ get: {{ operationId: list, tags: [orders], {ANSWER} }} }}\n");
    let before = names(&generated(&paths(std::slice::from_ref(&old))));
    assert!(before.contains("operations/orders/list.rs: list"), "{before:#?}");
    for operations in [[old.clone(), new.clone()], [new, old]] {
        let output = generated(&paths(&operations));
        has(&output, "operations/orders/list.rs", &[r#"request.path("/new")"#]);
        has(&output, "operations/orders/list_orders.rs", &[r#"request.path("/orders")"#]);
    }
}

#[test]
fn the_same_document_generates_the_same_files() {
    let text = paths(&[format!("  /parts: {{ get: {{ {ANSWER} }} }}\n")]);
    assert_eq!(generated(&text), generated(&text));
}

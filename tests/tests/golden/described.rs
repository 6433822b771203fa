//! Tests that the document describes the requests from the vendor's hooks and components: each request belongs to an
//! operation that takes a Checkout key.

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::{Location, Operation};
use mileston_tests::compile::workspace;
use serde_json::Value;

use crate::{lines, text};

/// Returns the operation that a request belongs to.
fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(|(a, b)| a == b || a.starts_with('{'))
    };
    let fitting = OPERATIONS.iter().filter(|it| it.method.as_str() == method && fits(it.path));
    fitting.min_by_key(|it| it.path.matches('{').count()).copied()
}

/// Returns the fields of an operation's body in the document.
fn fields(document: &Value, operation: &Operation) -> Vec<String> {
    let method = operation.method.as_str().to_lowercase();
    let body = &document["paths"][operation.path][method]["requestBody"]["content"];
    let name = body["application/json"]["schema"]["$ref"].as_str().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let properties = document["components"]["schemas"][name]["properties"].as_object();
    properties.into_iter().flat_map(|it| it.keys().cloned()).collect()
}

#[test]
fn every_request_of_hooks_and_components_is_described() {
    let document = std::fs::read_to_string(workspace().join("openapi/mileston.yaml")).unwrap();
    let document =
        openapi_keys::Document::parse("openapi/mileston.yaml", &document).unwrap().to_json();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in lines("hooks").into_iter().chain(lines("components")) {
        let request = &line["request"];
        if request.is_null() {
            assert_eq!(line["ended"][0], "error", "{line}");
            continue;
        }
        count += 1;
        wrong.extend(problem(request, &document).map(|it| format!("{}: {it}", text(&line, "id"))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 15, "{count}");
}

fn problem(request: &Value, document: &Value) -> Option<String> {
    let (method, path) = (text(request, "method"), text(request, "path"));
    let Some(operation) = operation(method, path) else {
        return Some(format!("there is no operation {method} {path}"));
    };
    if operation.bound != Some("Checkout") {
        return Some(format!("{} takes a different key", operation.id));
    }
    let has = |name: &str| {
        let query =
            |it: &&mileston_api::operation::Parameter| matches!(it.location, Location::Query);
        operation.parameters.iter().filter(query).any(|it| it.name == name)
    };
    let query = request["query"].as_str().unwrap_or_default();
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    if let Some(name) = names.filter(|name| !name.is_empty()).find(|name| !has(name)) {
        return Some(format!("{} has no query parameter {name}", operation.id));
    }
    let body: Value = serde_json::from_str(request["body"].as_str()?).unwrap_or_default();
    let fields = fields(document, operation);
    let unknown = body.as_object()?.keys().find(|name| !fields.contains(*name))?;
    Some(format!("the body of {} has no field {unknown}", operation.id))
}

//! The document as progenitor gets it: each schema without the keys that would change its type and should not.
//!
//! typify compares a whole schema with those of `Settings::formats`, so an extension beside a `format` would turn the
//! user's type into a `String`. A `default` would become the value of what the caller leaves out, and be sent. And parameters
//! have names that no variable of generated functions has.

use crate::names;
use openapiv3::{
    AdditionalProperties, Components, OpenAPI, Operation, Parameter, ParameterSchemaOrContent,
    PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaKind, Type,
};

/// Removes those keys from all schemas of the document, and renames those parameters.
pub(super) fn plain(mut api: OpenAPI) -> OpenAPI {
    let paths = std::mem::take(&mut api.paths.paths);
    api.paths.paths = paths.into_iter().map(|(path, item)| (template(&path), item)).collect();
    if let Some(components) = &mut api.components {
        in_components(components);
    }
    for path in api.paths.paths.values_mut().filter_map(item) {
        path.parameters.iter_mut().for_each(in_parameter);
        operations(path).for_each(in_operation);
    }
    api
}

fn in_components(components: &mut Components) {
    components.schemas.values_mut().for_each(in_schema);
    components.parameters.values_mut().for_each(in_parameter);
    components.request_bodies.values_mut().for_each(in_body);
    components.responses.values_mut().for_each(in_response);
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = path;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}

fn in_operation(operation: &mut Operation) {
    operation.parameters.iter_mut().for_each(in_parameter);
    operation.request_body.iter_mut().for_each(in_body);
    operation.responses.default.iter_mut().for_each(in_response);
    operation.responses.responses.values_mut().for_each(in_response);
}

fn in_parameter(parameter: &mut ReferenceOr<Parameter>) {
    let Some(parameter) = item(parameter) else { return };
    let (Parameter::Query { parameter_data, .. }
    | Parameter::Header { parameter_data, .. }
    | Parameter::Path { parameter_data, .. }
    | Parameter::Cookie { parameter_data, .. }) = parameter;
    parameter_data.name = renamed(&parameter_data.name);
    if let ParameterSchemaOrContent::Schema(schema) = &mut parameter_data.format {
        in_schema(schema);
    }
}

fn renamed(name: &str) -> String {
    let argument = names::argument(name);
    if argument == names::field(name) { name.to_owned() } else { argument }
}

/// The path with the names of its parameters as they are now.
fn template(path: &str) -> String {
    let segment = |segment: &str| {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.map_or(segment.to_owned(), |name| format!("{{{}}}", renamed(name)))
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn in_body(body: &mut ReferenceOr<RequestBody>) {
    let content = item(body).into_iter().flat_map(|body| body.content.values_mut());
    content.filter_map(|media| media.schema.as_mut()).for_each(in_schema);
}

fn in_response(response: &mut ReferenceOr<Response>) {
    let content = item(response).into_iter().flat_map(|response| response.content.values_mut());
    content.filter_map(|media| media.schema.as_mut()).for_each(in_schema);
}

fn in_schema(schema: &mut ReferenceOr<Schema>) {
    if let Some(schema) = item(schema) {
        strip(schema);
    }
}

fn in_boxed(schema: &mut ReferenceOr<Box<Schema>>) {
    if let Some(schema) = item(schema) {
        strip(schema);
    }
}

fn strip(schema: &mut Schema) {
    schema.schema_data.extensions.clear();
    schema.schema_data.default = None;
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.values_mut().for_each(in_boxed);
            if let Some(AdditionalProperties::Schema(values)) = &mut object.additional_properties {
                in_schema(values);
            }
        }
        SchemaKind::Type(Type::Array(array)) => array.items.iter_mut().for_each(in_boxed),
        SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AllOf { all_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter_mut().for_each(in_schema),
        // Scalars have no schema inside; `not` and mixed schemas are refused before.
        SchemaKind::Type(_) | SchemaKind::Not { .. } | SchemaKind::Any(_) => {}
    }
}

fn item<T>(holder: &mut ReferenceOr<T>) -> Option<&mut T> {
    match holder {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::Document;

    /// Every place that a schema can be in.
    const PLACES: &str = r#"
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, KEY } }]
    post:
      parameters:
        - { name: q, in: query, schema: { type: integer, KEY } }
        - { name: h, in: header, schema: { type: boolean, KEY } }
      requestBody: { content: { application/json: { schema: { type: string, KEY } } } }
      responses:
        '200': { description: A., content: { application/json: { schema: { type: number, KEY } } } }
        default: { description: A., content: { application/json: { schema: { type: string, KEY } } } }
components:
  parameters:
    p: { name: p, in: query, schema: { type: string, KEY } }
  requestBodies:
    b: { content: { application/json: { schema: { type: string, KEY } } } }
  responses:
    r: { description: A., content: { application/json: { schema: { type: string, KEY } } } }
  schemas:
    Text: { type: string, format: date-time, KEY }
    Object: { type: object, KEY, properties: { x-own: { type: string, KEY } } }
    Map: { type: object, KEY, additionalProperties: { type: array, KEY, items: { type: string, KEY } } }
    Choice: { oneOf: [{ type: string, KEY }, { type: array, KEY, items: { type: string, KEY } }] }
    All: { allOf: [{ type: object, KEY, properties: { a: { type: string, KEY } } }] }
    Any: { anyOf: [{ type: string, KEY }] }
"#;

    #[test]
    fn keys_that_change_a_type_are_removed_in_every_place() {
        let expected = PLACES.replace(", KEY", "");
        let expected = Document::parse("a.yaml", &expected).unwrap().to_openapi().unwrap();
        for key in ["x-note: A note", "default: 1", "x-a: { type: string }, default: null, x-b: []"]
        {
            let text = PLACES.replace("KEY", key);
            let api = Document::parse("a.yaml", &text).unwrap().to_openapi().unwrap();
            assert_ne!(api, expected, "{key}");
            assert_eq!(plain(api), expected, "{key}");
        }
    }
}

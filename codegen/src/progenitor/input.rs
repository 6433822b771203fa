//! Prepares the schemas for progenitor: removes keys that would wrongly change a type, and inserts
//! placeholders for the types that this generator emits itself.
//!
//! typify compares the whole schema with the schema of each format in `Settings::formats`, so an
//! extension next to a `format` would turn the user's type into a `String`. A `default` would be
//! sent for a value that the caller leaves out.

mod types;

use openapiv3::{
    AdditionalProperties, AnySchema, Components, OpenAPI, ReferenceOr, Schema, SchemaData,
    SchemaKind, Type,
};

use crate::document::nearest;
use crate::model::Model;
use crate::{Diagnostic, Document, Entry, Node};

/// Returns an OpenAPI document that contains only the schemas.
pub(super) fn schemas(document: &Document, model: &Model) -> Result<OpenAPI, Vec<Diagnostic>> {
    let entries = document.get(&["components", "schemas"]).map_or(&[][..], Node::entries);
    let mut schemas = Vec::new();
    let mut mistakes = Vec::new();
    for entry in entries {
        match schema(entry, model) {
            Ok(mut schema) => {
                in_schema(&mut schema);
                schemas.push((entry.key.clone(), schema));
            }
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    // typify boxes the first type in a cycle. The schemas are sorted, so that this doesn't depend
    // on their order in the document.
    schemas.sort_by(|(one, _), (other, _)| one.cmp(other));
    if mistakes.is_empty() { Ok(with_schemas(schemas)) } else { Err(mistakes) }
}

fn schema(entry: &Entry, model: &Model) -> Result<ReferenceOr<Schema>, Box<Diagnostic>> {
    let json = types::definition(&entry.value, model.schema(&entry.key));
    serde_path_to_error::deserialize(json).map_err(|error| {
        let span = nearest(&entry.value, entry.key_span, error.path());
        let message =
            format!("schema `{}` does not follow OpenAPI 3.0: {}", entry.key, error.inner());
        let mistake = Diagnostic::new("not-openapi", message)
            .label(span, "here or inside this value")
            .help("compare it with https://spec.openapis.org/oas/v3.0.3");
        Box::new(mistake)
    })
}

/// Returns a document with these schemas.
pub(super) fn with_schemas(schemas: Vec<(String, ReferenceOr<Schema>)>) -> OpenAPI {
    let components = Components { schemas: schemas.into_iter().collect(), ..Components::default() };
    OpenAPI { openapi: "3.0.3".to_owned(), components: Some(components), ..OpenAPI::default() }
}

/// Returns the schema of any JSON.
pub(super) fn anything() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
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
        // Scalars have no nested schemas, and `not` and mixed schemas have already been rejected or
        // rewritten.
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
    use super::schemas;
    use crate::{Document, Settings, Strictness, lower};

    /// A schema in every possible place.
    const PLACES: &str = r#"
openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Text: { type: string, format: date-time, KEY }
    Object: { type: object, KEY, properties: { x-own: { type: string, KEY } } }
    Map: { type: object, KEY, additionalProperties: { type: array, KEY, items: { type: string, KEY } } }
    Choice: { oneOf: [{ type: string, KEY }, { type: array, KEY, items: { type: string, KEY } }] }
    All: { allOf: [{ type: object, KEY, properties: { a: { type: string, KEY } } }] }
    Any: { anyOf: [{ type: string, KEY }] }
"#;

    fn read(text: &str) -> openapiv3::OpenAPI {
        let document = Document::parse("a.yaml", text).unwrap();
        let settings = Settings::new("", "a.yaml").with_strictness(Strictness::Strict);
        let model = lower::lower(&document, &settings);
        schemas(&document, &model).unwrap()
    }

    #[test]
    fn keys_that_change_a_type_are_removed_in_every_place() {
        let expected = Document::parse("a.yaml", &PLACES.replace(", KEY", "")).unwrap();
        let expected = expected.to_openapi().unwrap().components.unwrap().schemas;
        for key in ["x-note: A note", "default: 1", "x-a: { type: string }, default: null, x-b: []"]
        {
            let found = read(&PLACES.replace("KEY", key)).components.unwrap().schemas;
            assert_eq!(found, expected, "{key}");
        }
    }
}

//! An example for each operation that compiles as a doctest, from the examples of the document.

use serde_json::Value;

use super::Context;
use crate::model::{Operation, Parameter, Property, Schema, SchemaKind, Servers, Shape};
use crate::names;
use crate::passes::structs::MOST_ARGUMENTS;

/// The section of the documentation; empty without settings for it or without an example of the body.
pub(crate) fn operation(context: &Context<'_>, operation: &Operation) -> String {
    let Some(settings) = &context.settings.examples else { return String::new() };
    let Some(arguments) = arguments(context, operation) else { return String::new() };
    let client = context
        .scope(operation)
        .map_or(settings.open_client.as_str(), |scope| scope.client.as_str());
    let accessor = context
        .model
        .groups
        .iter()
        .find(|group| group.operations.iter().any(|each| each.id == operation.id));
    let accessor = accessor.map(|group| group.accessor.as_str()).unwrap_or_default();
    let krate = &settings.krate;
    let mentioned =
        |name: &&String| client.split(|c: char| !c.is_alphanumeric()).any(|part| part == *name);
    let mut imports: Vec<&str> =
        settings.imports.iter().filter(mentioned).map(String::as_str).collect();
    if arguments.contains("operations::") {
        imports.push("operations");
    }
    if arguments.contains("types::") {
        imports.push("types");
    }
    format!(
        "# Example\n\n```no_run\n# use {krate}::{{{}}};\n# async fn example(client: &{client}) -> \
         Result<(), Box<dyn std::error::Error>> {{\nlet answer = client.{accessor}().{}({arguments}).await?;\n\
         # let _ = answer;\n# Ok(())\n# }}\n```",
        imports.join(", "),
        operation.function,
    )
}

/// The arguments as source, or nothing where the document has no example for one.
fn arguments(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let mut arguments = Vec::new();
    if let Servers::Choice { variable, choices, .. } = &operation.servers {
        let choice = choices.first()?;
        arguments.push(format!(
            "operations::{}::{}",
            names::pascal(variable),
            names::pascal(&choice.value)
        ));
    }
    for parameter in operation.required() {
        arguments.push(parameter_value(context, parameter)?);
    }
    if let Some(name) = &operation.body {
        let schema = context.model.schema(name)?;
        let value = operation.body_example.as_ref()?;
        arguments.push(format!("&{}", object(context, schema, value)?));
    }
    Some(arguments.join(", "))
}

/// A parameter of a type of its own is lent, as text is.
fn parameter_value(context: &Context<'_>, parameter: &Parameter) -> Option<String> {
    match (&parameter.shape, parameter.example.as_ref()?) {
        (Shape::Text, Value::String(text)) => Some(format!("{text:?}")),
        (Shape::Formatted(_), Value::String(text)) => Some(format!("&{text:?}.parse()?")),
        (Shape::Plain, value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
        (Shape::Named(name), value) => named_value(context, context.model.schema(name)?, value),
        _ => None,
    }
}

/// The constructor and the setters that make the example's value.
fn object(context: &Context<'_>, schema: &Schema, value: &Value) -> Option<String> {
    let SchemaKind::Object(properties) = &schema.kind else { return None };
    let value = value.as_object()?;
    let mut required = Vec::new();
    let mut setters = String::new();
    for property in properties {
        // What the client fills in is not the user's to give.
        let Some(given) = value.get(&property.name).filter(|_| property.filled.is_none()) else {
            continue;
        };
        let written = property_value(context, property, given)?;
        if property.required {
            required.push((property, written));
        } else {
            setters.push_str(&format!(".{}({written})", property.ident));
        }
    }
    Some(format!("types::{}::new({}){setters}", schema.ident, constructor(schema, &required)))
}

fn constructor(schema: &Schema, required: &[(&Property, String)]) -> String {
    if required.len() <= MOST_ARGUMENTS {
        return required.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
    }
    let field = |(property, value): &(&Property, String)| {
        let owned = if property.shape == Shape::Text { ".to_owned()" } else { "" };
        format!("\n    {}: {value}{owned},", property.ident)
    };
    format!(
        "types::{}Required {{{}\n}}",
        schema.ident,
        required.iter().map(field).collect::<String>()
    )
}

fn property_value(context: &Context<'_>, property: &Property, value: &Value) -> Option<String> {
    match (&property.shape, value) {
        (Shape::Text, Value::String(text)) => Some(format!("{text:?}")),
        (Shape::Formatted(_), Value::String(text)) => Some(format!("{text:?}.parse()?")),
        (Shape::Plain, Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
        (Shape::Named(name), value) => named_value(context, context.model.schema(name)?, value),
        _ => None,
    }
}

fn named_value(context: &Context<'_>, schema: &Schema, value: &Value) -> Option<String> {
    match (&schema.kind, value) {
        (SchemaKind::Enum { .. }, Value::String(text)) => {
            Some(format!("types::{}::{}", schema.ident, names::pascal(text)))
        }
        (SchemaKind::Object(_), value) => object(context, schema, value),
        _ => None,
    }
}

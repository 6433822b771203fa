//! An example for each operation that compiles as a doctest, from the examples of the document.

use serde_json::Value;

use super::Context;
use crate::model::{Operation, Parameter, Property, Schema, SchemaKind, Servers, Shape};
use crate::names;
use crate::passes::std_types::is_string_path;
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
        (Shape::Formatted(_), Value::String(text)) => Some(format!("&{text:?}.parse()?")),
        (shape, value) => written(context, shape, value),
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
    // Without one of them there would be an argument too few.
    let complete = properties.iter().filter(|property| property.required).count() == required.len();
    let arguments = constructor(schema, &required);
    complete.then(|| format!("types::{}::new({arguments}){setters}", schema.ident))
}

/// What a constructor or setter of a body takes. A setter of what is nullable takes anything that converts, so `Some`
/// is what the compiler infers the type of a parsed text from.
fn property_value(context: &Context<'_>, property: &Property, given: &Value) -> Option<String> {
    if property.nullable && given.is_null() {
        return Some("None".to_owned());
    }
    let value = written(context, &property.shape, given)?;
    Some(match (property.nullable, property.required, is_text(&property.shape)) {
        (false, ..) | (true, false, true) => value,
        (true, true, true) => format!("Some({value}.to_owned())"),
        (true, _, false) => format!("Some({value})"),
    })
}

fn constructor(schema: &Schema, required: &[(&Property, String)]) -> String {
    if required.len() <= MOST_ARGUMENTS {
        return required.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
    }
    let field = |(property, value): &(&Property, String)| {
        let owned = if is_text(&property.shape) && !property.nullable { ".to_owned()" } else { "" };
        format!("\n    {}: {value}{owned},", property.ident)
    };
    format!(
        "types::{}Required {{{}\n}}",
        schema.ident,
        required.iter().map(field).collect::<String>()
    )
}

/// A value as source, if it is one of the shape: an example need not fit.
fn written(context: &Context<'_>, shape: &Shape, value: &Value) -> Option<String> {
    match (shape, value) {
        (shape, Value::String(text)) if is_text(shape) => Some(format!("{text:?}")),
        (Shape::Formatted(_), Value::String(text)) => Some(format!("{text:?}.parse()?")),
        (Shape::Boolean, Value::Bool(value)) => Some(value.to_string()),
        (Shape::Integer(format), Value::Number(number)) => integer(format, &number.to_string()),
        (Shape::Number, Value::Number(number)) => float(number.as_f64()?),
        (Shape::Named(name), value) => named_value(context, context.model.schema(name)?, value),
        _ => None,
    }
}

/// Text, and formats that the settings have as text.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text => true,
        Shape::Formatted(path) => is_string_path(path),
        _ => false,
    }
}

/// The number, if it is one of the type that typify takes for the format.
fn integer(format: &str, text: &str) -> Option<String> {
    let fits = match format {
        "int8" => text.parse::<i8>().is_ok(),
        "int16" => text.parse::<i16>().is_ok(),
        "int32" => text.parse::<i32>().is_ok(),
        "uint8" => text.parse::<u8>().is_ok(),
        "uint16" => text.parse::<u16>().is_ok(),
        "uint32" => text.parse::<u32>().is_ok(),
        "uint64" => text.parse::<u64>().is_ok(),
        _ => text.parse::<i64>().is_ok(),
    };
    fits.then(|| text.to_owned())
}

/// With a point, as literals of floating point need; in the bounds of the smaller type, which may be meant.
fn float(value: f64) -> Option<String> {
    (value.abs() <= f64::from(f32::MAX)).then(|| format!("{value:?}"))
}

fn named_value(context: &Context<'_>, schema: &Schema, value: &Value) -> Option<String> {
    match (&schema.kind, value) {
        (SchemaKind::Enum { values, .. }, Value::String(text)) if values.contains(text) => {
            Some(format!("types::{}::{}", schema.ident, names::pascal(text)))
        }
        (SchemaKind::Enum { open: true, .. }, Value::String(text)) => {
            Some(format!("types::{}::from({text:?})", schema.ident))
        }
        (SchemaKind::Object(_), value) => object(context, schema, value),
        _ => None,
    }
}

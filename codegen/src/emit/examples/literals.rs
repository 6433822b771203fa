//! Writes values from the document as Rust source.

use serde_json::Value;

use super::object;
use crate::emit::Context;
use crate::model::{Schema, SchemaKind, Shape};
use crate::passes::std_types::is_string_path;

/// Returns a value as Rust source. Returns `None` if the value doesn't have this shape: some
/// documents have examples that don't match their schemas.
pub(super) fn written(context: &Context<'_>, shape: &Shape, value: &Value) -> Option<String> {
    match (shape, value) {
        (shape, Value::String(text)) if is_text(shape) => Some(format!("{text:?}")),
        (Shape::Formatted(_), Value::String(text)) => Some(format!("{text:?}.parse()?")),
        (Shape::Boolean, Value::Bool(value)) => Some(value.to_string()),
        (Shape::Integer(format), Value::Number(number)) => integer(format, &number.to_string()),
        (Shape::Number(_), Value::Number(number)) => float(number.as_f64()?),
        (Shape::Named(name), value) => named_value(context, context.model.schema(name)?, value),
        _ => None,
    }
}

/// Returns whether values of this shape are Rust strings. These include values with a format that
/// the settings map to `String`.
pub(super) fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text => true,
        Shape::Formatted(path) => is_string_path(path),
        _ => false,
    }
}

/// Returns the number, if it is valid for the type that typify uses for the format.
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

/// Returns the number as a float literal, e.g. `1.0`. The number must be within the range of `f32`,
/// because the field may be an `f32`.
fn float(value: f64) -> Option<String> {
    (value.abs() <= f64::from(f32::MAX)).then(|| format!("{value:?}"))
}

fn named_value(context: &Context<'_>, schema: &Schema, value: &Value) -> Option<String> {
    match (&schema.kind, value) {
        (SchemaKind::Enum { values, variants, .. }, Value::String(text))
            if values.contains(text) =>
        {
            let at = values.iter().position(|value| value == text)?;
            Some(format!("types::{}::{}", schema.ident, variants.get(at)?))
        }
        (SchemaKind::Enum { open: true, .. }, Value::String(text)) => {
            Some(format!("types::{}::from({text:?})", schema.ident))
        }
        (SchemaKind::Object(_), value) => object(context, schema, value),
        _ => None,
    }
}

//! Reads the tags of the core schema (`!!str`, `!!int` and so on) and the tag `!`. All other tags
//! are rejected.

use std::borrow::Cow;

use saphyr_parser::Tag;
use serde_json::Number;

use super::{Span, Value, scalar};
use crate::Diagnostic;

const CODE: &str = "yaml-tag";

/// The type that a tag sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Core {
    String,
    Integer,
    Float,
    Bool,
    Null,
    Sequence,
    Mapping,
    /// The tag `!` alone: the type follows from the form of the value, and a scalar is a string.
    Any,
}

impl Core {
    fn kind(self) -> &'static str {
        match self {
            Core::String | Core::Any => "a string",
            Core::Integer => "an integer",
            Core::Float => "a number",
            Core::Bool => "a boolean",
            Core::Null => "null",
            Core::Sequence => "a list",
            Core::Mapping => "a mapping",
        }
    }
}

/// Returns the type that a tag sets, if it is in the core schema.
pub(super) fn core(tag: &Tag) -> Option<Core> {
    let whole = format!("{}{}", tag.handle, tag.suffix);
    match whole.strip_prefix("tag:yaml.org,2002:").unwrap_or(&whole) {
        "!" => Some(Core::Any),
        _ if !whole.starts_with("tag:") => None,
        "str" => Some(Core::String),
        "int" => Some(Core::Integer),
        "float" => Some(Core::Float),
        "bool" => Some(Core::Bool),
        "null" => Some(Core::Null),
        "seq" => Some(Core::Sequence),
        "map" => Some(Core::Mapping),
        _ => None,
    }
}

/// Returns the value of a scalar with a tag, or the type that was expected.
pub(super) fn apply(tag: Core, text: &str, is_plain: bool) -> Result<Value, Core> {
    let value = || scalar::resolve(Cow::Borrowed(text)).map_err(|_| tag);
    match tag {
        Core::String | Core::Any => Ok(Value::String(text.to_owned())),
        // `!!null ""` is a valid way to write an empty value.
        Core::Null if text.is_empty() && !is_plain => Ok(Value::Null),
        Core::Null | Core::Bool | Core::Integer | Core::Float => match (tag, value()?) {
            (Core::Null, value @ Value::Null) | (Core::Bool, value @ Value::Bool(_)) => Ok(value),
            (Core::Integer, Value::Number(number))
                if !number.is_f64() || scalar::is_integer(text) =>
            {
                Ok(Value::Number(number))
            }
            (Core::Float, Value::Number(number)) => {
                let float = number.as_f64().and_then(Number::from_f64);
                float.map(Value::Number).ok_or(tag)
            }
            _ => Err(tag),
        },
        Core::Sequence | Core::Mapping => Err(tag),
    }
}

pub(super) fn unknown(tag: &Tag, span: Span) -> Diagnostic {
    let written = match tag.handle.strip_prefix("tag:yaml.org,2002:") {
        Some(_) => format!("!!{}", tag.suffix),
        None => format!("{}{}", tag.handle, tag.suffix),
    };
    Diagnostic::new(CODE, format!("the tag `{written}` is not supported"))
        .label(span, "the tagged value")
        .help("remove the tag (`!…`); put text in quotes to make it a string")
}

pub(super) fn unfit(text: &str, tag: Core, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, format!("the tag of `{text}` requires {}", tag.kind()))
        .label(span, "the tag and the value don't match")
        .help("remove the tag, or write a value of that kind")
}

pub(super) fn unfit_collection(tag: Core, found: Core, span: Span) -> Diagnostic {
    let message = format!("{} has the tag for {}", found.kind(), tag.kind());
    Diagnostic::new(CODE, message)
        .label(span, "the tag and the value don't match")
        .help("remove the tag")
}

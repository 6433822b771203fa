//! Lists the types of schemas, and the keywords that belong to each type.

/// The types of OpenAPI 3.0.
pub(crate) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

/// Returns the type that a keyword applies to, or `None` if it applies to several types. A keyword
/// for numbers also applies to integers.
pub(crate) fn of_keyword(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            "object"
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => "array",
        "pattern" | "minLength" | "maxLength" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        _ => return None,
    })
}

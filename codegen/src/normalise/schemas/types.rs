//! Which type a keyword of schemas is about.

/// The types of OpenAPI 3.0.
pub(crate) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

/// The type that a keyword is about; those of numbers are about integers too. `None`: about any, or several.
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

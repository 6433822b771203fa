//! Describes mistakes in a body without repeating its values, because a client may have put a key into the wrong field.

use serde::de::IgnoredAny;
use serde_json::Error;

use super::Refusal;

/// Rejects a body that isn't JSON, or that has more than one JSON value.
///
/// This check runs before the fields are parsed, and its errors don't name a field. As a result, the message about a
/// syntax error in an unknown field never contains that field's name, which the client chose.
pub(super) fn check_syntax(bytes: &[u8]) -> Result<(), Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = <IgnoredAny as serde::Deserialize>::deserialize(&mut reader);
    read.map_err(|error| Refusal::invalid([format!("the body isn't JSON: {error}")]))?;
    reader.end().map_err(|error| Refusal::invalid([format!("after the JSON object: {error}")]))
}

/// Rejects a value that its field doesn't accept. The path `.` is the body itself.
pub(super) fn in_value(path: &str, cause: &Error) -> Refusal {
    let text = cause.to_string();
    if let Some(known) =
        text.strip_prefix("unknown field ").and_then(|text| text.rsplit_once(", expected "))
    {
        // The path isn't shown, because it ends with the unknown name that the client sent.
        return Refusal::invalid([format!("unknown field: expected {}", known.1)]);
    }
    // A missing field is reported at the object that lacks it.
    let place = if path == "." { String::new() } else { format!("{path}: ") };
    Refusal::invalid([format!("{place}{}", without_value(cause))])
}

/// Removes the rejected value from serde's message, because the client sent that value. The rest of the message, which
/// says what was expected, doesn't come from the client, so it is kept.
///
/// Messages without such a value aren't changed: serde's messages about our field names, serde_json's messages about
/// syntax, and the messages of `mileston-api`'s types. None of these messages repeats the input.
fn without_value(cause: &Error) -> String {
    let position = format!(" at line {} column {}", cause.line(), cause.column());
    let text = cause.to_string();
    let text = text.strip_suffix(&position).unwrap_or(&text);
    let repeats = ["invalid type: ", "invalid value: ", "invalid length "];
    if repeats.iter().any(|start| text.starts_with(start)) {
        return match text.rsplit_once(", expected ") {
            Some((_, "u32")) => format!("must be a whole number from 0 to {}{position}", u32::MAX),
            Some((_, expected)) => format!("must be {expected}{position}"),
            None => "is not valid".to_owned(),
        };
    }
    if text.starts_with("unknown ") {
        return format!("isn't one of the known values{position}");
    }
    format!("{text}{position}")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    const KEY: &str = "Mileston_TEST_fake0123";

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Closed {
        One,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "the fields are only deserialized")]
    struct Body {
        count: Option<u32>,
        yes: Option<bool>,
        closed: Option<Closed>,
        pair: Option<(u32, u32)>,
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let error = serde_json::from_str::<Body>(body).unwrap_err();
        assert!(error.to_string().contains(KEY) || body.contains("31337"), "{error}");
        let position = format!(" at line 1 column {}", error.column());
        assert_eq!(without_value(&error), format!("{expected}{position}"));
    }

    #[test]
    fn values_are_not_repeated() {
        let whole = "must be a whole number from 0 to 4294967295";
        check(&format!("{{\"count\":\"{KEY}\"}}"), whole);
        check("{\"count\":-31337}", whole);
        check(&format!("{{\"yes\":\"{KEY}\"}}"), "must be a boolean");
        check(&format!("{{\"closed\":\"{KEY}\"}}"), "isn't one of the known values");
        check(&format!("{{\"{KEY}\":1}}"), "isn't one of the known values");
        check("{\"pair\":[31337]}", "must be a tuple of size 2");
        // Serde's wording inside a value doesn't confuse the parser.
        check(&format!("{{\"count\":\"{KEY}, expected {KEY}\"}}"), whole);
    }

    #[test]
    fn names_in_invalid_json_are_not_repeated() {
        for body in
            [format!("{{\"{KEY}\":[}}"), format!("{{\"a\":\"{KEY}"), format!("{{\"a\":{KEY}}}")]
        {
            let refusal = check_syntax(body.as_bytes()).unwrap_err();
            let text = serde_json::to_string(&refusal).unwrap();
            assert!(text.contains("the body isn't JSON: "), "{text}");
            assert!(!text.contains(KEY), "{text}");
        }
    }
}

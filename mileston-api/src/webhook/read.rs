//! The body of a delivery as a type. Only called when the token was right.

use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::types::WebhookPayment;
use crate::webhook::MAX_BODY_BYTES;
use crate::webhook::error::{Misfit, WebhookError, WebhookErrorKind};
use crate::webhook::event::{Delivery, Event};

/// Reads `{event, payload}`; further fields are tolerated.
pub(crate) fn delivery(body: &[u8]) -> Result<Delivery, WebhookError> {
    let mut body = object(json(body)?, ".")?;
    let name = match body.remove("event") {
        Some(Value::String(name)) => name,
        other => return Err(misfit("event", "text", found(other.as_ref()))),
    };
    let Some(payload) = body.remove("payload") else {
        return Err(misfit("payload", "an object", found(None)));
    };
    let Some(known) = Event::maker(&name) else {
        let event = Event::Unknown { event: name, payload: payload.clone() };
        return Ok(Delivery { event, raw: payload });
    };
    let raw = Value::Object(object(payload, "payload")?);
    Ok(Delivery { event: known(payment(&raw)?), raw })
}

fn json(body: &[u8]) -> Result<Value, WebhookError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(WebhookErrorKind::BodyTooLarge.into());
    }
    let text = std::str::from_utf8(body).map_err(|_| WebhookErrorKind::NotUtf8)?;
    if text.trim().is_empty() {
        return Err(WebhookErrorKind::EmptyBody.into());
    }
    serde_json::from_str(text).map_err(|error| not_json(&error).into())
}

fn not_json(error: &serde_json::Error) -> WebhookErrorKind {
    match error.classify() {
        Category::Eof => WebhookErrorKind::JsonCut,
        // There is no category for it.
        _ if error.to_string().starts_with("recursion limit exceeded") => {
            WebhookErrorKind::JsonTooDeep
        }
        Category::Syntax | Category::Data | Category::Io => WebhookErrorKind::NotJson,
    }
}

/// Asked for before serde is, since to serde an array is as good as a struct.
fn object(value: Value, path: &str) -> Result<Map<String, Value>, WebhookError> {
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(misfit(path, "an object", found(Some(&other)))),
    }
}

/// Nothing is required and everything else is tolerated, but what is there must be of its type.
fn payment(raw: &Value) -> Result<WebhookPayment, WebhookError> {
    serde_path_to_error::deserialize(raw).map_err(|error| {
        // The names of our fields: fields that the type doesn't have are not read.
        let field = error.path().to_string();
        let found = match raw.get(&field) {
            Some(Value::String(_)) => "text of another form",
            value => found(value),
        };
        misfit(&format!("payload.{field}"), "text of the documented form", found)
    })
}

fn misfit(path: &str, expected: &'static str, found: &'static str) -> WebhookError {
    WebhookError::misfit(Misfit { path: path.to_owned(), expected, found })
}

fn found(value: Option<&Value>) -> &'static str {
    match value {
        None => "no such field",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "true or false",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "text",
        Some(Value::Array(_)) => "an array",
        Some(Value::Object(_)) => "an object",
    }
}

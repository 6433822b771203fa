//! Reads the body of a delivery, but only after its token has been verified.

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::Unexpected;
use crate::types::WebhookPayment;
use crate::webhook::dedupe;
use crate::webhook::error::{Misfit, WebhookError, WebhookErrorKind};
use crate::webhook::event::{Delivery, Event};
use crate::webhook::wire::MAX_BODY_BYTES;
use openapi_keys_runtime::json::{Json, TreeProblem, read_leniently};

/// Reads `{event, payload}`. Accepts additional fields.
pub(crate) fn delivery(body: &[u8]) -> Result<Delivery, WebhookError> {
    let text = text(body)?;
    let body = json(text)?;
    if !matches!(body, Json::Object(_)) {
        return Err(misfit(".", "an object", found(Some(&body))));
    }
    let name = match body.get("event") {
        Some(Json::Text(name)) => name.clone().into_owned(),
        other => return Err(misfit("event", "text", found(other))),
    };
    let Some(payload) = body.get("payload") else {
        return Err(misfit("payload", "an object", found(None)));
    };
    let known = Event::maker(&name);
    if known.is_some() && !matches!(payload, Json::Object(_)) {
        return Err(misfit("payload", "an object", found(Some(payload))));
    }
    let raw = payload.to_value();
    let members = Json::members(text).map_err(|_| WebhookErrorKind::NotJson)?;
    let written = members.iter().rev().find(|(name, _)| name == "payload");
    let written = written.map_or("", |(_, value)| value);
    let (event, unexpected) = match known {
        None => (Event::Unknown { event: name, payload: raw.clone() }, Vec::new()),
        Some(known) => {
            let (payment, unexpected) = payment(written);
            (known(payment), unexpected)
        }
    };
    Ok(Delivery {
        paid_id: event.own_id_name().and_then(|name| id(payload.get(name)?)),
        key: dedupe::key(event.name(), payload),
        written: written.to_owned(),
        event,
        raw,
        unexpected,
    })
}

fn text(body: &[u8]) -> Result<&str, WebhookError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(WebhookErrorKind::BodyTooLarge.into());
    }
    let text = std::str::from_utf8(body).map_err(|_| WebhookErrorKind::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Err(WebhookErrorKind::EmptyBody.into());
    }
    Ok(text)
}

fn json(text: &str) -> Result<Json<'_>, WebhookError> {
    let tree = Json::read(text);
    if tree == Err(TreeProblem::TooDeep) {
        return Err(WebhookErrorKind::JsonTooDeep.into());
    }
    // `Json::read` also accepts text that only resembles JSON.
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| match error.classify() {
        Category::Eof => WebhookErrorKind::JsonCut,
        Category::Syntax | Category::Data | Category::Io => WebhookErrorKind::NotJson,
    })?;
    tree.map_err(|_| WebhookErrorKind::NotJson.into())
}

/// Reads the payment. No field is required and no value causes an error, because a rejected delivery would be sent
/// again and rejected again.
fn payment(payload: &str) -> (WebhookPayment, Vec<Unexpected>) {
    match read_leniently(payload) {
        Ok(read) => (read.value, read.unexpected),
        Err(_) => (WebhookPayment::new(), vec![Unexpected::ignored(".", payload)]),
    }
}

fn id(value: &Json<'_>) -> Option<String> {
    match value {
        // An empty id doesn't identify anything.
        Json::Text(text) if text.trim().is_empty() => None,
        Json::Text(text) => Some(text.clone().into_owned()),
        Json::Number(number) => Some((*number).to_owned()),
        _ => None,
    }
}

fn misfit(path: &str, expected: &'static str, found: &'static str) -> WebhookError {
    WebhookError::misfit(Misfit { path: path.to_owned(), expected, found })
}

fn found(value: Option<&Json<'_>>) -> &'static str {
    match value {
        None => "no such field",
        Some(Json::Null) => "null",
        Some(Json::Bool(_)) => "true or false",
        Some(Json::Number(_)) => "a number",
        Some(Json::Text(_)) => "text",
        Some(Json::List(_)) => "an array",
        Some(Json::Object(_)) => "an object",
    }
}

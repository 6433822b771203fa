//! Reads the response of a token endpoint. Pure.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::callback::Token;
use crate::error::ErrorKind;
use crate::secret_text::SecretText;

/// The content of a response.
pub(super) struct Answer {
    /// The token, or what went wrong: a verb phrase about the endpoint, e.g. "sent an empty response".
    pub(super) token: Result<Token, Problem>,
    /// The new refresh token, if any. The refresh token is kept even if the access token can't be used, because the
    /// server may accept only this refresh token from now on.
    pub(super) refresh_token: Option<SecretText>,
}

type Problem = Cow<'static, str>;

/// The maximum number of characters in an error code that isn't in [`CODES`]. A longer code isn't shown.
const CODE_SHOWN: usize = 40;

/// The error codes of RFC 6749, section 5.2, and what to do about each.
const CODES: [(&str, &str); 6] = [
    ("invalid_request", "check the additional parameters"),
    ("invalid_client", "check the client id and the client secret"),
    ("invalid_grant", "the refresh token is no longer valid; log in again"),
    ("unauthorized_client", "enable this grant type for the client on the server"),
    ("unsupported_grant_type", "the server doesn't support this grant type"),
    ("invalid_scope", "check the scopes"),
];

/// Reads a response. `is_secret` returns whether an error code contains one of the client's secrets.
pub(super) fn evaluate(
    status: StatusCode,
    body: &[u8],
    is_secret: impl Fn(&str) -> bool,
) -> Answer {
    let none = |problem: Problem| Answer { token: Err(problem), refresh_token: None };
    let fields = fields(body);
    let code = |fields: &Fields| fields.error.text().and_then(|code| shown(code, &is_secret));
    if let Some(kind) = ErrorKind::of_status(status) {
        if let ErrorKind::Redirected(_) = kind {
            return none(Cow::Owned(format!(
                "redirected with {status}, and redirects are never followed: set the token URL to the final URL"
            )));
        }
        let code = fields.ok().as_ref().and_then(code);
        return none(Cow::Owned(format!("responded with {status}{}", code.unwrap_or_default())));
    }
    let fields = match fields {
        Ok(fields) => fields,
        Err(problem) => return none(Cow::Borrowed(problem)),
    };
    // Some servers report an error with a status of 200.
    if let (Field::Missing, false) = (&fields.access_token, fields.error.is_missing()) {
        let code = code(&fields).unwrap_or_default();
        return none(Cow::Owned(format!("responded with {status}, but reported an error{code}")));
    }
    let token = token(&fields).map_err(Cow::Borrowed);
    let Field::Text(refresh_token) = fields.refresh_token else {
        return Answer { token, refresh_token: None };
    };
    let refresh_token = Some(refresh_token).filter(|it| !it.expose_secret().is_empty());
    Answer { token, refresh_token }
}

/// Returns the code, with advice if the code is in [`CODES`]. Returns `None` if the text doesn't look like a code or
/// contains a secret.
fn shown(code: &str, is_secret: impl Fn(&str) -> bool) -> Option<String> {
    if let Some((code, advice)) = CODES.iter().find(|(known, _)| *known == code) {
        return Some(format!(" (`{code}`): {advice}"));
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let is_code = !code.is_empty() && code.len() <= CODE_SHOWN && code.bytes().all(fits);
    (is_code && !is_secret(code)).then(|| format!(" (`{code}`)"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    access_token: Field,
    token_type: Field,
    expires_in: Value,
    refresh_token: Field,
    error: Field,
}

fn fields(body: &[u8]) -> Result<Fields, &'static str> {
    match body.trim_ascii_start().first() {
        None => Err("sent an empty response"),
        Some(b'<') => Err("sent HTML instead of JSON: check the token URL"),
        Some(b'{') => {
            serde_json::from_slice(body).map_err(|_| "sent a response that can't be read as JSON")
        }
        Some(_) => Err("sent a response that isn't a JSON object"),
    }
}

fn token(fields: &Fields) -> Result<Token, &'static str> {
    let secret = match &fields.access_token {
        Field::Missing => return Err("sent a response without `access_token`"),
        Field::Other => return Err("sent an `access_token` that isn't text"),
        Field::Text(secret) => secret,
    };
    if secret.expose_secret().is_empty() {
        return Err("sent an empty `access_token`");
    }
    if !is_token(secret.expose_secret()) {
        return Err("sent an `access_token` with a character that isn't allowed in a header");
    }
    match &fields.token_type {
        // RFC 6749 requires this field, but some servers leave it out. The token is then treated as a bearer token.
        Field::Missing => {}
        Field::Text(kind) if kind.expose_secret().eq_ignore_ascii_case("bearer") => {}
        _ => {
            return Err("sent a token whose `token_type` isn't `Bearer`, the only supported type");
        }
    }
    if matches!(fields.refresh_token, Field::Other) {
        return Err("sent a `refresh_token` that isn't text");
    }
    Ok(Token { secret: secret.clone(), lifetime: lifetime(&fields.expires_in)? })
}

/// Returns whether the text can follow `Bearer ` in a header.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads `expires_in`. Returns `None` if the field is missing or its number is too large for a `Duration`. In these
/// cases, the token is kept until it is rejected.
fn lifetime(value: &Value) -> Result<Option<Duration>, &'static str> {
    const NOT_WHOLE: &str = "sent an `expires_in` that isn't a whole number of seconds";
    const NEGATIVE: &str = "sent a negative `expires_in`";
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(seconds), _) => Ok(Some(Duration::from_secs(seconds))),
            (None, Some(seconds)) if seconds < 0.0 => Err(NEGATIVE),
            // Some servers write every number with a fraction: `3600.0`.
            (None, Some(seconds)) if seconds.fract() != 0.0 => Err(NOT_WHOLE),
            (None, Some(seconds)) => Ok(Duration::try_from_secs_f64(seconds).ok()),
            (None, None) => Ok(None),
        },
        // Some servers write the number as text: `"3600"`.
        Value::String(text)
            if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() =>
        {
            Ok(text.parse().ok().map(Duration::from_secs))
        }
        _ => Err(NOT_WHOLE),
    }
}

/// A field that should be text. `null` is treated as missing.
#[derive(Default)]
enum Field {
    #[default]
    Missing,
    Text(SecretText),
    Other,
}

impl Field {
    fn text(&self) -> Option<&str> {
        match self {
            Field::Text(text) => Some(text.expose_secret()),
            _ => None,
        }
    }

    fn is_missing(&self) -> bool {
        matches!(self, Field::Missing)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

macro_rules! other {
    ($($method:ident($type:ty))*) => {$(
        fn $method<E>(self, _: $type) -> Result<Field, E> {
            Ok(Field::Other)
        }
    )*};
}

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Field, E> {
        Ok(Field::Text(text.into()))
    }

    fn visit_unit<E>(self) -> Result<Field, E> {
        Ok(Field::Missing)
    }

    other! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }
}

#[cfg(test)]
mod tests;

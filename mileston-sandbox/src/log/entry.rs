//! A request and its result.

use std::borrow::Cow;
use std::time::Duration;

use axum::http::StatusCode;
use mileston_api::Timestamp;
use mileston_api::operation::Operation;
use mileston_keys::{AnyKey, KeyKind, ModeName};

/// A request and its result.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The number, counted from 1 and never reused.
    pub(crate) number: u64,
    pub(crate) at: Option<Timestamp>,
    /// `None` if no operation has this path and method.
    pub(crate) operation: Option<&'static Operation>,
    /// The method. Keys are removed, because a client may send anything as the method.
    pub(crate) method: String,
    /// Path and query, without keys.
    pub(crate) target: String,
    pub(crate) key: ShownKey,
    /// The media type of the body, without keys. `None` if the request had no `Content-Type` header, or if the header
    /// isn't valid text.
    pub(crate) content_type: Option<String>,
    /// The start of the body, without keys. It may be binary.
    pub(crate) body: Vec<u8>,
    /// Whether the method, path, query, media type or body was too long and was truncated.
    pub(crate) is_cut: bool,
    /// `None` if there was no response.
    pub(crate) status: Option<StatusCode>,
    pub(crate) took: Duration,
    /// The message of the error response, the fault that was applied, or a note that the client disconnected.
    pub(crate) reason: Option<String>,
}

impl Entry {
    /// Returns the body as text, or a description of its size if it isn't text.
    pub(crate) fn body_text(&self) -> Cow<'_, str> {
        match str::from_utf8(&self.body) {
            Ok(text) => Cow::Borrowed(text),
            // The part that is kept may end in the middle of a character.
            Err(error) if self.is_cut && error.error_len().is_none() => {
                String::from_utf8_lossy(&self.body)
            }
            Err(_) => {
                let more = if self.is_cut { "more than " } else { "" };
                Cow::Owned(format!("({more}{} bytes that aren't text)", self.body.len()))
            }
        }
    }

    /// Returns whether the body can be JSON: its media type is JSON or unknown.
    pub(crate) fn may_be_json(&self) -> bool {
        self.content_type.as_deref().is_none_or(|it| it.to_ascii_lowercase().contains("json"))
    }

    /// Returns whether the request failed. A request without a response is treated as failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.status.is_none_or(|status| status.is_client_error() || status.is_server_error())
    }
}

/// A description of the key that a request sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShownKey {
    /// No key was sent.
    None,
    /// The header doesn't contain a valid key.
    Unreadable,
    /// A key of this kind and mode, whether or not the sandbox has such a key.
    Of(KeyKind, ModeName),
}

impl ShownKey {
    /// Describes the key in this header.
    pub(super) fn of(header: Option<&str>) -> Self {
        match header.map(AnyKey::parse) {
            None => ShownKey::None,
            Some(Ok(key)) => ShownKey::Of(key.kind(), key.mode()),
            Some(Err(_)) => ShownKey::Unreadable,
        }
    }

    /// Returns a description.
    pub(crate) fn words(self) -> &'static str {
        match self {
            ShownKey::None => "no key",
            ShownKey::Unreadable => "invalid key",
            ShownKey::Of(KeyKind::Normal, ModeName::Test) => "test Normal key",
            ShownKey::Of(KeyKind::Normal, ModeName::Live) => "live Normal key",
            ShownKey::Of(KeyKind::Checkout, ModeName::Test) => "test Checkout key",
            ShownKey::Of(KeyKind::Checkout, ModeName::Live) => "live Checkout key",
        }
    }
}

#[cfg(test)]
impl Entry {
    /// Returns an example: a call with a test key.
    pub(super) fn example(operation: &'static Operation, target: &str, body: &str) -> Self {
        Entry {
            number: 1,
            at: None,
            operation: Some(operation),
            method: operation.method.to_string(),
            target: target.to_owned(),
            key: ShownKey::Of(KeyKind::Normal, ModeName::Test),
            content_type: None,
            body: body.as_bytes().to_vec(),
            is_cut: false,
            status: Some(StatusCode::OK),
            took: Duration::ZERO,
            reason: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue;

    use super::*;

    #[test]
    fn a_body_is_shown_as_text_or_as_its_size() {
        let entry = |body: &[u8], is_cut| Entry {
            body: body.to_vec(),
            is_cut,
            ..Entry::example(&catalogue::CREATE_INVOICE, "/", "")
        };
        for (body, is_cut, shown) in [
            (&b"a=1&b=%FF"[..], false, "a=1&b=%FF"),
            (b"", false, ""),
            (b"\x89PNG\xff", false, "(5 bytes that aren't text)"),
            (b"\x89PNG\xff", true, "(more than 5 bytes that aren't text)"),
            (b"a\xc3", true, "a\u{fffd}"),
            (b"a\xc3", false, "(2 bytes that aren't text)"),
        ] {
            assert_eq!(entry(body, is_cut).body_text(), shown, "{body:?}");
        }
    }
}

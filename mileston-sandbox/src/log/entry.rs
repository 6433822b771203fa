//! A request and how it ended.

use std::borrow::Cow;
use std::time::Duration;

use axum::http::StatusCode;
use mileston_api::Timestamp;
use mileston_api::operation::Operation;
use mileston_keys::{AnyKey, KeyKind, ModeName};

/// A request and how it ended.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Counted from 1, never used twice.
    pub(crate) number: u64,
    pub(crate) at: Option<Timestamp>,
    /// `None`: no operation has this path and method.
    pub(crate) operation: Option<&'static Operation>,
    /// Without keys: a client may send anything as its method.
    pub(crate) method: String,
    /// Path and query, without keys.
    pub(crate) target: String,
    pub(crate) key: ShownKey,
    /// The start of the body, without keys. It need not be text.
    pub(crate) body: Vec<u8>,
    /// Whether method, path, query or body were too long to be kept whole.
    pub(crate) is_cut: bool,
    /// `None`: there was no answer.
    pub(crate) status: Option<StatusCode>,
    pub(crate) took: Duration,
    /// What the refusal said, or which fault was ordered.
    pub(crate) reason: Option<String>,
}

impl Entry {
    /// The body as text, with U+FFFD for what isn't UTF-8.
    pub(crate) fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// What may be told of the key that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShownKey {
    /// There was none.
    None,
    /// What was sent is no key.
    Unreadable,
    /// A key of this kind and mode, whether it was given out or not.
    Of(KeyKind, ModeName),
}

impl ShownKey {
    /// What a header is.
    pub(super) fn of(header: Option<&str>) -> Self {
        match header.map(AnyKey::parse) {
            None => ShownKey::None,
            Some(Ok(key)) => ShownKey::Of(key.kind(), key.mode()),
            Some(Err(_)) => ShownKey::Unreadable,
        }
    }

    /// In words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            ShownKey::None => "no key",
            ShownKey::Unreadable => "no readable key",
            ShownKey::Of(KeyKind::Normal, ModeName::Test) => "test Normal key",
            ShownKey::Of(KeyKind::Normal, ModeName::Live) => "live Normal key",
            ShownKey::Of(KeyKind::Checkout, ModeName::Test) => "test Checkout key",
            ShownKey::Of(KeyKind::Checkout, ModeName::Live) => "live Checkout key",
        }
    }
}

#[cfg(test)]
impl Entry {
    /// A call of an operation with a test key, as it would be kept.
    pub(super) fn example(operation: &'static Operation, target: &str, body: &str) -> Self {
        Entry {
            number: 1,
            at: None,
            operation: Some(operation),
            method: operation.method.to_string(),
            target: target.to_owned(),
            key: ShownKey::Of(KeyKind::Normal, ModeName::Test),
            body: body.as_bytes().to_vec(),
            is_cut: false,
            status: Some(StatusCode::OK),
            took: Duration::ZERO,
            reason: None,
        }
    }
}

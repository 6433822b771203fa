//! Describes why the settings of a page can't be used.

use std::error::Error as StdError;
use std::fmt;

use mileston_keys::{KeyError, KeyErrorKind, KeyKind, write_report};
#[cfg(target_family = "wasm")]
use openapi_keys_runtime::page::FetchError;

use crate::Error;

/// The settings of a page can't be used. The error says which setting is wrong, and never quotes a key.
#[derive(Clone)]
pub struct SettingsError(Problem);

/// What is wrong with the settings. Code can branch on this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SettingsErrorKind {
    /// The file with the settings could not be fetched.
    NotFetched,
    /// The text with the settings isn't JSON, or a setting in it isn't a string.
    NotJson,
    /// A setting is missing or empty.
    Missing,
    /// The key is a Normal key, which must stay in the backend. Replace it.
    BackendKey,
    /// A setting is invalid, or the key isn't for the requested mode.
    Invalid,
}

#[derive(Clone, Debug)]
enum Problem {
    #[cfg(target_family = "wasm")]
    NotFetched(std::sync::Arc<FetchError>),
    NotJson {
        line: usize,
        column: usize,
    },
    Missing {
        place: String,
    },
    Key {
        place: String,
        error: KeyError,
    },
    Origin {
        place: String,
        error: std::sync::Arc<Error>,
    },
    Client(std::sync::Arc<Error>),
}

impl SettingsError {
    #[cfg(target_family = "wasm")]
    pub(super) fn not_fetched(error: FetchError) -> Self {
        SettingsError(Problem::NotFetched(error.into()))
    }

    pub(super) fn not_json(line: usize, column: usize) -> Self {
        SettingsError(Problem::NotJson { line, column })
    }

    pub(super) fn missing(place: String) -> Self {
        SettingsError(Problem::Missing { place })
    }

    pub(super) fn key(place: String, error: KeyError) -> Self {
        SettingsError(Problem::Key { place, error })
    }

    pub(super) fn origin(place: String, error: Error) -> Self {
        SettingsError(Problem::Origin { place, error: error.into() })
    }

    pub(super) fn client(error: Error) -> Self {
        SettingsError(Problem::Client(error.into()))
    }

    /// Returns the kind of problem, so that code can branch on it.
    #[must_use]
    pub fn kind(&self) -> SettingsErrorKind {
        match &self.0 {
            #[cfg(target_family = "wasm")]
            Problem::NotFetched(_) => SettingsErrorKind::NotFetched,
            Problem::NotJson { .. } => SettingsErrorKind::NotJson,
            Problem::Missing { .. } => SettingsErrorKind::Missing,
            Problem::Key { error, .. } if is_normal(error) => SettingsErrorKind::BackendKey,
            Problem::Key { .. } | Problem::Origin { .. } | Problem::Client(_) => {
                SettingsErrorKind::Invalid
            }
        }
    }
}

fn is_normal(error: &KeyError) -> bool {
    matches!(error.kind(), KeyErrorKind::WrongKey { kind: KeyKind::Normal, .. })
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            #[cfg(target_family = "wasm")]
            Problem::NotFetched(error) => {
                write!(f, "the page's settings can't be fetched: {error}")
            }
            Problem::NotJson { line, column } => write!(
                f,
                "the page's settings aren't the expected JSON (line {line}, column {column})"
            ),
            Problem::Missing { place } => write!(f, "{place} is missing or empty"),
            Problem::Key { place, error } if is_normal(error) => write!(
                f,
                "{place}: {error}; replace the Normal key: anyone could read it on this page"
            ),
            Problem::Key { place, error } => write!(f, "{place}: {error}"),
            Problem::Origin { place, error } => write!(f, "{place}: {error}"),
            Problem::Client(error) => write!(f, "the client can't be set up: {error}"),
        }
    }
}

/// Writes the message and its causes. `{:#?}` writes the fields. Neither contains any part of a key.
impl fmt::Debug for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_tuple("SettingsError").field(&self.0).finish()
    }
}

impl StdError for SettingsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            #[cfg(target_family = "wasm")]
            Problem::NotFetched(error) => Some(error),
            Problem::NotJson { .. } | Problem::Missing { .. } => None,
            Problem::Key { error, .. } => Some(error),
            Problem::Origin { error, .. } | Problem::Client(error) => Some(error),
        }
    }
}

//! Describes why a file could not be fetched from the page's server.

#![cfg(target_family = "wasm")]

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::error_report::write_report;
use crate::transport::TransportError;

/// Why a file could not be fetched from the page's own server.
#[non_exhaustive]
pub enum FetchError {
    /// No response arrived.
    NoResponse(TransportError),
    /// The status of the response isn't 200.
    Status(StatusCode),
    /// The response didn't arrive in time.
    Timeout,
    /// The response is longer than 64 KiB.
    TooLong,
    /// The connection broke in the middle of the response.
    Cut,
    /// The response isn't UTF-8.
    NotUtf8,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FetchError::NoResponse(error) => return fmt::Display::fmt(error, f),
            FetchError::Status(status) => {
                return write!(f, "the page's server responded with {}", status.as_str());
            }
            FetchError::Timeout => "the page's server didn't respond in time",
            FetchError::TooLong => "the response is longer than 64 KiB",
            FetchError::Cut => "the connection broke in the middle of the response",
            FetchError::NotUtf8 => "the response isn't UTF-8",
        })
    }
}

impl StdError for FetchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            FetchError::NoResponse(error) => error.source(),
            _ => None,
        }
    }
}

/// Prints the message, then the causes. `{:#?}` prints the kind and its fields.
impl fmt::Debug for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        match self {
            FetchError::NoResponse(error) => f.debug_tuple("NoResponse").field(error).finish(),
            FetchError::Status(status) => f.debug_tuple("Status").field(status).finish(),
            FetchError::Timeout => f.write_str("Timeout"),
            FetchError::TooLong => f.write_str("TooLong"),
            FetchError::Cut => f.write_str("Cut"),
            FetchError::NotUtf8 => f.write_str("NotUtf8"),
        }
    }
}

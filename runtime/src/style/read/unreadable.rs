//! Describes why a parameter can't be read.

use std::error::Error as StdError;
use std::fmt;

use crate::error_report::write_report;

/// Why a parameter can't be read. The message may quote part of the value, because it may contain an error message from
/// the value's type.
pub struct Unreadable {
    /// The reason, or `None` if the parameter is missing.
    reason: Option<String>,
}

impl Unreadable {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Unreadable { reason: Some(reason.into()) }
    }

    pub(super) fn absent() -> Self {
        Unreadable { reason: None }
    }

    pub(super) fn twice() -> Self {
        Unreadable::new("is given more than once")
    }

    /// Returns whether the parameter is missing.
    pub(super) fn is_absence(&self) -> bool {
        self.reason.is_none()
    }
}

/// Writes a clause that continues "the parameter …".
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.as_deref().unwrap_or("is missing"))
    }
}

/// Prints the message. `{:#?}` prints the fields.
impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("Unreadable").field("reason", &self.reason).finish(),
            false => write_report(self, f),
        }
    }
}

impl StdError for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(error: T) -> Self {
        Unreadable::new(format!("isn't valid: {error}"))
    }
}

//! Describes why text isn't a URL.

use std::error::Error as StdError;
use std::fmt;

/// Why text isn't a URL. The error never contains part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidUrl(pub(super) &'static str);

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl StdError for InvalidUrl {}

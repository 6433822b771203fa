//! A hand-written type for the format `date-time`. It accepts text that ends with `Z`, which means UTC.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A point in time. Only its `Z` is checked, which is enough for testing the generator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Timestamp(String);

/// The error for a string that isn't a point in time.
#[derive(Debug, PartialEq, Eq)]
pub struct NotInUtc;

impl FromStr for Timestamp {
    type Err = NotInUtc;

    fn from_str(text: &str) -> Result<Self, NotInUtc> {
        if text.ends_with('Z') { Ok(Timestamp(text.to_owned())) } else { Err(NotInUtc) }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = NotInUtc;

    fn try_from(text: String) -> Result<Self, NotInUtc> {
        text.parse()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotInUtc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time ends in `Z`")
    }
}

impl std::error::Error for NotInUtc {}

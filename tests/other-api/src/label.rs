//! A hand-written type that has the same name as a standard type.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Text without line breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "std::string::String")]
pub struct String(std::string::String);

/// The error for a string that has a line break.
#[derive(Debug, PartialEq, Eq)]
pub struct LineBreak;

impl FromStr for String {
    type Err = LineBreak;

    fn from_str(text: &str) -> Result<Self, LineBreak> {
        if text.contains('\n') { Err(LineBreak) } else { Ok(String(text.to_owned())) }
    }
}

impl TryFrom<std::string::String> for String {
    type Error = LineBreak;

    fn try_from(text: std::string::String) -> Result<Self, LineBreak> {
        text.parse()
    }
}

impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LineBreak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a label has no line breaks")
    }
}

impl std::error::Error for LineBreak {}

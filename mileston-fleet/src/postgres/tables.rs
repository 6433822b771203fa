//! The names of this crate's tables.

use std::error::Error;
use std::fmt;

/// The names of this crate's tables: each begins with a prefix, `mileston_` by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    prefix: Box<str>,
}

impl Default for Tables {
    fn default() -> Self {
        Tables { prefix: "mileston_".into() }
    }
}

impl Tables {
    /// Returns names with this prefix instead of `mileston_`, for example `shop_`, or `payments.mileston_` for tables
    /// in a schema.
    ///
    /// ```
    /// use mileston_fleet::postgres::Tables;
    ///
    /// assert_eq!(Tables::with_prefix("payments.m_")?.inbox(), "payments.m_inbox");
    /// assert!(Tables::with_prefix("drop table").is_err());
    /// # Ok::<(), mileston_fleet::postgres::InvalidPrefix>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the prefix contains characters other than lower-case letters, digits, `_` and one `.`, or
    /// more than 40 characters. Also returns an error if the prefix begins with a digit or `.`, or if the part after
    /// the `.` begins with a digit.
    pub fn with_prefix(prefix: &str) -> Result<Self, InvalidPrefix> {
        let parts: Vec<&str> = prefix.split('.').collect();
        let starts = |part: &&str| !part.starts_with(|first: char| first.is_ascii_digit());
        let allowed =
            |next: char| next.is_ascii_lowercase() || next.is_ascii_digit() || next == '_';
        let valid = parts.len() <= 2
            && prefix.len() <= 40
            && parts.iter().all(|part| part.chars().all(allowed))
            && parts.iter().all(starts)
            && (parts.len() == 1 || !parts[0].is_empty());
        if valid { Ok(Tables { prefix: prefix.into() }) } else { Err(InvalidPrefix) }
    }

    /// Returns the name of the table of webhook deliveries.
    #[must_use]
    pub fn inbox(&self) -> String {
        self.named("inbox")
    }

    /// Returns the name of the table of writes.
    #[must_use]
    pub fn outbox(&self) -> String {
        self.named("outbox")
    }

    pub(super) fn versions(&self) -> String {
        self.named("fleet_versions")
    }

    fn named(&self, table: &str) -> String {
        format!("{}{table}", self.prefix)
    }
}

/// A prefix that table names can't begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidPrefix;

impl fmt::Display for InvalidPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "invalid table prefix: use at most 40 characters: lower-case letters, digits and `_`, not beginning with a \
             digit; for tables in a schema, begin with the schema's name and a dot",
        )
    }
}

impl Error for InvalidPrefix {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_prefixes() {
        for prefix in ["", "m_", "a1", "payments.", "payments.m_"] {
            assert!(Tables::with_prefix(prefix).is_ok(), "{prefix}");
        }
        let long = "a".repeat(41);
        for prefix in ["1a", "A", "a b", "a;", "a\"", "a.b.c", ".a", "a.1", "ä", &long] {
            assert!(Tables::with_prefix(prefix).is_err(), "{prefix}");
        }
    }
}

//! Two types that a caller can also pass as text: a card, whose text is checked, and a desk, which
//! can be any text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A reader's card number, which consists of digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Card(String);

impl Card {
    /// Returns the library's own card.
    pub(crate) fn of_the_library() -> Self {
        Card("0".to_owned())
    }
}

/// The error for a string that isn't a card number.
#[derive(Debug, PartialEq, Eq)]
pub struct NotACard;

/// A desk in the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk(String);

/// A value that converts to a card.
pub trait IntoCard {
    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value isn't a card number.
    fn into_card(self) -> Result<Card, NotACard>;
}

/// A value that converts to a desk.
pub trait IntoDesk {
    /// Converts the value.
    fn into_desk(self) -> Desk;
}

impl IntoCard for Card {
    fn into_card(self) -> Result<Card, NotACard> {
        Ok(self)
    }
}

impl IntoCard for &str {
    fn into_card(self) -> Result<Card, NotACard> {
        self.parse()
    }
}

impl IntoDesk for Desk {
    fn into_desk(self) -> Desk {
        self
    }
}

impl IntoDesk for &str {
    fn into_desk(self) -> Desk {
        Desk(self.to_owned())
    }
}

impl FromStr for Card {
    type Err = NotACard;

    fn from_str(text: &str) -> Result<Self, NotACard> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { Ok(Card(text.to_owned())) } else { Err(NotACard) }
    }
}

impl TryFrom<String> for Card {
    type Error = NotACard;

    fn try_from(text: String) -> Result<Self, NotACard> {
        text.parse()
    }
}

impl FromStr for Desk {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
        Ok(text.into_desk())
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotACard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a card has digits only")
    }
}

impl std::error::Error for NotACard {}

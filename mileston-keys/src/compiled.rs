//! Reads and checks values at compile time. `checkout_key!` and `business_id!` expand to calls to this module. Don't
//! use this module directly.

use crate::business_id::{self, BusinessId};
use crate::env::is_name;
use crate::key::CheckoutKey;
use crate::mode::{Mode, ModeName};
use crate::parse::{KeyKind, well_formed};
use crate::prefix::find_key;

/// Text that has passed the checks for a `T`. Only the functions of this module create a `Compiled`, so unchecked text
/// never becomes a value.
pub struct Compiled<T> {
    text: &'static str,
    make: fn(&str) -> T,
}

impl<T> Compiled<T> {
    /// Creates the value from the checked text.
    #[must_use]
    pub fn value(self) -> T {
        (self.make)(self.text)
    }
}

/// Why a variable doesn't contain a Checkout key. The message for each case is in the macro, because only a macro can
/// include the variable's name in a compile-time message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// There is no text to check.
    Absent(Absent),
    /// The variable contains a Normal key.
    NormalKey,
    /// The variable contains a Checkout key for the wrong mode. The field is the mode of that key.
    OtherMode(ModeName),
    /// The variable contains other text that isn't a Checkout key.
    Malformed,
}

/// Why a variable doesn't contain a business id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdProblem {
    /// There is no text to check.
    Absent(Absent),
    /// The variable contains an API key, or the beginning of one, anywhere in its text.
    Key,
    /// The variable contains other text that isn't a business id.
    Malformed,
}

/// Why there is no text to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The argument isn't a valid variable name. The caller may have passed the value instead.
    NotAName,
    /// The variable isn't set.
    Unset,
    /// The variable is empty or only whitespace.
    Empty,
}

/// Checks the content of a variable in the same way as [`CheckoutKey::try_from`].
///
/// # Errors
///
/// Returns an error if the variable doesn't contain a Checkout key for this mode.
pub const fn checkout_key<M: Mode>(
    variable: &str,
    content: Option<&'static str>,
) -> Result<Compiled<CheckoutKey<M>>, KeyProblem> {
    let text = match present(variable, content) {
        Ok(text) => text,
        Err(absent) => return Err(KeyProblem::Absent(absent)),
    };
    match well_formed(text) {
        Some((KeyKind::Normal, _)) => Err(KeyProblem::NormalKey),
        Some((KeyKind::Checkout, found)) => match (found, M::NAME) {
            (ModeName::Test, ModeName::Test) | (ModeName::Live, ModeName::Live) => {
                Ok(Compiled { text, make: CheckoutKey::of_checked })
            }
            _ => Err(KeyProblem::OtherMode(found)),
        },
        None => Err(KeyProblem::Malformed),
    }
}

/// Checks the content of a variable in the same way as [`BusinessId::try_from`].
///
/// # Errors
///
/// Returns an error if the variable doesn't contain a business id.
pub const fn business_id(
    variable: &str,
    content: Option<&'static str>,
) -> Result<Compiled<BusinessId>, IdProblem> {
    let text = match present(variable, content) {
        Ok(text) => text,
        Err(absent) => return Err(IdProblem::Absent(absent)),
    };
    if business_id::well_formed(text) {
        Ok(Compiled { text, make: BusinessId::of_checked })
    } else if find_key(text).is_some() {
        Err(IdProblem::Key)
    } else {
        Err(IdProblem::Malformed)
    }
}

/// Returns the variable's content, or the reason why there is no text to check.
const fn present(variable: &str, content: Option<&'static str>) -> Result<&'static str, Absent> {
    match content {
        _ if !is_name(variable) => Err(Absent::NotAName),
        None => Err(Absent::Unset),
        Some(text) if text.trim_ascii().is_empty() => Err(Absent::Empty),
        Some(text) => Ok(text),
    }
}

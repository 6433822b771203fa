//! Defines how the runtime checks whether credentials are valid.

use mileston_keys::{BusinessId, KeyKind, ModeName};

/// The issuer of credentials, which decides whether they are valid.
pub trait Authority {
    /// Returns the business, mode and kind of this key, or `None` if the key isn't valid.
    fn grant(&self, key: &str) -> Option<Grant>;

    /// Returns whether keys of this mode are accepted.
    fn accepts(&self, mode: ModeName) -> bool;

    /// Returns whether the message was signed with the business's wallet secret.
    fn has_signed(&self, business: &BusinessId, message: &[u8], signature: &[u8; 32]) -> bool;
}

/// The business, mode and kind of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The business that the key was created for.
    pub business: BusinessId,
    /// The mode of the key: test or live.
    pub mode: ModeName,
    /// The kind of the key: Normal or Checkout.
    pub kind: KeyKind,
}

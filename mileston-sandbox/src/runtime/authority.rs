//! Access to the credentials that the platform has created.

use mileston_keys::{BusinessId, KeyKind, ModeName};

/// The issuer of credentials, which decides whether they are valid.
pub trait Authority {
    /// Returns what this key was created for, or `None` if the sandbox has no such key.
    fn grant(&self, key: &str) -> Option<Grant>;

    /// Returns whether keys of this mode are accepted.
    fn accepts(&self, mode: ModeName) -> bool;

    /// Returns whether this is the signature of these bytes with the business's wallet secret.
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

//! What a platform must know of the credentials that it gave out.

use mileston_keys::{BusinessId, KeyKind, ModeName};

/// Who gave out credentials, and so knows which are good.
pub trait Authority {
    /// What this key was given out for. `None`: it was not given out here.
    fn grant(&self, key: &str) -> Option<Grant>;

    /// Whether keys of this mode are accepted at all.
    fn accepts(&self, mode: ModeName) -> bool;

    /// Whether the signature is what the business's wallet secret makes of these bytes.
    fn has_signed(&self, business: &BusinessId, message: &[u8], signature: &[u8; 32]) -> bool;
}

/// What a key was given out for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// To whom.
    pub business: BusinessId,
    /// Test or live.
    pub mode: ModeName,
    /// Normal or Checkout.
    pub kind: KeyKind,
}

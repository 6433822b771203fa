//! Who calls, once that is settled.

use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::Refusal;

/// Who calls: a business that has shown a key, or anyone. It carries no key.
#[derive(Clone, Debug)]
pub struct Caller(Option<Identity>);

/// A business, and by which of its keys it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The business.
    pub business: BusinessId,
    /// The mode of the key: which of the two sets of data is meant.
    pub mode: ModeName,
    /// The kind of the key.
    pub kind: KeyKind,
}

impl Caller {
    /// Someone who needed no credential.
    pub fn anonymous() -> Self {
        Caller(None)
    }

    /// Someone whose credentials were found good.
    pub fn known(identity: Identity) -> Self {
        Caller(Some(identity))
    }

    /// Which business calls.
    ///
    /// # Errors
    ///
    /// The operation is open to anyone, so it is not known whose data it is about: 401.
    pub fn identity(&self) -> Result<&Identity, Refusal> {
        self.0.as_ref().ok_or_else(|| {
            Refusal::unauthorized(
                "This operation works on a business's data, but it was called without a key.",
            )
        })
    }
}

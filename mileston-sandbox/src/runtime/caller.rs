//! The caller of an operation, once its credentials are checked.

use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::Refusal;

/// The caller: a business that sent a key, or anyone. It doesn't contain the key.
#[derive(Clone, Debug)]
pub struct Caller(Option<Identity>);

/// A business, with the mode and kind of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The business.
    pub business: BusinessId,
    /// The mode of the key: selects one of the two sets of data.
    pub mode: ModeName,
    /// The kind of the key.
    pub kind: KeyKind,
}

impl Caller {
    /// Creates a caller without a credential, where none is needed.
    pub fn anonymous() -> Self {
        Caller(None)
    }

    /// Creates a caller with valid credentials.
    pub fn known(identity: Identity) -> Self {
        Caller(Some(identity))
    }

    /// Returns the calling business.
    ///
    /// # Errors
    ///
    /// Returns an error with status 401 if the call has no key, so it isn't known whose data to use.
    pub fn identity(&self) -> Result<&Identity, Refusal> {
        self.0.as_ref().ok_or_else(|| {
            Refusal::unauthorized(
                "This operation works on a business's data, but it was called without a key.",
            )
        })
    }
}

//! The caller of an operation, after the credentials have been checked.

use mileston_keys::{BusinessId, KeyKind, ModeName};

/// A business, and the mode and kind of its key, but not the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The business.
    pub business: BusinessId,
    /// The mode of the key, which selects one of the two sets of data.
    pub mode: ModeName,
    /// The kind of the key.
    pub kind: KeyKind,
}

//! The owner of data.

use mileston_keys::{BusinessId, ModeName};

/// A business in one of its two modes, which owns an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) business: BusinessId,
    pub(crate) mode: ModeName,
}

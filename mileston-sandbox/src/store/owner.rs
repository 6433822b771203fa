//! The owner of data.

use mileston_keys::{BusinessId, ModeName};

/// The owner of an account: a business in one of its two modes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) business: BusinessId,
    pub(crate) mode: ModeName,
}

//! The archive of `other-api`: an API whose operations need credentials of every kind.

pub mod holders;

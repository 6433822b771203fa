//! Defines the type of the private field in request bodies.

use std::fmt;

/// The type of a private field in each request body. The field ensures that only `new` can create the body.
///
/// If a program uses a struct literal, the compiler reports that the private field `made_by_new` is missing.
/// `#[non_exhaustive]` would also prevent the literal, but its error wouldn't mention `new`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct MadeByNew;

impl fmt::Debug for MadeByNew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

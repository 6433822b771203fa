//! Defines the private field of request bodies.

use std::fmt;

/// The private field of a request body, which means that only `new` can create one.
///
/// For a struct literal, the compiler reports that the private `made_by_new` field is missing. `#[non_exhaustive]`
/// would also prevent the literal, but the error wouldn't say what to write.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct MadeByNew;

impl fmt::Debug for MadeByNew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

//! The private field of request bodies.

use std::fmt;

/// The private field of a request body, by which only `new` makes one.
///
/// About a struct literal, the compiler says that the private field `made_by_new` is missing. `#[non_exhaustive]` would do the
/// same without a word of what to write.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct MadeByNew;

impl fmt::Debug for MadeByNew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

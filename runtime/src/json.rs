//! JSON as text: finds values, normalizes numbers, and reads bodies that have bad values.
//!
//! `serde_json` does the reading. How it represents a number depends on features that any crate in a program can enable
//! (`arbitrary_precision`, `float_roundtrip`, `preserve_order`), so nothing here relies on them.

mod lenient;
mod number;
mod overlong;
mod skim;
mod tree;
mod unexpected;

pub use lenient::{Failure, Lenient, read_leniently};
pub use number::{TOKEN, canonical};
pub(crate) use overlong::without_overlong;
pub use tree::{Json, TreeProblem};
pub use unexpected::Unexpected;

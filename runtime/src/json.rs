//! JSON as text: where a value is, how a number is written, and reading that survives an odd value.
//!
//! `serde_json` does the reading. What it hands over for a number depends on features that any crate in a program can
//! turn on (`arbitrary_precision`, `float_roundtrip`, `preserve_order`), so nothing here relies on them.

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

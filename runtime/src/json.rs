//! JSON as text: finds values, normalizes numbers, and reads bodies that have bad values.
//!
//! How `serde_json` represents a number depends on features that any crate in a program can enable
//! (`arbitrary_precision`, `float_roundtrip`, `preserve_order`), so nothing here relies on them.

mod escapes;
mod lenient;
mod number;
mod overlong;
mod read;
mod skim;
mod tree;
mod unexpected;

pub use lenient::{Lenient, read_leniently};
pub(crate) use lenient::{Repaired, repair};
pub use number::{TOKEN, canonical, canonical_float};
pub(crate) use overlong::without_overlong;
pub use read::Failure;
pub(crate) use read::{AnyValue, Field, Notice, Problem, ReadValue, Reader, read_all, value_of};
pub(crate) use skim::word;
pub use tree::{Json, TreeProblem};
pub use unexpected::Unexpected;

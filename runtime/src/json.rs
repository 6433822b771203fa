//! Processes JSON as text: finds values, normalises numbers, and reads bodies in which some values
//! don't match their types.
//!
//! Any crate in a program can enable features of `serde_json` that change how numbers or objects
//! are represented (`arbitrary_precision`, `float_roundtrip`, `preserve_order`). The code in this
//! module works with and without these features.

mod digits;
mod escapes;
mod lenient;
mod number;
mod overlong;
mod read;
mod skim;
mod tree;
mod unexpected;

#[cfg(target_family = "wasm")]
pub(crate) use digits::without_exponent;
pub use lenient::{Lenient, read_leniently};
pub(crate) use lenient::{Repaired, repair};
pub use number::{TOKEN, canonical, canonical_float, float_text};
pub(crate) use overlong::without_overlong;
pub(crate) use read::{
    AnyValue, Field, Notice, Problem, ReadValue, Reader, is_number, read_all, value_of,
};
pub use read::{Failure, float, read};
pub(crate) use skim::word;
pub use tree::{Json, TreeProblem};
pub use unexpected::Unexpected;

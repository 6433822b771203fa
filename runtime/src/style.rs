//! Writes and reads parameters in OpenAPI's parameter styles, i.e. converts values to text and back. Pure.
//!
//! A parameter is a single value, a list of values, or an object of values. The parameter's [`Style`] defines how the
//! parameter is written in a path, query, header or cookie. Clients write parameters, and servers [read] them.
//!
//! # What a style can't represent
//!
//! A value is never changed silently. If a reader could mistake a written value for a different value, writing it is an
//! error. This applies to:
//!
//! * a separator that is part of a value and can't be escaped: `,` in a header or cookie, a space with
//!   `spaceDelimited`, `|` with `pipeDelimited`, `.` in an exploded `label`;
//! * an empty string in a list or object that is written as one string, because there would be nothing between
//!   the separators;
//! * `null`, a list or an object inside a list or object, and a number that isn't finite.
//!
//! # Missing values
//!
//! `None`, an empty list and an empty object aren't sent. With [`Style::allow_empty`], which corresponds to
//! `allowEmptyValue: true`, an empty list is sent as `color=`. In a path, a missing value is an error, because the
//! request would call a different operation.

mod encoding;
mod problem;
pub mod read;
mod scalar;
mod styles;
mod value;
mod write;

pub(crate) use encoding::Place;
#[cfg(test)]
pub(crate) use problem::Problem;
pub use styles::Style;
pub(crate) use write::write;

#[cfg(test)]
mod tests;

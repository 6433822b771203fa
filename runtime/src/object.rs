//! Reads and writes the structs of generated clients, like serde's `derive` but with code that compiles faster.
//!
//! `derive` generates about forty lines for each field, and the compiler checks these lines in each client. Here, the
//! loop over an object's members is generic code in the runtime, and `object!` adds only three short lines for each
//! field.

mod describe;
pub mod kinds;
mod read;
mod write;

pub use read::{Members, ReadObject, read_object};
pub use write::{Fields, WriteObject, write_object};

#[cfg(test)]
mod tests;

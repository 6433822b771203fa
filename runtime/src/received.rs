//! Represents the headers of a response until the program reads them.
//!
//! A browser returns header names as strings. To convert a string to a `HeaderName`, `http` needs the table of all
//! standard names, which adds 15 kB to a page's WebAssembly. So in a browser the `HeaderMap` is created only if the
//! program requests it, which most pages never do.

#[cfg(any(test, target_family = "wasm"))]
mod listed;
#[cfg(not(target_family = "wasm"))]
mod mapped;

#[cfg(target_family = "wasm")]
pub(crate) use self::listed::Listed as Received;
#[cfg(not(target_family = "wasm"))]
pub(crate) use self::mapped::Mapped as Received;

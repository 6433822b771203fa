//! The headers of a response, before the program looks at them.
//!
//! A browser returns their names as text. `http` makes a `HeaderName` of a text only with the table of all standard names,
//! which is 15 kB of a page's WebAssembly; so there a map is made when the program asks for one, and most pages don't.

#[cfg(any(test, target_family = "wasm"))]
mod listed;
#[cfg(not(target_family = "wasm"))]
mod mapped;

#[cfg(target_family = "wasm")]
pub(crate) use self::listed::Listed as Received;
#[cfg(not(target_family = "wasm"))]
pub(crate) use self::mapped::Mapped as Received;

//! A page on which a payer pays a payment link: Rust on WebAssembly, without a framework.
//!
//! [`flow`] decides what the page shows and what it sends, without touching a browser, so it is tested on any target and
//! can be used with a framework. `page` does what it says in the document; it exists on `wasm32-unknown-unknown` only.

pub mod flow;
pub mod qr;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod page;

//! A page on which a payer pays a payment link, in Rust on WebAssembly, without a framework.
//!
//! [`flow`] decides what the page shows and sends, and [`platform`] sends it. Neither uses browser APIs, so both are
//! tested on any target and can be used with a framework. `page` shows it in a document; it exists only on
//! `wasm32-unknown-unknown`.

pub mod flow;
pub mod platform;
pub mod qr;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod page;

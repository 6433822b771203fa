//! A page where a payer pays a payment link. It is written in Rust, compiled to WebAssembly, and uses no framework.
//!
//! [`flow`] decides what the page shows and which requests it sends, and [`platform`] sends them. Neither uses browser APIs, so
//! both can be tested on any target and used with a framework. `page` shows the view in a document; it exists only on
//! `wasm32-unknown-unknown`.

pub mod flow;
pub mod platform;
pub mod qr;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod page;

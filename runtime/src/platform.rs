//! Contains the code that differs between native programs and browsers, except for the transport
//! and the clock.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
use browser as this;
#[cfg(not(target_family = "wasm"))]
use native as this;

pub(crate) use this::{
    BoxBody, Turn, TurnGuard, float, float_text, http_date, try_turn, unpredictable,
};
pub use this::{BoxFuture, MaybeSend};

//! Defines the source of time and randomness for a client.

#[cfg(target_family = "wasm")]
mod browser;
mod contract;
#[cfg(not(target_family = "wasm"))]
mod tokio;

#[cfg(target_family = "wasm")]
pub use self::browser::BrowserClock;
pub use self::contract::Clock;
#[cfg(not(target_family = "wasm"))]
pub use self::tokio::TokioClock;

/// The default clock of clients: `TokioClock`, or `BrowserClock` in a browser.
#[cfg(not(target_family = "wasm"))]
pub type DefaultClock = TokioClock;

/// The default clock of clients: `BrowserClock`, or `TokioClock` in a native program.
#[cfg(target_family = "wasm")]
pub type DefaultClock = BrowserClock;

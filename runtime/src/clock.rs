//! Time and randomness: the source of both for a client.

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

/// The clock that clients use unless they get another one: `TokioClock`, and `BrowserClock` in a browser.
#[cfg(not(target_family = "wasm"))]
pub type DefaultClock = TokioClock;

/// The clock that clients use unless they get another one: `BrowserClock`, and `TokioClock` in a native program.
#[cfg(target_family = "wasm")]
pub type DefaultClock = BrowserClock;

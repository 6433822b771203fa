//! Rate limits: the maximum number of requests with one key in a time window.
//!
//! `window` counts requests without reading a clock, and `limit` applies the limits to the API's operations.

mod limit;
mod limiter;
mod quota;
mod settings;
mod window;

pub(crate) use limit::{Limits, limit};
pub(crate) use limiter::Limiter;
pub use settings::RateLimits;

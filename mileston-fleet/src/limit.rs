//! A rate limit that all processes with the same credential share, in Redis or Valkey.

mod builder;
mod local;
mod policy;
mod quota;
mod shared;
mod store;

pub use builder::SharedRateLimitBuilder;
pub use policy::IfUnavailable;
pub use shared::SharedRateLimit;

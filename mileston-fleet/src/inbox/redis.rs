//! An inbox in Redis or Valkey: a delivery is processed under a lease with a fencing token.

mod delivery;
mod error;
mod inbox;
mod lease;

pub use delivery::Delivery;
pub use error::LeaseError;
pub use inbox::{Claim, RedisInbox};

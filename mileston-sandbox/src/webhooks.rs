//! Webhooks: sends an event for each payment to the endpoints, and retries until they acknowledge it or no attempts
//! are left.
//!
//! An event is written in the same transaction as its payment (`store/outbox.rs`), so a sandbox
//! that stores its data in a file loses no event, even if it is killed. Each webhook has a task that takes the due
//! events, sends them and records the results. So a slow or dead endpoint delays only its own deliveries.

mod address;
mod adversary;
mod attempt;
mod courier;
mod excerpt;
mod handle;
mod registry;
mod schedule;
mod sender;
mod settings;
mod worker;

pub(crate) use adversary::Plan;
pub(crate) use attempt::Try;
pub use attempt::Way;
pub(crate) use courier::Courier;
pub use handle::Webhooks;
pub(crate) use registry::{EVENTS, WebhookRequest};
pub(crate) use schedule::Progress;
pub use settings::WebhookSettings;

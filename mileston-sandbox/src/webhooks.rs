//! Webhooks: telling endpoints of payments until they acknowledge it.
//!
//! What is to be told is written with the payment (`store/outbox.rs`). From there a task for each webhook takes what is
//! due, sends it and writes down what became of it: so nothing is lost however the sandbox ends, and an endpoint that
//! is slow or dead holds up nobody but itself.

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

//! Faults on demand: what a network, a proxy or an overloaded platform does to a call, done on purpose.
//!
//! Which fault is due is decided here, by plain functions; `inject` does it, around the operations of the API alone.

mod body;
mod error;
mod fault;
mod inject;
mod plan;
mod rules;
mod schedule;

pub use error::FaultError;
pub use fault::Fault;
pub(crate) use inject::{Hangup, inject};
pub use plan::{FaultPlan, FaultRule};
pub(crate) use rules::{Faults, Listed};
pub(crate) use schedule::Schedule;

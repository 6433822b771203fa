//! Faults on demand: what a network, a proxy or an overloaded platform can do to a request.
//!
//! `rules` decides which fault applies to a call, and `inject` applies it to API operations.

mod body;
mod error;
mod fault;
mod inject;
mod limits;
mod plan;
mod rules;
mod schedule;

pub use error::FaultError;
pub use fault::Fault;
pub(crate) use inject::{Hangup, inject};
pub use plan::{FaultPlan, FaultRule};
pub(crate) use rules::{Faults, Listed};
pub(crate) use schedule::Schedule;

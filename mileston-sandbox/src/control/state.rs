//! The parts of the sandbox that `/_sandbox` controls. Each handler takes only the parts that it needs.

use std::sync::Arc;

use axum::extract::FromRef;
use mileston_api::Timestamp;

use crate::faults::Faults;
use crate::issuer::Issuer;
use crate::links::Links;
use crate::log::RequestLog;
use crate::platform::Services;
use crate::rate_limits::Limiter;
use crate::reach::Reach;
use crate::store::Store;
use crate::webhooks::Courier;

/// Everything that can be controlled.
#[derive(Clone, FromRef)]
pub(crate) struct Control {
    pub(crate) reach: Arc<Reach>,
    pub(crate) store: Arc<Store>,
    pub(crate) courier: Arc<Courier>,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) links: Links,
    pub(crate) faults: Arc<Faults>,
    /// `None` if there are no rate limits.
    pub(crate) limiter: Option<Arc<Limiter>>,
    pub(crate) log: Arc<RequestLog>,
    pub(crate) services: Services,
    /// When the sandbox was started, according to the machine's clock.
    pub(crate) since: Option<Timestamp>,
}

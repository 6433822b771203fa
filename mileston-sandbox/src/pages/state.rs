//! The parts of the sandbox that the pages need. Each handler takes only the parts that it needs.

use std::sync::Arc;

use axum::extract::FromRef;
use mileston_keys::WebhookToken;

use super::form_token::FormToken;
use super::reveals::{Made, Reveals};
use super::urls::Urls;
use crate::issuer::Issuer;
use crate::links::Links;
use crate::log::RequestLog;
use crate::reach::Reach;
use crate::store::Store;
use crate::webhooks::Courier;

/// Everything that the pages show or change.
#[derive(Clone, FromRef)]
pub(crate) struct Pages {
    reach: Arc<Reach>,
    pub(super) store: Arc<Store>,
    courier: Arc<Courier>,
    pub(super) issuer: Arc<Issuer>,
    links: Links,
    log: Arc<RequestLog>,
    pub(super) urls: Urls,
    secrets: Arc<Secrets>,
}

/// The pages' own secrets. They are in memory only, and are lost when the sandbox stops.
#[derive(Default)]
pub(super) struct Secrets {
    /// Credentials that were created and haven't been shown yet.
    pub(super) reveals: Reveals<Made>,
    /// Tokens of new webhooks that haven't been shown yet.
    pub(super) tokens: Reveals<WebhookToken>,
    /// The token that a form must contain to be accepted.
    pub(super) token: FormToken,
}

impl Pages {
    /// Creates pages for these parts of a sandbox.
    pub(crate) fn new(
        reach: Arc<Reach>,
        courier: Arc<Courier>,
        issuer: Arc<Issuer>,
        links: Links,
        log: Arc<RequestLog>,
    ) -> Self {
        let (store, secrets) = (Arc::clone(courier.store()), Arc::default());
        let urls = Urls::of(&links);
        Pages { reach, store, courier, issuer, links, log, urls, secrets }
    }
}

//! Assembles the parts of a sandbox, and decides the order of the layers around the operations.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_request, map_response};
use mileston_api::Timestamp;

use crate::control::Control;
use crate::faults::Faults;
use crate::generated::server;
use crate::issuer::Issuer;
use crate::links::Links;
use crate::log::{Recorder, RequestLog};
use crate::options::Options;
use crate::pages::Pages;
use crate::platform::{self, Services};
use crate::rate_limits::{Limiter, Limits};
use crate::reach::Reach;
use crate::webhooks::Courier;
use crate::{control, faults, log, pages, rate_limits, runtime};

/// The parts of one sandbox.
pub(crate) struct Assembly {
    reach: Arc<Reach>,
    courier: Arc<Courier>,
    issuer: Arc<Issuer>,
    links: Links,
    services: Services,
    faults: Arc<Faults>,
    limiter: Option<Arc<Limiter>>,
    log: Arc<RequestLog>,
}

impl Assembly {
    /// Creates the parts of a sandbox. All parts share the courier's store.
    pub(crate) fn new(reach: &Arc<Reach>, options: &Options, courier: Arc<Courier>) -> Self {
        let issuer = Arc::new(Issuer::new(Arc::clone(courier.store()), options.live));
        let links = Links::new(reach.url());
        let services = platform::services(&courier, &links);
        Assembly {
            reach: Arc::clone(reach),
            courier,
            issuer,
            links,
            services,
            faults: Arc::new(Faults::new(options.faults_by_header)),
            limiter: options.rate_limits.clone().map(Limiter::new).map(Arc::new),
            log: Arc::default(),
        }
    }

    /// Returns the fault rules, so that Rust tests can add more.
    pub(crate) fn faults(&self) -> &Arc<Faults> {
        &self.faults
    }

    /// Builds the router.
    pub(crate) fn into_router(self) -> Router {
        let (pages, recorder) = (self.pages(), self.recorder());
        let served = from_fn_with_state(Arc::clone(&self.reach), pages::expect_served_host);
        // Set this fallback before adding the CORS layer: a layer wraps only routes and fallbacks that already exist. A
        // preflight (`OPTIONS`) matches no operation's method, so it reaches this fallback.
        self.limited()
            .method_not_allowed_fallback(pages::not_found)
            // This layer is inside the CORS layer, so that web pages can read injected faults as well.
            .layer(from_fn_with_state(Arc::clone(&self.faults), faults::inject))
            // This fallback is inside the CORS layer, so that the CORS layer sees preflights for unknown paths and can
            // log why it rejects them.
            .fallback(pages::not_found)
            .layer(from_fn(runtime::share))
            .layer(from_fn_with_state(recorder, log::record))
            .layer(from_fn_with_state(pages.clone(), pages::divert))
            .merge(pages::router(pages))
            .merge(control::router(self.control()))
            .method_not_allowed_fallback(pages::not_found)
            .layer(served)
            .layer(map_response(runtime::harden))
            .layer(map_request(runtime::take_in))
    }

    /// Builds a router for creating fixtures. This router has the operations and `/_sandbox`, but no faults, limits or
    /// log.
    pub(crate) fn bare_router(&self) -> Router {
        self.operations().merge(control::router(self.control()))
    }

    fn operations(&self) -> Router {
        server::router(Arc::clone(&self.issuer), self.services.clone())
    }

    /// Builds the router for the operations, with rate limits if they are turned on.
    fn limited(&self) -> Router {
        let operations = self.operations();
        match &self.limiter {
            None => operations,
            Some(limiter) => {
                let (limiter, issuer) = (Arc::clone(limiter), Arc::clone(&self.issuer));
                let limits = Limits { limiter, issuer };
                operations.layer(from_fn_with_state(limits, rate_limits::limit))
            }
        }
    }

    fn recorder(&self) -> Recorder {
        Recorder { log: Arc::clone(&self.log), store: Arc::clone(self.courier.store()) }
    }

    fn pages(&self) -> Pages {
        let (courier, issuer) = (Arc::clone(&self.courier), Arc::clone(&self.issuer));
        let (reach, log) = (Arc::clone(&self.reach), Arc::clone(&self.log));
        Pages::new(reach, courier, issuer, self.links.clone(), log)
    }

    fn control(&self) -> Control {
        Control {
            reach: Arc::clone(&self.reach),
            store: Arc::clone(self.courier.store()),
            courier: Arc::clone(&self.courier),
            issuer: Arc::clone(&self.issuer),
            links: self.links.clone(),
            faults: Arc::clone(&self.faults),
            limiter: self.limiter.clone(),
            log: Arc::clone(&self.log),
            services: self.services.clone(),
            since: Timestamp::now().ok(),
        }
    }
}

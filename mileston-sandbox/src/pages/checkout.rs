//! The checkout page of a payment link, an invoice or a recurring payment.

mod kind;
mod view;

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use mileston_api::types::{Invoice, PaymentLink, RecurringPayment};
use mileston_keys::{BusinessId, ModeName};

use self::kind::Kind;
use self::view::Checkout;
use super::state::Pages;
use super::urls::Urls;
use super::{headers, layout};
use crate::issuer::Issuer;
use crate::runtime::{Authority, Hint, KEY_HEADER, Refusal, Response};
use crate::store::{Line, Owner, Rejection, Store};

/// The parts of the sandbox that the page needs.
#[derive(Clone)]
pub(crate) struct CheckoutPage {
    store: Arc<Store>,
    issuer: Arc<Issuer>,
    urls: Urls,
}

impl FromRef<Pages> for CheckoutPage {
    fn from_ref(pages: &Pages) -> Self {
        let (store, issuer) = (Arc::clone(&pages.store), Arc::clone(&pages.issuer));
        CheckoutPage { store, issuer, urls: pages.urls.clone() }
    }
}

/// Shows the page to a browser, and passes on every API request.
///
/// On the platform, the pages and the API have different hosts. Here, they share a host and paths such as
/// `/invoice/{id}`, so a request that accepts HTML and has no key gets the page. An API request without a key would be
/// rejected anyway.
pub(crate) async fn divert(
    State(checkout): State<CheckoutPage>,
    request: Request,
    next: Next,
) -> Response {
    let kind = match page_of(&request) {
        Some(kind) if headers::wants_html(request.headers()) => kind,
        Some(_) => return next.run(with_hint(request)).await,
        None => return next.run(request).await,
    };
    let (mut parts, _) = request.into_parts();
    let id = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => params.iter().next().map(|(_, id)| id.to_owned()).unwrap_or_default(),
        Err(_) => String::new(),
    };
    checkout.show(kind, &id).await.unwrap_or_else(|refusal| checkout.failed(&refusal))
}

/// Returns the kind of page at the request's path. Returns `None` if the request has a key, or isn't a GET or HEAD.
fn page_of(request: &Request) -> Option<Kind> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read || request.headers().contains_key(KEY_HEADER) {
        return None;
    }
    let path = request.extensions().get::<MatchedPath>()?;
    Kind::of_route(path.as_str())
}

/// Adds a hint to the error for the missing key. The hint helps, for example, a developer who opens a link with curl.
fn with_hint(mut request: Request) -> Request {
    request.extensions_mut().insert(Hint(
        "This URL is also a checkout page: open it in a browser, or send the `Accept: text/html` header.",
    ));
    request
}

impl CheckoutPage {
    async fn show(&self, kind: Kind, id: &str) -> Result<Response, Refusal> {
        let CheckoutPage { issuer, urls, .. } = self;
        let Some((owner, line)) = self.find(kind, id).await? else {
            let page = layout::problem(urls, "There is nothing to pay here", &kind.unknown());
            return Ok(headers::html(StatusCode::NOT_FOUND, page));
        };
        let key = &issuer.page_key(&owner.business, owner.mode)?;
        let page = view::page(&Checkout { urls, kind, owner: &owner, line: &line, key });
        Ok(headers::html(StatusCode::OK, page))
    }

    /// Renders the page for an internal error.
    fn failed(&self, refusal: &Refusal) -> Response {
        let text = format!("{refusal}. Reload the page.");
        let page = layout::problem(&self.urls, "The sandbox had an error", &text);
        headers::html(refusal.status(), page)
    }

    /// Returns the record to pay, and its owner.
    async fn find(&self, kind: Kind, id: &str) -> Result<Option<(Owner, Line)>, Rejection> {
        let found = self.locate(kind, id).await?.filter(|(_, mode)| self.issuer.accepts(*mode));
        let Some((business, mode)) = found else { return Ok(None) };
        let owner = Owner { business, mode };
        // The record may have been deleted since it was located.
        let line = self.store.line(owner.clone(), kind.page(), id).await?;
        Ok(line.map(|line| (owner, line)))
    }

    /// Returns the record's owner. This requires no key, because anyone who knows the URL of a page can open the page.
    async fn locate(
        &self,
        kind: Kind,
        id: &str,
    ) -> Result<Option<(BusinessId, ModeName)>, Rejection> {
        match kind {
            Kind::PaymentLink => self.store.locate::<PaymentLink>(id).await,
            Kind::Invoice => self.store.locate::<Invoice>(id).await,
            Kind::Recurring => self.store.locate::<RecurringPayment>(id).await,
        }
    }
}

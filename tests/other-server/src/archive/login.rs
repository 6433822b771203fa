//! A token endpoint for the `login` scheme. It supports client credentials, and refresh tokens that are replaced on
//! each use.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use serde::Serialize;

use super::Issuer;
use super::secrets::secret;
use crate::runtime::{Response, basic};

/// The id of the only client.
pub const CLIENT: &str = "archivist";

/// The client's secret.
pub const CLIENT_SECRET: &str = "fake-client-secret";

/// The refresh token that the user got when logging in.
pub const FIRST_REFRESH_TOKEN: &str = "fake-refresh-0";

/// The issuer of tokens.
#[derive(Debug, Default)]
pub struct Login(Mutex<LoginState>);

#[derive(Debug, Default)]
struct LoginState {
    requests: Vec<TokenRequest>,
    /// The number of issued tokens.
    issued: usize,
    /// The number of times that the refresh token was replaced.
    rotated: usize,
    revoked: BTreeSet<String>,
}

/// A request for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// The grant type.
    pub grant: String,
    /// The requested scopes, in order.
    pub scopes: Vec<String>,
}

impl Login {
    /// Returns all token requests so far, including rejected ones.
    pub fn requests(&self) -> Vec<TokenRequest> {
        self.state().requests.clone()
    }

    /// Revokes a token, as if it had expired early.
    pub fn revoke(&self, token: &str) {
        self.state().revoked.insert(token.to_owned());
    }

    pub(super) fn has_revoked(&self, token: &str) -> bool {
        self.state().revoked.contains(token)
    }

    fn state(&self) -> MutexGuard<'_, LoginState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn routes() -> Router<Arc<Issuer>> {
    Router::new().route("/token", post(token)).route("/refresh", post(refresh))
}

#[derive(Serialize)]
struct Issued {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

#[derive(Serialize)]
struct Refused {
    error: &'static str,
}

/// Handles the client credentials grant.
async fn token(State(issuer): State<Arc<Issuer>>, headers: HeaderMap, body: String) -> Response {
    let state = &mut issuer.login.state();
    let form = Form::of(&body);
    state.requests.push(form.request());
    let header = headers.get("authorization").and_then(|value| value.to_str().ok());
    let pair = header.and_then(|value| basic::decode(value.strip_prefix("Basic ")?));
    if pair != Some((CLIENT.to_owned(), CLIENT_SECRET.to_owned())) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    match form.get("grant_type") {
        Some("client_credentials") => issue(state, &form, None),
        _ => refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
    }
}

/// Handles the refresh token grant, for a client without a secret.
async fn refresh(State(issuer): State<Arc<Issuer>>, body: String) -> Response {
    let state = &mut issuer.login.state();
    let form = Form::of(&body);
    state.requests.push(form.request());
    let current = format!("fake-refresh-{}", state.rotated);
    match (form.get("grant_type"), form.get("client_id"), form.get("refresh_token")) {
        (Some("refresh_token"), Some(CLIENT), Some(given)) if given == current => {
            state.rotated += 1;
            let next = format!("fake-refresh-{}", state.rotated);
            issue(state, &form, Some(next))
        }
        (Some("refresh_token"), Some(CLIENT), _) => {
            refused(StatusCode::BAD_REQUEST, "invalid_grant")
        }
        _ => refused(StatusCode::BAD_REQUEST, "invalid_request"),
    }
}

/// Issues a token. Tokens have numbers, so that a test can revoke a token and get a different one.
fn issue(state: &mut LoginState, form: &Form, refresh_token: Option<String>) -> Response {
    state.issued += 1;
    let number = format!("number-{}", state.issued);
    let scopes = form.get("scope").unwrap_or_default().split_whitespace();
    let words: Vec<&str> = scopes.chain([number.as_str()]).collect();
    let access_token = secret("login", &words);
    Json(Issued { access_token, token_type: "Bearer", expires_in: 3600, refresh_token })
        .into_response()
}

fn refused(status: StatusCode, error: &'static str) -> Response {
    (status, Json(Refused { error })).into_response()
}

/// The parameters of a body.
struct Form(Vec<(String, String)>);

impl Form {
    fn of(body: &str) -> Self {
        // A form is encoded like a query.
        let uri: Option<Uri> = format!("/?{body}").parse().ok();
        let pairs = uri.and_then(|uri| Query::try_from_uri(&uri).ok());
        Form(pairs.map(|Query(pairs)| pairs).unwrap_or_default())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn request(&self) -> TokenRequest {
        let scopes = self.get("scope").unwrap_or_default().split_whitespace();
        TokenRequest {
            grant: self.get("grant_type").unwrap_or_default().to_owned(),
            scopes: scopes.map(str::to_owned).collect(),
        }
    }
}

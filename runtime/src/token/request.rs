//! Sends token requests (RFC 6749).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use zeroize::Zeroizing;

use super::callback::Token;
use super::encoding::{basic, form, is_scope};
use super::endpoint::Endpoint;
use super::error::SetupError;
use super::response::{Answer, evaluate};
use super::settings::Settings;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::read::read;
use crate::redact::Redactor;
use crate::request::JSON;
use crate::secret_text::SecretText;
use crate::timer::Timer;
use crate::transport::Body;
use crate::transport::carrier::{Carrier, Inbound, Outbound};
use crate::transport::{TransportError, TransportErrorKind};
use crate::wiped;

/// The size limit of a response. A token is at most a few kilobytes, because it must fit into a header.
const MAX_RESPONSE: usize = 64 * 1024;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// The parameters that the client sets itself.
const RESERVED: [&str; 5] = ["grant_type", "scope", "client_id", "client_secret", "refresh_token"];

/// The grant that the client uses to get a token.
pub(super) enum Grant {
    ClientCredentials,
    RefreshToken {
        /// The latest refresh token. A response may contain the next one.
        token: Mutex<SecretText>,
        rotated: Option<Box<dyn OnRotation>>,
    },
}

/// The user's code that saves a new refresh token.
pub(super) trait OnRotation: Send + Sync {
    fn rotated(&self, token: &SecretText);
}

impl<F: Fn(&SecretText) + Send + Sync> OnRotation for F {
    fn rotated(&self, token: &SecretText) {
        self(token);
    }
}

/// A request for a token.
pub(super) struct TokenRequest {
    pub(super) endpoint: Endpoint,
    client_id: String,
    client_secret: Option<SecretText>,
    in_body: bool,
    /// The scopes, in the form in which they are sent.
    scopes: String,
    parameters: Vec<(String, SecretText)>,
    grant: Grant,
}

impl TokenRequest {
    /// Checks the settings, and creates the request.
    pub(super) fn new(settings: Settings, grant: Grant) -> Result<Self, SetupError> {
        let Settings { token_url, client_id, client_secret, in_body, scopes, parameters } =
            settings;
        let endpoint = Endpoint::parse(&token_url)?;
        if client_id.is_empty() {
            return Err(SetupError::Empty("client id"));
        }
        if client_secret.as_ref().is_some_and(|secret| secret.expose_secret().is_empty()) {
            return Err(SetupError::Empty("client secret"));
        }
        if !scopes.iter().all(|scope| is_scope(scope)) {
            return Err(SetupError::Scope);
        }
        for (at, (name, _)) in parameters.iter().enumerate() {
            if name.is_empty() {
                return Err(SetupError::Empty("name of an additional parameter"));
            }
            if let Some(reserved) = RESERVED.iter().find(|reserved| *reserved == name) {
                return Err(SetupError::ReservedParameter(reserved));
            }
            if parameters.iter().take(at).any(|(earlier, _)| earlier == name) {
                return Err(SetupError::RepeatedParameter);
            }
        }
        let scopes = scopes.join(" ");
        Ok(TokenRequest { endpoint, client_id, client_secret, in_body, scopes, parameters, grant })
    }

    /// Sends the request once, and keeps a new refresh token from the response.
    pub(super) async fn send(&self, carrier: &Carrier, clock: &dyn Clock) -> Result<Token, Error> {
        let refresh_token = self.refresh_token();
        let outbound = Outbound {
            method: &Method::POST,
            url: &self.endpoint.url,
            headers: self
                .headers()
                .ok_or_else(|| self.failed("can't be called with these credentials"))?,
            body: Body::full(wiped::bytes(self.form(refresh_token.as_ref()))),
        };
        let inbound = carrier.send(outbound).await.map_err(|error| self.not_answered(error))?;
        let Inbound { status, headers: _, mut body } = inbound;
        // This timer has no limit, because the attempt that needs the token already has one.
        let mut timer = Timer::new(clock, Duration::MAX);
        let (body, end) = read(&mut body, MAX_RESPONSE, &mut timer).await;
        let body = Zeroizing::new(body);
        if let (true, Err(error)) = (status.is_success(), end) {
            return Err(self.cut_off(error));
        }
        self.accept(status, &body)
    }

    /// Handles the response. This function isn't async, so a dropped call can't lose a new refresh token here.
    fn accept(&self, status: StatusCode, body: &[u8]) -> Result<Token, Error> {
        let is_secret = |code: &str| {
            let mut redactor = Redactor::default();
            self.redact(&mut redactor);
            for (_, value) in &self.parameters {
                redactor.add(value.expose_secret());
            }
            redactor.finds_in(code.as_bytes())
        };
        let Answer { token, refresh_token } = evaluate(status, body, is_secret);
        if let Some(refresh_token) = refresh_token {
            self.rotate(refresh_token);
        }
        token.map_err(|problem| self.failed(&problem))
    }

    fn rotate(&self, new: SecretText) {
        let Grant::RefreshToken { token, rotated } = &self.grant else { return };
        if std::mem::replace(&mut *lock(token), new.clone()) == new {
            return;
        }
        if let Some(rotated) = rotated {
            rotated.rotated(&new);
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match &self.grant {
            Grant::ClientCredentials => "client credentials",
            Grant::RefreshToken { .. } => "refresh token",
        }
    }

    fn refresh_token(&self) -> Option<SecretText> {
        match &self.grant {
            Grant::ClientCredentials => None,
            Grant::RefreshToken { token, .. } => Some(lock(token).clone()),
        }
    }

    pub(super) fn redact(&self, redactor: &mut Redactor) {
        for secret in [&self.client_secret, &self.refresh_token()].into_iter().flatten() {
            redactor.add(secret.expose_secret());
        }
    }

    /// Returns the headers, or `None` if the credentials can't be sent in a header. That never happens, because the
    /// credentials are in base64.
    fn headers(&self) -> Option<HeaderMap> {
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(ACCEPT, JSON);
        headers.insert(CONTENT_TYPE, FORM);
        if let Some(secret) = self.client_secret.as_ref().filter(|_| !self.in_body) {
            let basic = wiped::header(basic(&self.client_id, secret.expose_secret()))?;
            headers.insert(AUTHORIZATION, basic);
        }
        Some(headers)
    }

    fn form(&self, refresh_token: Option<&SecretText>) -> Zeroizing<String> {
        let mut pairs = Vec::with_capacity(5 + self.parameters.len());
        match refresh_token {
            None => pairs.push(("grant_type", "client_credentials")),
            Some(token) => {
                pairs.push(("grant_type", "refresh_token"));
                pairs.push(("refresh_token", token.expose_secret()));
            }
        }
        match &self.client_secret {
            Some(secret) if self.in_body => {
                pairs.push(("client_id", &self.client_id));
                pairs.push(("client_secret", secret.expose_secret()));
            }
            Some(_) => {}
            None => pairs.push(("client_id", &self.client_id)),
        }
        if !self.scopes.is_empty() {
            pairs.push(("scope", &self.scopes));
        }
        let parameters = self.parameters.iter();
        pairs.extend(parameters.map(|(name, value)| (name.as_str(), value.expose_secret())));
        form(&pairs)
    }

    fn failed(&self, problem: &str) -> Error {
        Error::authentication(format!(
            "could not get a token: the token endpoint at {} {problem}",
            self.endpoint.origin.as_str()
        ))
    }

    /// Returns the error for a request without a response.
    fn not_answered(&self, error: TransportError) -> Error {
        let problem = match error.kind {
            TransportErrorKind::Unsendable => "can't be called: the request to its URL is invalid",
            TransportErrorKind::NoConnection => "can't be reached",
            TransportErrorKind::Timeout => "didn't respond in time",
            TransportErrorKind::Interrupted | TransportErrorKind::Body => {
                "broke the connection before its response began"
            }
            TransportErrorKind::NoResponse => "didn't respond, or the browser blocked the request",
            TransportErrorKind::Redirected => {
                "redirected, and redirects are never followed: set the token URL to the final URL"
            }
        };
        let made = match error.detail {
            Some(detail) => self.failed(&format!("{problem}: {detail}")),
            None => self.failed(problem),
        };
        made.caused_by(error.source)
    }

    /// Returns the error for a success response whose body can't be read.
    fn cut_off(&self, error: Error) -> Error {
        match error.kind() {
            ErrorKind::BodyTooLarge => self.failed("sent a response that is larger than 64 KiB"),
            ErrorKind::Timeout => self.failed("didn't send its complete response in time"),
            _ => {
                self.failed("broke the connection in the middle of its response").with_source(error)
            }
        }
    }
}

fn lock(token: &Mutex<SecretText>) -> MutexGuard<'_, SecretText> {
    // If a thread panicked while it held the lock, the token is still usable.
    token.lock().unwrap_or_else(PoisonError::into_inner)
}

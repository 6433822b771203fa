//! The client that the commands use to control a running sandbox.

use std::error::Error;
use std::time::Duration;

use crate::control;
use crate::text::redact;
use mileston_api::reqwest::header::HeaderValue;
use mileston_api::reqwest::{self, Client, Method, StatusCode, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::failure::with_causes;
use super::identity::{Identity, Information};
use super::reach_arguments::TOKEN;

/// The timeout for a request.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running sandbox.
pub(super) struct Remote {
    http: Client,
    url: Url,
    /// The value of the control header: the sandbox's token, or any text if the sandbox has no token.
    control: HeaderValue,
}

impl Remote {
    /// Creates a client for the sandbox at this address, without sending anything. The client needs the token if other
    /// machines can reach the sandbox.
    pub(super) fn at(url: Url, token: Option<String>) -> Result<Self, Box<dyn Error>> {
        let program = concat!("cli ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut control = HeaderValue::try_from(token.unwrap_or(program))
            .map_err(|_| "the token has invalid characters")?;
        control.set_sensitive(true);
        let builder = Client::builder().no_proxy().redirect(redirect::Policy::none());
        let http = builder.timeout(PATIENCE).build()?;
        Ok(Remote { http, url, control })
    }

    /// Identifies the sandbox. Returns an error if the server isn't a sandbox of this version. Call this method before
    /// changing anything.
    pub(super) async fn identify(&self) -> Result<Identity, Box<dyn Error>> {
        let found = self.get::<Information>("/_sandbox").await?;
        Identity::of(self.origin(), found).ok_or_else(|| self.no_sandbox().into())
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Box<dyn Error>> {
        self.send(Method::GET, path, None).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Box<dyn Error>> {
        self.send(Method::POST, path, Some(serde_json::to_string(body)?)).await
    }

    pub(super) async fn delete<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<T, Box<dyn Error>> {
        self.send(Method::DELETE, path, None).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, Box<dyn Error>> {
        // The URL may have a path, and joining would replace it.
        let request = self.http.request(method, format!("{}{path}", self.origin()));
        let request = request.header(control::HEADER, self.control.clone());
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body),
            None => request,
        };
        let answer = request.send().await.map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| self.unreachable(&error))?;
        let text = if status == StatusCode::NO_CONTENT { "null".to_owned() } else { text };
        if !status.is_success() {
            return Err(self.refused(status, &text).into());
        }
        serde_json::from_str(&text).map_err(|_| self.no_sandbox().into())
    }

    fn unreachable(&self, error: &reqwest::Error) -> String {
        let url = self.origin();
        if error.is_connect() {
            return format!(
                "nothing listens at {url}: start a sandbox with `mileston-sandbox serve`, or set the URL of another one with --url or MILESTON_URL"
            );
        }
        format!("no response from {url}: {}", with_causes(error))
    }

    /// Converts an error response to an error message. Returns the response's own message if a sandbox sent it.
    fn refused(&self, status: StatusCode, text: &str) -> String {
        if status == StatusCode::UNAUTHORIZED {
            return format!(
                "the sandbox at {} needs its token: set {TOKEN} to the value that was printed or set when the \
                 sandbox was started (status 401)",
                self.origin()
            );
        }
        let message = serde_json::from_str::<Value>(text).ok().and_then(|json| words(&json));
        match message {
            Some(message) if !message.starts_with("Cannot ") => redact(&message),
            _ => self.no_sandbox(),
        }
        .replace('\n', " ")
            + &format!(" (status {})", status.as_u16())
    }

    /// Returns the URL in the form that `serve` prints.
    fn origin(&self) -> String {
        self.url.as_str().trim_end_matches('/').to_owned()
    }

    fn no_sandbox(&self) -> String {
        format!(
            "the server at {} is not this version of the sandbox: set --url or MILESTON_URL to the sandbox's URL",
            self.origin()
        )
    }
}

/// Returns the `message` of an error response: one sentence or several.
fn words(json: &Value) -> Option<String> {
    match json.get("message")? {
        Value::String(sentence) => Some(sentence.trim_end_matches('.').to_owned()),
        Value::Array(sentences) => {
            Some(sentences.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        }
        _ => None,
    }
}

//! The smallest runtime that generated code can be compiled against: calls hold a built request and are never sent.

#[path = "../../../mileston-api/src/runtime/nullable.rs"]
mod nullable;

use std::future::{Ready, ready};
use std::marker::PhantomData;

pub use nullable::Nullable;
pub use reqwest::Method;
pub(crate) use reqwest::{Client as HttpClient, Request as HttpRequest};
use serde::{Deserialize, Deserializer};

/// Why a request could not be built.
#[derive(Debug)]
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// A client that never sends.
#[derive(Debug)]
pub struct Client<K> {
    http: HttpClient,
    /// What it holds.
    pub credential: K,
}

/// A call: its operation, and the request.
#[derive(Debug)]
#[must_use]
pub struct Call<T> {
    /// What is called.
    pub operation: &'static Operation,
    /// What would be sent.
    pub request: Result<reqwest::Request, Error>,
    answer: PhantomData<T>,
}

impl<K> Client<K> {
    /// A client with a credential.
    ///
    /// # Errors
    /// The HTTP client cannot be set up.
    pub fn new(credential: K) -> Result<Self, Error> {
        let http = HttpClient::builder().build().map_err(not_built)?;
        Ok(Client { http, credential })
    }

    pub(crate) fn call<T>(
        &self,
        operation: &'static Operation,
        build: impl FnOnce(&HttpClient, &str) -> Result<HttpRequest, Error>,
    ) -> Call<T> {
        self.call_at(operation, operation.servers.first().copied().unwrap_or_default(), build)
    }

    pub(crate) fn call_at<T>(
        &self,
        operation: &'static Operation,
        server: &'static str,
        build: impl FnOnce(&HttpClient, &str) -> Result<HttpRequest, Error>,
    ) -> Call<T> {
        Call { operation, request: build(&self.http, server), answer: PhantomData }
    }
}

/// Awaiting gives the request.
impl<T> IntoFuture for Call<T> {
    type Output = Result<reqwest::Request, Error>;
    type IntoFuture = Ready<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        ready(self.request)
    }
}

/// A row of the catalogue.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of mileston-api, where they are told")]
pub struct Operation {
    pub id: &'static str,
    pub tag: &'static str,
    pub accessor: &'static str,
    pub function: &'static str,
    pub method: Method,
    pub path: &'static str,
    pub servers: &'static [&'static str],
    pub security: &'static [&'static [&'static str]],
    pub scope: Option<&'static str>,
    pub idempotent: bool,
    pub deprecated: bool,
    pub arguments: &'static [&'static str],
    pub parameters: &'static [Parameter],
    pub body: Option<&'static str>,
    pub answer: Option<&'static str>,
    pub summary: &'static str,
    pub evidence: &'static str,
    pub line: u32,
}

/// A parameter outside the body.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of mileston-api, where they are told")]
pub struct Parameter {
    pub name: &'static str,
    pub location: Location,
    pub required: bool,
    pub values: &'static [&'static str],
}

/// Where a parameter goes.
#[derive(Debug)]
#[allow(missing_docs, reason = "the variants are those of mileston-api, where they are told")]
pub enum Location {
    Path,
    Query,
    Header,
}

/// A security scheme.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of mileston-api, where they are told")]
pub struct SecurityScheme {
    pub name: &'static str,
    pub header: &'static str,
}

/// Enough for numbers and plain words.
pub(crate) fn path_segment(name: &str, value: &impl ToString) -> Result<String, Error> {
    let text = value.to_string();
    if text.chars().all(|each| each.is_ascii_alphanumeric()) && !text.is_empty() {
        Ok(text)
    } else {
        Err(Error(format!("{name} is no plain word")))
    }
}

pub(crate) fn header_value(
    name: &str,
    value: &impl ToString,
) -> Result<reqwest::header::HeaderValue, Error> {
    value.to_string().try_into().map_err(|_| Error(format!("{name} is no header value")))
}

pub(crate) fn not_built(error: reqwest::Error) -> Error {
    Error(error.to_string())
}

pub(crate) fn null_as_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

//! The runtime for clients that are generated from an OpenAPI document.
//!
//! `openapi-keys` turns an OpenAPI document into Rust code: types, operations, and the rules about which credentials
//! may call which operation. Everything else that a client does is in this crate and is the same for every API. The
//! crate sends requests within time and size limits, retries calls that are safe to retry, and reports for each failure
//! whether the request was [not sent, rejected, or possibly executed](Outcome).
//!
//! # Traits and settings
//!
//! | what differs between APIs or programs | trait or type | default |
//! | --- | --- | --- |
//! | how a credential is added to a request | [`Authenticate`] | none |
//! | where a credential may be sent | [`OriginPolicy`] | [`SecureOrigins`]: https, and http to this machine |
//! | what a response means | [`Envelope`], [`Error::body_as`] | only the status decides |
//! | what an error advises | [`Wording`] | general advice |
//! | how a request is sent | [`Transport`] | reqwest, or `fetch` in browsers; [`FakeTransport`] in tests |
//! | time and randomness | [`Clock`] | [`DefaultClock`] |
//! | when a request may be sent | [`Governor`] | immediately; [`RateLimit`] limits the rate |
//! | where metrics are sent | [`Observer`] | nowhere |
//!
//! OAuth 2 and OpenID Connect bearer tokens come from a [`token::TokenSource`].
//!
//! A [`Profile`] contains what is specific to an API. Everything else is set on a client's builder.
//!
//! # The core of a client
//!
//! A generated `Client` wraps a [`ClientCore`], whose credential implements [`Authenticate`]:
//!
//! ```
//! use openapi_keys_runtime::{
//!     Authenticate, CoreBuilder, Error, Eventually, FakeTransport, Outgoing, Profile, Redactor, RequiredScheme, http,
//! };
//!
//! struct StationKey(String);
//!
//! impl Authenticate for StationKey {
//!     fn holds(&self, required: &RequiredScheme) -> bool {
//!         required.name == "stationKey"
//!     }
//!     fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
//!         Eventually::Now(request.insert_credential("x-station-key", &self.0))
//!     }
//!     fn redact(&self, redactor: &mut Redactor) {
//!         redactor.add(&self.0);
//!     }
//! }
//!
//! static PROFILE: Profile = Profile::new("weather/1.0");
//!
//! let transport = FakeTransport::new();
//! transport.respond(http::Response::new("{}"));
//! let core = CoreBuilder::new(StationKey("plainly-fake".to_owned()), &PROFILE)
//!     .transport(transport.clone())
//!     .build()?;
//! # let _ = core;
//! # Ok::<(), Error>(())
//! ```
//!
//! # Traces and metrics
//!
//! The crate emits `tracing` spans and events with OpenTelemetry names: `openapi.call` for a call and
//! `openapi.attempt` for each time its request is sent. Spans and events never contain a credential, header, body or
//! filled-in path. An [`Observer`] receives the same attempts and calls as values, for metrics.
//!
//! # Features
//!
//! * `rustls` (default): TLS with rustls, and the operating system's root certificates.
//! * `native-tls`: TLS with the system's library. On Linux, it needs OpenSSL's headers. If both features are enabled,
//!   rustls is used unless [`CoreBuilder::configure_http`] selects native-tls. If neither feature is enabled, a client
//!   can only use plain http, and only to this machine.
//! * `blocking`: Adds `blocking::Runtime`, for programs without async, and enables tokio's multi-threaded scheduler.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

#[cfg(all(target_family = "wasm", not(target_os = "unknown")))]
compile_error!(
    "this client runs natively and in browsers (`wasm32-unknown-unknown`); for WASI and Emscripten there is no transport"
);

mod admit;
mod answered;
mod answered_by;
mod argument;
mod authenticate;
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
pub mod blocking;
mod builder;
mod call;
mod client_core;
mod clock;
mod constraints;
pub mod credential;
mod decode;
mod derived;
mod download;
mod encode;
mod envelope;
mod error;
mod error_report;
mod events;
mod eventually;
mod follow;
mod form;
#[doc(hidden)]
pub mod generated;
mod governor;
mod header;
pub mod json;
mod lines;
pub mod logic;
mod made_by_new;
mod media_type;
mod multipart;
mod nullable;
mod object;
mod observer;
mod operation;
mod options;
mod origin;
mod outcome;
#[cfg(target_family = "wasm")]
pub mod page;
mod pages;
mod perform;
mod platform;
mod prepare;
mod profile;
mod rate_limit;
mod read;
mod reading;
mod received;
mod redact;
mod report;
mod request;
mod request_builder;
mod response;
mod retry;
mod secret_text;
mod secrets_sent;
mod send;
mod settings;
mod shared;
pub mod style;
#[cfg(test)]
mod testing;
mod timer;
pub mod token;
mod trace;
mod transport;
mod typed;
mod union;
mod watch;
mod web_url;
mod wiped;
mod wording;

pub use authenticate::{Authenticate, Outgoing};
pub use builder::CoreBuilder;
/// The version of `bytes` that bodies use.
pub use bytes;
pub use bytes::Bytes;
pub use call::{Call, CallWithResponse, OperationCall, StreamedCall};
pub use client_core::ClientCore;
#[cfg(target_family = "wasm")]
pub use clock::BrowserClock;
#[cfg(not(target_family = "wasm"))]
pub use clock::TokioClock;
pub use clock::{Clock, DefaultClock};
pub use download::Download;
pub use envelope::Envelope;
pub use error::{DocumentedError, Error, ErrorKind};
pub use events::{Event, EventStream};
pub use eventually::Eventually;
/// The version of `futures-core` whose `Stream` this crate uses.
pub use futures_core;
pub use governor::{Admission, Ask, Governor};
pub use header::Header;
/// The version of `http` that requests and responses use.
pub use http;
pub use http::header::{HeaderName, HeaderValue};
pub use http::{HeaderMap, Method, StatusCode, Uri};
pub use json::Unexpected;
pub use lines::JsonLines;
pub use multipart::Part;
pub use nullable::Nullable;
pub use observer::{ObservedAttempt, ObservedCall, Observer};
pub use operation::{
    Argument, Location, Operation, Parameter, RequiredScheme, SchemeKind, SecurityRequirement,
    SecurityScheme, Written,
};
pub use origin::{Origin, OriginPolicy, OriginRefused, SecureOrigins};
pub use outcome::Outcome;
pub use pages::{Items, Paged, Pages};
pub use platform::{BoxFuture, MaybeSend};
pub use profile::{Profile, Shape};
pub use rate_limit::RateLimit;
pub use redact::Redactor;
pub use request::Request;
pub use response::Response;
pub use retry::RetryPolicy;
pub use secret_text::SecretText;
pub use timer::Timer;
#[cfg(not(target_family = "wasm"))]
pub use transport::native::HttpBuilder;
/// The version of reqwest whose builder [`CoreBuilder::configure_http`] receives.
#[cfg(not(target_family = "wasm"))]
pub use transport::native::reqwest;
pub use transport::{Body, FakeTransport, Transport, TransportError, TransportErrorKind};
pub use wording::Wording;

/// Compiles the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

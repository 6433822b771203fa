//! What a client that is generated from an OpenAPI document needs at run time.
//!
//! `codegen` lowers an OpenAPI document to Rust: the types, the operations, and who may call which. Everything else that a
//! client does is here, the same for every API: it sends with limits of time and size, tries again what can do no harm to
//! repeat, and says of each failure whether the request was [not sent, refused, or may have been carried out](Outcome).
//!
//! # The seams
//!
//! | what differs between APIs or programs | seam | default |
//! | --- | --- | --- |
//! | how a credential gets onto the wire | [`Authenticate`] | none |
//! | where a credential may go | [`OriginPolicy`] | [`SecureOrigins`]: https, and http to this machine |
//! | what a response means | [`Envelope`], [`Error::body_as`] | the status alone decides |
//! | what an error advises | [`Wording`] | plain words |
//! | who carries a request | [`Transport`] | reqwest; [`FakeTransport`] in tests |
//! | time and chance | [`Clock`] | [`TokioClock`] |
//! | when a request may leave | [`Governor`] | at once; [`RateLimit`] |
//! | what metrics are told | [`Observer`] | nothing |
//!
//! A [`Profile`] holds what belongs to an API; the rest is set on a client's builder.
//!
//! # A client without a generator
//!
//! Generated code writes this for each operation of a document:
//!
//! ```
//! use openapi_keys_runtime::{
//!     Authenticate, CoreBuilder, Error, Eventually, FakeTransport, Outgoing, Profile, Redactor, http,
//! };
//!
//! struct StationKey(String);
//!
//! impl Authenticate for StationKey {
//!     fn holds(&self, scheme: &str) -> bool {
//!         scheme == "stationKey"
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
//! # What is told
//!
//! Spans and events of `tracing`, with the names of OpenTelemetry: `openapi.call` for an operation, `openapi.attempt` for
//! each time that it is sent. No credential, header, body or filled-in path is in them. An [`Observer`] is told the same of
//! attempts and calls as values, for metrics.
//!
//! # Features
//!
//! * `rustls` (default): TLS by rustls, with the roots of the machine.
//! * `native-tls`: TLS by the system's library. On Linux it needs OpenSSL's headers. With both, rustls is used, unless
//!   [`CoreBuilder::configure_http`] picks the other. With neither, a client reaches plain http on this machine only.
//! * `blocking`: `blocking::Runtime`, for programs without async. Costs tokio's scheduler of several threads.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod admit;
mod answered;
mod authenticate;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod client_core;
mod clock;
mod decode;
mod encode;
mod envelope;
mod error;
mod error_report;
mod eventually;
#[doc(hidden)]
pub mod generated;
mod governor;
pub mod json;
mod nullable;
mod observer;
mod operation;
mod options;
mod origin;
mod outcome;
mod perform;
mod platform;
mod prepare;
mod profile;
mod rate_limit;
mod read;
mod redact;
mod report;
mod request;
mod request_builder;
mod response;
mod retry;
mod secret_text;
mod send;
mod settings;
mod shared;
#[cfg(test)]
mod testing;
mod timer;
mod trace;
mod transport;
mod watch;
mod wording;

pub use authenticate::{Authenticate, Outgoing};
pub use builder::CoreBuilder;
/// The version of `bytes` that bodies are of.
pub use bytes;
pub use bytes::Bytes;
pub use call::{Call, CallWithResponse};
pub use client_core::ClientCore;
pub use clock::{Clock, TokioClock};
pub use envelope::Envelope;
pub use error::{Error, ErrorKind};
pub use eventually::Eventually;
pub use governor::{Admission, Ask, Governor};
/// The version of `http` that requests and responses are of.
pub use http;
pub use http::header::{HeaderName, HeaderValue};
pub use http::{HeaderMap, Method, StatusCode, Uri};
pub use json::Unexpected;
pub use nullable::Nullable;
pub use observer::{ObservedAttempt, ObservedCall, Observer};
pub use operation::{
    Location, Operation, Parameter, RequiredScheme, SchemeKind, SecurityRequirement, SecurityScheme,
};
pub use origin::{Origin, OriginPolicy, OriginRefused, SecureOrigins};
pub use outcome::Outcome;
pub use platform::{BoxFuture, MaybeSend, MaybeSync};
pub use profile::{Profile, Shape};
pub use rate_limit::RateLimit;
pub use redact::Redactor;
pub use request::Request;
pub use response::Response;
pub use retry::RetryPolicy;
pub use secret_text::SecretText;
pub use timer::Timer;
pub use transport::native::HttpBuilder;
/// The version of reqwest that [`CoreBuilder::configure_http`] takes its settings in.
pub use transport::native::reqwest;
pub use transport::{Body, FakeTransport, Transport, TransportError, TransportErrorKind};
pub use wording::Wording;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! The hand-written half: client, call, transport, errors. All that touches HTTP is here, no single operation is.
//!
//! The way of a call: `encode` helps generated code to build the request, `credentials` adds the headers that the
//! operation asks for, `transport` sends and reads with bounds, `decode` turns the body into a type (`watch` notices
//! on the way what `report` should look at: an error inside a success), every failure
//! becomes an `Error` that knows its `Outcome`, and `retry` decides whether there is another attempt.

mod builder;
mod call;
mod client;
mod credentials;
mod decode;
mod encode;
mod error;
mod governor;
mod http;
mod not_found;
mod nullable;
mod observer;
mod operation;
mod options;
mod origin;
mod outcome;
mod perform;
pub(crate) mod raw_request;
mod redact;
mod report;
mod response;
mod retry;
pub(crate) mod sign;
#[cfg(test)]
mod testing;
mod timer;
mod trace;
mod transport;
mod watch;

pub use builder::ClientBuilder;
pub use call::Call;
pub use client::{CheckoutClient, Client, NormalClient, OpenClient, WalletClient};
#[allow(unused_imports, reason = "what generated code calls depends on the document")]
pub(crate) use decode::null_as_default;
#[allow(unused_imports, reason = "what generated code calls depends on the document")]
pub(crate) use encode::{header_value, not_built, path_segment};
pub use error::{Error, ErrorKind};
pub use governor::{Admission, Governor, RateLimit};
pub use nullable::Nullable;
pub use observer::{ObservedAttempt, ObservedCall, Observer};
pub use operation::{Location, Operation, Parameter, SecurityScheme};
pub use outcome::Outcome;
pub use redact::Redactor;
pub use reqwest::header::HeaderMap;
/// What generated code builds a request with.
pub(crate) use reqwest::{Client as HttpClient, Request as HttpRequest};
pub use reqwest::{Method, StatusCode};
pub use response::{CallWithResponse, Response};
pub use retry::RetryPolicy;
pub(crate) use retry::random;

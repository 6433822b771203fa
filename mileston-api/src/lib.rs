//! A typed client for the Mileston payment platform: a call with the wrong API key doesn't compile.
//!
//! This crate is unofficial: Mileston neither wrote nor reviewed it. It is based on the vendor's public SDKs and
//! documentation.
//!
//! # The smallest example
//!
//! ```no_run
//! use mileston_api::{BusinessId, Client, NormalKey, Test};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let key = NormalKey::<Test>::from_env("MILESTON_KEY")?;
//! let client = Client::new(key, BusinessId::from_env("MILESTON_BUSINESS_ID")?)?;
//!
//! let link = client.payment_links().create("100.00").title("One month").await?;
//! println!("pay here: {}", link.payment_link()?);
//! # Ok(())
//! # }
//! ```
//!
//! # The model: key, mode, scope, outcome
//!
//! * **Key.** A [`Client<K>`](Client) holds a credential: a [`NormalKey`] in a backend, a [`CheckoutKey`] in a
//!   frontend, a [`WalletKey`] for signed requests, or [`NoKey`].
//! * **Mode.** A key is for [`Test`] or [`Live`]. Both modes use the same hosts, so only the key determines the mode.
//! * **Scope.** Every operation except the service status needs a [`scope`](keys::scope). If the
//!   client's key lacks it, the call does not compile, and the compiler says which key is needed.
//! * **Outcome.** A call that fails returns an [`Error`]. Its [`outcome`](Error::outcome) says whether the request was
//!   not sent, was rejected, was executed, or may have been executed.
//!
//! ```compile_fail,E0277
//! # use mileston_api::{CheckoutClient, Test};
//! # fn run(client: CheckoutClient<Test>) {
//! // error[E0277]: this operation needs a Normal key, but the client holds `CheckoutKey<Test>`
//! let call = client.payment_links().create("100.00");
//! # }
//! ```
//!
//! # What is sent
//!
//! The client sends what the vendor's own SDKs send, without their defects:
//!
//! * `apikey`, `businessid` and `x-request-signature` are sent only if the operation requires them, and are marked as
//!   sensitive. A request for an operation that is open to anyone contains none of them, even if the client holds a
//!   credential.
//! * Every request has `Content-Type: application/json`, even without a body, as in the vendor's SDKs.
//! * `Accept` is `application/json`, and `User-Agent` is `mileston-rs/<version>`. The client doesn't send
//!   `api-version`.
//! * The vendor's backend SDK sends `{}` if a request has no body. This client does the same for POST, PUT and PATCH,
//!   and for a signed GET or DELETE, because the signature covers the body.
//! * Ids are escaped, so an id can't make a request reach a different operation. The client rejects `""`, `.` and `..`.
//! * Redirects aren't followed, cookies aren't kept, and environment variables for proxies are ignored. Set a proxy
//!   with [`ClientBuilder::configure_http`].
//! * Requests use HTTP/1.1 over TLS. Plain http is never allowed with a live key. Otherwise it is allowed to this
//!   machine, and, with [`Client::with_plain_http_origin`], to one other host, e.g. a sandbox in another container.
//!
//! # When a call fails
//!
//! By default, a read is retried up to twice if a retry can help. A write is retried only if there was no connection:
//! if the server may have received any part of the request, the write isn't sent again. [`RetryPolicy`] documents the
//! rules and the pauses, `without_retries()` turns retries off, and `docs/reliability.md` in the repository has a
//! table of faults and their results.
//!
//! `.governor(documented_rate_limit())` delays requests to stay within the rate limits that the vendor documents. It is
//! off by default. [`documented_rate_limit`] has an example.
//!
//! A client limits the duration of a call, the size of a response and the number of retries. A call can override the
//! timeout and the retries, and can add headers:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use mileston_api::{NormalClient, Outcome, Test};
//!
//! # async fn run(client: NormalClient<Test>) {
//! let call = client.payment_links().create("100.00").timeout(Duration::from_secs(5));
//! match call.header("x-trace", "0af7651916cd43dd").with_response().await {
//!     Ok(response) => println!("{}: {:?}", response.status, response.value),
//!     Err(error) if error.outcome() == Outcome::Unknown => println!("check before retrying: {error}"),
//!     Err(error) => println!("{error}"),
//! }
//! # }
//! ```
//!
//! A write may have been executed even if no response arrived, and the platform doesn't support idempotency keys. Use
//! [`reconcile`] to check before you send the write again. [`Wait`] polls until a payment has arrived or the deadline
//! has passed.
//!
//! # Values
//!
//! You can pass an id, an amount, an address, a time or an e-mail address as a value, a reference or text: `get(&id)`,
//! `get("31f0")`. A call reports invalid text when it is awaited, and nothing is sent. For the fields of an argument
//! struct, parse the text first: `"100.00".parse()?`. The setters of a call add optional values. `create_from`,
//! `update_from` and similar methods send a copy of an existing body.
//!
//! # Values that cost money
//!
//! An [`Amount`] is an exact decimal, not a float. Like USDC, it has at most 6 decimal places. [`amount!`] checks an
//! amount at compile time. An [`Address`] is checked when it is parsed. Before a payment on a known chain is sent, the
//! client also checks that the address has the right form for that chain. [`Address::unchecked`] skips both checks. An
//! [`Email`] is checked so that a name isn't sent instead of an address. Each kind of id has its own type. Functions
//! with a parameter such as `impl` [`IntoAmount`] also accept text. The client fills in the `env` field (`test` or
//! `prod`) from the key. [`tokens`] lists the tokens that each chain supports.
//!
//! # What is logged
//!
//! The client emits `tracing` spans and events. A call has the span `openapi.call`, and each request that the call
//! sends has the span `openapi.attempt`. The fields of a span have OpenTelemetry's names, or begin with `openapi.`.
//! Spans and events contain no credential, header, body or filled-in path. For metrics, an [`Observer`] receives a
//! value for each attempt and each call.
//!
//! # What is supported
//!
//! [`operations`] contains all supported operations, and [`catalogue`] lists them as data. [`Client::raw`] calls
//! endpoints that aren't in the OpenAPI document. HTTP/2 isn't supported, because the HTTP library can resend an
//! HTTP/2 request by itself.
//!
//! # Browsers
//!
//! On `wasm32-unknown-unknown` the crate has the same types, calls and errors, for frontends with a Checkout key. The
//! browser sends the requests. A Normal key, a wallet secret or a webhook token can't exist there, and code that
//! creates one doesn't compile. [`frontend`] reads the settings of a page at run time. `configure_http` and the connect
//! timeout don't exist there, and the `rustls`, `native-tls` and `blocking` features have no effect. `docs/frontend.md`
//! in the repository is a tutorial for such a frontend.
//!
//! A browser doesn't say why a request failed, so the error is [`ErrorKind::NoResponse`]. The outcome is unknown, and
//! the request isn't retried.
//!
//! # Features
//!
//! * `rustls` (default): TLS with rustls and the machine's root certificates.
//! * `native-tls`: TLS with the system's library. On Linux, it needs OpenSSL's headers. If both features are enabled,
//!   rustls is used unless [`ClientBuilder::configure_http`] selects the system's library. If neither is enabled, a
//!   client can use only plain http.
//! * `blocking`: Adds `blocking::Runtime`, for programs without async. Enables tokio's multi-threaded scheduler.
//! * `axum`: Adds the `webhook::axum::Verified` extractor. It depends on `axum-core` and `mime`, but not on axum.
//! * `rust_decimal`: Adds conversions between amounts and `rust_decimal::Decimal`.
//!
//! Without `blocking`, you need the async runtime tokio. In a browser, run calls with
//! `wasm_bindgen_futures::spawn_local` instead.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod address;
mod amount;
mod batch;
mod checks;
mod client;
mod convert;
mod credentials;
mod email;
pub mod frontend;
mod generated;
mod id;
mod literals;
mod origin;
mod origin_variable;
mod profile;
#[cfg(test)]
mod promised_tests;
mod rate_limits;
mod raw_request;
pub mod reconcile;
mod sign;
mod timestamp;
pub mod tokens;
mod wait;
pub mod webhook;

pub use address::{Address, AddressError, EvmAddress, Family, SolanaAddress, SuiAddress};
pub use amount::{Amount, AmountError, ReportedAmount, TokenAmount};
pub use batch::SendBatchPayment;
pub use client::{CheckoutClient, NormalClient, OpenClient, WalletClient};
pub use convert::{
    IntoAddress, IntoAmount, IntoBusinessId, IntoEmail, IntoInvoiceId, IntoOnRampId, IntoPaymentId,
    IntoPaymentLinkId, IntoRecurringPaymentId, IntoSubwalletId, IntoTimestamp, IntoTokenAmount,
    IntoTransactionId,
};
pub use email::{Email, EmailError};
pub use generated::{Client, ClientBuilder, catalogue, operations, types};
pub use id::{
    InvoiceId, OnRampId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId, TransactionId,
};
/// The crate that defines the keys. The scopes, the patterns and the parsing errors are exported only in this module.
pub use mileston_keys as keys;
pub use mileston_keys::{
    AnyKey, ApiKey, BusinessId, CheckoutKey, Credential, Live, Mode, ModeName, NoKey, NormalKey,
    PlainHttp, Test, WalletKey, WalletSecret, business_id, checkout_key,
};
/// The runtime that all generated clients use. It sends the requests. Its most common types are also exported from the
/// root of `mileston_api`.
pub use openapi_keys_runtime as runtime;
/// This export is for `mileston-sandbox`, which stores parts of other servers' responses and must not store a secret.
#[doc(hidden)]
pub use openapi_keys_runtime::Redactor;
/// Makes calls without async.
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
pub use openapi_keys_runtime::blocking;
/// The version of reqwest whose builder [`ClientBuilder::configure_http`] receives.
#[cfg(not(target_family = "wasm"))]
pub use openapi_keys_runtime::reqwest;
pub use openapi_keys_runtime::{
    Admission, Ask, Body, Call, CallWithResponse, Clock, Download, Error, ErrorKind, Eventually,
    FakeTransport, Governor, HeaderMap, HeaderName, HeaderValue, Method, Nullable, ObservedAttempt,
    ObservedCall, Observer, OperationCall, Outcome, RateLimit, Response, RetryPolicy, SecretText,
    StatusCode, StreamedCall, Transport, Unexpected,
};
pub use rate_limits::{DOCUMENTED_QUOTAS, documented_rate_limit};
pub use timestamp::{Timestamp, TimestampError};
pub use wait::{Payable, Verifiable, Wait, WaitError};

/// The types that describe an operation in [`catalogue`].
pub mod operation {
    pub use openapi_keys_runtime::{
        Argument, Location, Operation, Parameter, RequiredScheme, SchemeKind, SecurityRequirement,
        SecurityScheme, Written,
    };
}

/// Calls endpoints that aren't in the OpenAPI document ([`Client::raw`]), and signs requests that you send by other
/// means.
pub mod raw {
    pub use crate::raw_request::{
        Checkout, Normal, Open, RawOperation, RawRequest, Satisfies, Scope, Wallet,
    };
    pub use crate::sign::signature_of as signature;
}

/// Compiles the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

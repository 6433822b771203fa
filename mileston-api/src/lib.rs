//! A typed client of the Mileston payment platform: a call with the wrong API key does not compile.
//!
//! Unofficial. Mileston neither wrote nor reviewed it; it is made from the vendor's public SDKs and documents.
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
//!   frontend, a [`WalletKey`] where requests are signed, or [`NoKey`].
//! * **Mode.** A key is for [`Test`] or [`Live`]. Both reach the same hosts; only the key distinguishes them.
//! * **Scope.** Every operation asks for a [`scope`](keys::scope). With a client whose key lacks it, the call does
//!   not compile, and the compiler says which key is needed.
//! * **Outcome.** A call that fails gives an [`Error`]. Its [`outcome`](Error::outcome) says whether the request was
//!   not sent, was refused, or may have been executed.
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
//! What the vendor's own SDKs send, minus their defects:
//!
//! * `apikey`, `businessid` and `x-request-signature` go along only where the operation asks for them, marked as
//!   sensitive. An operation that is open to anyone gets none, whatever the client holds.
//! * `Content-Type: application/json` is on every request, also on those without a body, as the vendor's SDKs do.
//! * `Accept` is `application/json`, `User-Agent` is `mileston-rs/<version>`. There is no `api-version`.
//! * The backend SDK sends the body `{}` where there is nothing to send. Here POST, PUT and PATCH do the same; GET
//!   and DELETE only when they are signed, for then it is what the signature is of.
//! * Ids are escaped, so that none reaches another operation. `""`, `.` and `..` are refused.
//! * Redirects are not followed, cookies not kept, environment variables for proxies not looked at:
//!   [`ClientBuilder::configure_http`] takes a proxy. HTTP/1.1 over TLS; plain http to this machine only, and never with
//!   a live key.
//!
//! # When something goes wrong
//!
//! A read is tried again, twice by default, where that may help. A write is tried again only if there was no
//! connection, so that it certainly was not sent: whatever a server may have got a part of is sent once.
//! [`RetryPolicy`] has the rules and the waits, `without_retries()` switches them off, and `docs/reliability.md` of the
//! repository has a table of faults and what comes of each.
//!
//! [`RateLimit`] holds requests back so that the limits which the vendor documents are kept; it is off by default.
//!
//! A client has limits of time, size and number. A call has options that replace them for that one call:
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
//! A write may have been executed although no response arrived, and the platform has no idempotency key: [`reconcile`]
//! looks before anything is sent again. [`Wait`] asks until a payment has arrived.
//!
//! # Values
//!
//! An argument is a value of its type, a reference to one, or text: `get(&id)` and `get("31f0")` do the same. Text that
//! isn't a valid value is an error when the call is awaited, and nothing is sent. [`amount!`] checks an amount when the
//! program is compiled. Setters of a call add what is optional. `create_from(&body)` sends a body that exists already.
//!
//! # Values that cost money
//!
//! An [`Amount`] is an exact decimal with at most 6 decimal places, like USDC, never a float. [`amount!`] checks one when
//! the program is compiled. An [`Address`] is checked when it is parsed, and again against the chain before a payment is
//! sent; [`Address::unchecked`] skips both. An [`Email`] is checked so that a name isn't sent in its place. Each kind of
//! id has its own type. Traits such as [`IntoAmount`] accept these types and text. `env` isn't an argument: the client
//! takes it from its key. [`tokens`] says which token can be paid on which chain.
//!
//! # What is logged
//!
//! Spans and events of `tracing`, with the names of OpenTelemetry: `openapi.call` for an operation, `openapi.attempt`
//! for each time that it is sent. No credential, header, body or filled-in path is in them. An [`Observer`] receives the
//! same attempts and calls as values, for metrics.
//!
//! # Supported and not
//!
//! Supported is what [`operations`] has; [`catalogue`] lists it as data. [`Client::raw`] sends what is in no
//! description. Not supported yet: HTTP/2, browsers (WASM).
//!
//! # Features
//!
//! * `rustls` (default): TLS by rustls, with the roots of the machine.
//! * `native-tls`: TLS by the system's library. On Linux it needs OpenSSL's headers. With both, rustls is used, unless
//!   [`ClientBuilder::configure_http`] picks the other. With neither, a client reaches plain http on this machine only.
//! * `blocking`: `blocking::Runtime`, for programs without async. Costs tokio's scheduler of several threads.
//! * `axum`: the extractor `webhook::axum::Verified`. Costs `axum-core` and `mime`, not axum.
//! * `rust_decimal`: conversions between amounts and `rust_decimal::Decimal`.
//!
//! Without `blocking`, an async runtime is needed: tokio.

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
mod generated;
mod id;
mod literals;
mod origin;
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
/// The crate of keys. It has what this root lacks: scopes, patterns, errors of parsing.
pub use mileston_keys as keys;
pub use mileston_keys::{
    AnyKey, ApiKey, BusinessId, CheckoutKey, Credential, Live, Mode, ModeName, NoKey, NormalKey,
    Test, WalletKey, WalletSecret,
};
/// The crate that sends: what every generated client uses, with its seams. What is needed often is at this root.
pub use openapi_keys_runtime as runtime;
/// For `mileston-sandbox`, which keeps parts of foreign responses as well.
#[doc(hidden)]
pub use openapi_keys_runtime::Redactor;
/// Calls without async.
#[cfg(feature = "blocking")]
pub use openapi_keys_runtime::blocking;
/// The version of reqwest that [`ClientBuilder::configure_http`] takes its settings in.
pub use openapi_keys_runtime::reqwest;
pub use openapi_keys_runtime::{
    Admission, Ask, Call, CallWithResponse, Clock, Error, ErrorKind, Eventually, FakeTransport,
    Governor, HeaderMap, HeaderName, HeaderValue, Method, Nullable, ObservedAttempt, ObservedCall,
    Observer, OperationCall, Outcome, RateLimit, Response, RetryPolicy, SecretText, StatusCode,
    Transport, Unexpected,
};
pub use rate_limits::documented_rate_limit;
pub use timestamp::{Timestamp, TimestampError};
pub use wait::{Payable, Verifiable, Wait, WaitError};

/// What is known of an operation before it is called: the rows of [`catalogue`].
pub mod operation {
    pub use openapi_keys_runtime::{
        Location, Operation, Parameter, RequiredScheme, SchemeKind, SecurityRequirement,
        SecurityScheme,
    };
}

/// Endpoints that the description does not have: [`Client::raw`]. And the signature, for requests by other means.
pub mod raw {
    pub use crate::raw_request::{
        Checkout, Normal, Open, RawOperation, RawRequest, Satisfies, Scope, Wallet,
    };
    pub use crate::sign::signature_of as signature;
}

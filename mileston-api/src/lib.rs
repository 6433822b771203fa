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
//! * **Scope.** Every operation except the service status needs a [`scope`](keys::scope). If the
//!   client's key lacks it, the call does not compile, and the compiler says which key is needed.
//! * **Outcome.** A call that fails returns an [`Error`]. Its [`outcome`](Error::outcome) says
//!   whether the request was not sent, was refused, was executed, or may have been executed.
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
//! * The backend SDK sends `{}` if a request has no body. This client does so for POST, PUT and
//!   PATCH, and for a signed GET or DELETE, because the signature covers it.
//! * Ids are escaped, so that none reaches another operation. `""`, `.` and `..` are refused.
//! * Redirects are not followed, cookies not kept, environment variables for proxies not looked at:
//!   [`ClientBuilder::configure_http`] takes a proxy. HTTP/1.1 over TLS; plain http to this machine only, and never with
//!   a live key.
//!
//! # When something goes wrong
//!
//! A read is retried up to twice by default, if that can help. A write is retried only if there was
//! no connection: if the server may have received any part of it, it isn't sent again.
//! [`RetryPolicy`] has the rules and the waits, `without_retries()` turns retries off, and
//! `docs/reliability.md` in the repository has a table of faults and their results.
//!
//! `.governor(documented_rate_limit())` delays requests to stay within the rate limits that the
//! vendor documents; it is off by default. [`documented_rate_limit`] has an example.
//!
//! A client limits the time of a call, the size of a response and the number of retries. Options of
//! a call change the time and the retries for that call:
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
//! A write may have been executed although no response arrived, and the platform has no idempotency
//! key. Use [`reconcile`] to check before you send it again. [`Wait`] polls until a payment has
//! arrived or its deadline has passed.
//!
//! # Values
//!
//! Ids, amounts, addresses, times and e-mail addresses can be passed as a value, a reference or
//! text: `get(&id)`, `get("31f0")`. A call reports invalid text when it is awaited, and nothing is
//! sent. The fields of a struct of arguments take values: `"100.00".parse()?`. Setters of a call
//! add optional values. `create_from`, `update_from` and so on send a copy of an existing body.
//!
//! # Values that cost money
//!
//! An [`Amount`] is an exact decimal with at most 6 decimal places, like USDC, never a float.
//! [`amount!`] checks one when the program is compiled. An [`Address`] is checked when it is
//! parsed. Before a payment to a known chain is sent, the client also checks that the address has
//! that chain's form. [`Address::unchecked`] skips both. An [`Email`] is checked so that a name
//! isn't sent in its place. Each kind of id has its own type. Functions that take these types as
//! `impl` [`IntoAmount`] and so on also accept text. The field `env` (`test` or `prod`) is filled
//! in from the key. [`tokens`] says which token can be paid on which chain.
//!
//! # What is logged
//!
//! Spans and events of `tracing`, with the names of OpenTelemetry: `openapi.call` for an operation, `openapi.attempt`
//! for each time that it is sent. No credential, header, body or filled-in path is in them. An [`Observer`] receives the
//! same attempts and calls as values, for metrics.
//!
//! # Supported and not
//!
//! [`operations`] has all supported operations; [`catalogue`] lists them as data. [`Client::raw`]
//! calls endpoints that the OpenAPI document lacks. HTTP/2 is left out on purpose, because it can
//! resend a request.
//!
//! # Browsers
//!
//! On `wasm32-unknown-unknown` the crate has the same types, calls and errors, for frontends with a Checkout key. The
//! browser sends the requests. A Normal key, a wallet secret or a webhook token can't exist there: code that creates one
//! doesn't compile. [`frontend`] reads the settings of a page at run time. There is no `configure_http`, no connect
//! timeout, and none of the features `rustls`, `native-tls` and `blocking` has an effect. `docs/frontend.md` in the
//! repository leads from nothing to a paid link in a page.
//!
//! A browser doesn't say why a request failed. Such an error is [`ErrorKind::NoResponse`]; its outcome is unknown, and
//! it isn't retried.
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
//! Without `blocking`, an async runtime is needed: tokio. In a browser it isn't: `wasm_bindgen_futures::spawn_local` runs
//! a call.

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
    Test, WalletKey, WalletSecret, business_id, checkout_key,
};
/// The crate that sends: what every generated client uses, with its seams. What is needed often is at this root.
pub use openapi_keys_runtime as runtime;
/// For `mileston-sandbox`, which keeps parts of foreign responses as well.
#[doc(hidden)]
pub use openapi_keys_runtime::Redactor;
/// Calls without async.
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

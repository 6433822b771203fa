//! A client for an API other than Mileston's. It comes from the same generator and contains no hand-written runtime
//! code.
//!
//! Staff of a branch may add books:
//!
//! ```
//! # fn run(client: &other_api::Client<other_api::scope::Staff>, book: &other_api::types::Book) {
//! let call = client.books().add_from(book);
//! # }
//! ```
//!
//! A reader may not:
//!
//! ```compile_fail,E0277
//! # fn run(client: &other_api::Client<other_api::scope::Reader>, book: &other_api::types::Book) {
//! let call = client.books().add_from(book);
//! # }
//! ```
//!
//! Readers and staff can list loans:
//!
//! ```
//! # use other_api::{Client, scope};
//! # fn run(reader: &Client<scope::Reader>, staff: &Client<scope::Staff>) {
//! let calls = (reader.loans().list(), staff.loans().list());
//! # }
//! ```
//!
//! Visitors can't:
//!
//! ```compile_fail,E0277
//! # fn run(client: &other_api::Client<other_api::scope::Visitor>) {
//! let call = client.loans().list();
//! # }
//! ```
//!
//! Optional parameters and call options are set with chained methods:
//!
//! ```
//! # use std::time::Duration;
//! # use other_api::{Client, Error, Reader};
//! # async fn run(client: Client<Reader>) -> Result<(), Error> {
//! client.loans().list().timeout(Duration::from_secs(5)).await?;
//! client.books().search("maps").shelf(3).timeout(Duration::from_secs(5)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Errors and headers have the types that the document declares:
//!
//! ```
//! # use other_api::small::errors::{Client, operations::CreateOrderError};
//! # use other_api::{Error, Reader};
//! # async fn run(client: Client<Reader>) -> Result<(), Error> {
//! if let Err(error) = client.orders().create("maps").await {
//!     match error.documented() {
//!         Some(CreateOrderError::Conflict(conflict)) => println!("see order {}", conflict.order),
//!         Some(CreateOrderError::BadRequest(problem)) => println!("{}", problem.title),
//!         _ => return Err(error),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! ```
//! # use other_api::small::errors::{Client, headers};
//! # use other_api::{Error, Reader};
//! # async fn run(client: Client<Reader>) -> Result<(), Error> {
//! let response = client.orders().list().with_response().await?;
//! let total: Option<i64> = response.header(headers::X_TOTAL)?;
//! # Ok(())
//! # }
//! ```
//!
//! A client needs a credential:
//!
//! ```
//! let client = other_api::Client::new(other_api::scope::Reader);
//! ```
//!
//! Text isn't a credential, so this doesn't compile:
//!
//! ```compile_fail,E0277
//! let client = other_api::Client::new("a key");
//! ```

#![deny(unused)]

pub mod archive;
mod conversions;
#[rustfmt::skip]
mod generated;
pub mod label;
pub mod scope;
pub mod small;
mod timestamp;

pub use conversions::{Card, Desk, IntoCard, IntoDesk, NotACard};
pub use generated::{Client, ClientBuilder, catalogue, operations, types};
pub use openapi_keys_runtime::{
    Body, Bytes, Call, CallWithResponse, Download, Error, ErrorKind, Event, EventStream,
    FakeTransport, Governor, HeaderMap, HeaderName, HeaderValue, Items, JsonLines, Nullable,
    ObservedAttempt, ObservedCall, Observer, Outcome, Paged, Pages, Part, RateLimit, Response,
    RetryPolicy, StatusCode, StreamedCall, Transport, Unexpected, http, reqwest,
};
pub use scope::{Reader, Staff, Visitor};
pub use timestamp::Timestamp;

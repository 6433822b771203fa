//! The measured requests, and the ways to make them.

use std::hint::black_box;

use mileston_api::types::CreateInvoice;
use mileston_api::{Client, NormalClient, Test};
use tokio::runtime::Runtime;

use crate::by_hand::{Body, ByHand};
use crate::{Failure, answers};

/// A request to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// `getPaymentLink`
    Get,
    /// `createInvoice`
    Post,
    /// `listPaymentLinks`, whose response contains 50 items
    List,
}

impl Request {
    /// All requests.
    pub const ALL: [Request; 3] = [Request::Get, Request::Post, Request::List];

    /// Returns the request's name for the tables: the operation's id in the OpenAPI document, and
    /// the number of items, if any.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Request::Get => "getPaymentLink",
            Request::Post => "createInvoice",
            Request::List => "listPaymentLinks, 50 items",
        }
    }
}

/// A way to make a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A hand-written request: `.send().await?`, a check of the status, `.json().await`.
    Json,
    /// The same request with a second client. Any difference from [`Way::Json`] is noise.
    JsonAgain,
    /// A hand-written request with a size limit for the response body.
    Bounded,
    /// The typed call.
    Typed,
}

impl Way {
    /// All ways. The first way is the baseline for the other ways.
    pub const ALL: [Way; 4] = [Way::Json, Way::JsonAgain, Way::Bounded, Way::Typed];

    /// Returns the way's name, as the tables show it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Way::Json => "hand-written",
            Way::JsonAgain => "hand-written, again",
            Way::Bounded => "hand-written, bounded",
            Way::Typed => "typed",
        }
    }
}

/// A client for each way.
#[derive(Debug)]
pub struct Clients {
    runtime: Runtime,
    json: ByHand,
    json_again: ByHand,
    bounded: ByHand,
    typed: NormalClient<Test>,
    invoice: CreateInvoice,
}

impl Clients {
    /// Creates clients for one server, with a runtime that uses only this thread.
    ///
    /// # Errors
    ///
    /// Returns an error if a client can't be set up.
    pub fn new(origin: &str) -> Result<Self, Failure> {
        Ok(Clients {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            json: ByHand::new(origin, Body::Json)?,
            json_again: ByHand::new(origin, Body::Json)?,
            bounded: ByHand::new(origin, Body::Bounded)?,
            typed: Client::builder(answers::KEY.parse()?, answers::BUSINESS)?
                .origin(origin)?
                .build()?,
            invoice: answers::new_invoice()?,
        })
    }

    /// Makes the request `calls` times, one after the other.
    ///
    /// # Errors
    ///
    /// Returns an error if a call failed.
    pub fn run(&self, request: Request, way: Way, calls: usize) -> Result<(), Failure> {
        let by_hand = match way {
            Way::Json => &self.json,
            Way::JsonAgain => &self.json_again,
            Way::Bounded => &self.bounded,
            Way::Typed => return self.run_typed(request, calls),
        };
        match request {
            Request::Get => self.repeat(calls, async || by_hand.payment_link(answers::LINK).await),
            Request::Post => self
                .repeat(calls, async || by_hand.create_invoice(answers::SHOP, &self.invoice).await),
            Request::List => {
                self.repeat(calls, async || by_hand.payment_links(answers::ITEMS).await)
            }
        }
    }

    fn run_typed(&self, request: Request, calls: usize) -> Result<(), Failure> {
        let client = &self.typed;
        match request {
            Request::Get => {
                self.repeat(calls, async || client.payment_links().get(answers::LINK).await)
            }
            Request::Post => self.repeat(calls, async || {
                client.invoices().create_from(answers::SHOP, &self.invoice).await
            }),
            Request::List => self
                .repeat(calls, async || client.payment_links().list().limit(answers::ITEMS).await),
        }
    }

    fn repeat<T, E: Into<Failure>>(
        &self,
        calls: usize,
        call: impl AsyncFn() -> Result<T, E>,
    ) -> Result<(), Failure> {
        self.runtime.block_on(async {
            for _ in 0..calls {
                black_box(call().await.map_err(Into::into)?);
            }
            Ok(())
        })
    }
}

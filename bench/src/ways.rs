//! The requests that are measured, each in all the ways to make it.

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
    /// `listPaymentLinks`, which answers with 50
    List,
}

impl Request {
    /// All of them.
    pub const ALL: [Request; 3] = [Request::Get, Request::Post, Request::List];

    /// The operation, as in the document.
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
    /// By hand, `.send().await?`, status, `.json().await`.
    Json,
    /// The same once more, with a client of its own: how far it differs from [`Way::Json`] is noise.
    JsonAgain,
    /// By hand, with a bound on the body.
    Bounded,
    /// The typed call.
    Typed,
}

impl Way {
    /// All of them; the first is what the others are compared with.
    pub const ALL: [Way; 4] = [Way::Json, Way::JsonAgain, Way::Bounded, Way::Typed];

    /// For people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Way::Json => "by hand",
            Way::JsonAgain => "by hand, again",
            Way::Bounded => "by hand, bounded",
            Way::Typed => "typed",
        }
    }
}

/// The clients of all ways.
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
    /// Clients of one server, with a runtime that uses this thread only.
    ///
    /// # Errors
    ///
    /// One of them cannot be set up.
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

    /// Makes the request that many times, one after the other.
    ///
    /// # Errors
    ///
    /// A call failed.
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

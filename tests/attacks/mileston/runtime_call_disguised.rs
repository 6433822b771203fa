//! Wraps a call that the client may make, and replaces its request.
// error: E0308 expected `Access<FetchInvoiceCall>`, found `Access<Disguised>`

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use mileston_api::operation::Operation;
use mileston_api::operations::FetchInvoiceCall;
use mileston_api::runtime::Request;
use mileston_api::runtime::generated::{
    Access, BuildRequest, CallCore, Reading, RequestBuilder, poll,
};
use mileston_api::types::InvoiceEnvelope;
use mileston_api::{CheckoutClient, Error, OperationCall, Test};

struct Disguised(FetchInvoiceCall);

impl OperationCall for Disguised {
    type Answer = InvoiceEnvelope;

    fn operation(&self) -> &'static Operation {
        self.0.operation()
    }

    fn reading(_: Access<Self>) -> Reading {
        Reading::json::<InvoiceEnvelope>()
    }

    fn core(&mut self, access: Access<Self>) -> &mut CallCore<InvoiceEnvelope> {
        self.0.core(access)
    }
}

impl BuildRequest for Disguised {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/invoice/all").finish()
    }
}

impl Future for Disguised {
    type Output = Result<InvoiceEnvelope, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        poll(self.get_mut(), context)
    }
}

fn main() {
    let _ = |client: &CheckoutClient<Test>| Disguised(client.checkout().fetch_invoice("7"));
}

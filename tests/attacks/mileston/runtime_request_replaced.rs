//! Implements the request of a generated call again, to send a different request.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::Error;
use mileston_api::operations::FetchInvoiceCall;
use mileston_api::runtime::Request;
use mileston_api::runtime::generated::{BuildRequest, RequestBuilder};

impl BuildRequest for FetchInvoiceCall {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/invoice/all").finish()
    }
}

fn main() {}

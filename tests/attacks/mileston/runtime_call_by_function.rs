//! Builds a call to an operation with the runtime's own function, for a client that lacks the scope.
// error: E0616 field `core` of struct `Client` is private

use mileston_api::runtime::generated::{RequestBuilder, call};
use mileston_api::{Call, CheckoutClient, Method, Test, catalogue, types};

fn remove(client: &CheckoutClient<Test>) -> Call<types::Acknowledgement> {
    call(&client.core, &catalogue::DELETE_INVOICE, |base| {
        RequestBuilder::new(Method::DELETE, base).path("/invoice/delete/7").finish()
    })
}

fn main() {
    let _ = remove;
}

//! Claims that the Checkout key satisfies the program's own scope. The orphan rule permits this.
// error: E0277 `Own` is not a scope of a raw operation

use mileston_api::raw::{RawOperation, Satisfies};
use mileston_api::{CheckoutClient, CheckoutKey, Test};

enum Own {}

impl Satisfies<Own> for CheckoutKey<Test> {}

static REMOVE: RawOperation<Own> =
    RawOperation::post("remove", "https://invoice-service.mileston.co", "/invoice/remove");

fn remove(client: &CheckoutClient<Test>) {
    let _ = client.raw(&REMOVE);
}

fn main() {
    let _ = remove;
}

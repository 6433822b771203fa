//! Calls a raw operation that needs a Normal key as if it needed no key.
// error: E0308 expected `&RawOperation<Open>`, found `&RawOperation<Normal>`

use mileston_api::raw::{Normal, Open, RawOperation};
use mileston_api::{CheckoutClient, Test};

static ARCHIVE: RawOperation<Normal> =
    RawOperation::post("archive", "https://invoice-service.mileston.co", "/invoice/archive");

fn archive(client: &CheckoutClient<Test>) {
    let _ = client.raw::<Open>(&ARCHIVE);
}

fn main() {
    let _ = archive;
}

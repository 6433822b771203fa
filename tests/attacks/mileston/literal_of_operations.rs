//! Writes an operation group as a literal, for a key that the client doesn't hold.
// error: E0308 expected `&Client<NormalKey<Test>>`, found `&Client<CheckoutKey<Test>>`

use mileston_api::operations::Invoices;
use mileston_api::{CheckoutClient, NormalKey, Test};

fn remove(client: &CheckoutClient<Test>) {
    let invoices: Invoices<'_, NormalKey<Test>> = Invoices { client };
    let _ = invoices.delete("7");
}

fn main() {
    let _ = remove;
}

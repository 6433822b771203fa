//! The user constructs the generated operations directly, to bypass the bound.
use mileston_api::{CheckoutClient, Test};

fn remove(client: &CheckoutClient<Test>) {
    let invoices = mileston_api::generated::operations::Invoices { client };
    let _ = invoices.delete("id");
}

fn main() {}

//! The function that makes the call is looked for in the generated code, to get around the bound.
use mileston_api::{CheckoutClient, Test};

fn remove(client: &CheckoutClient<Test>) {
    let invoices = mileston_api::generated::operations::Invoices { client };
    let _ = invoices.delete("id");
}

fn main() {}

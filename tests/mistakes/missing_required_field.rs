//! An invoice has no due date.
use mileston_api::types;

fn main() {
    let _ = types::CreateInvoice::new("250.00", "Consulting", "customer@shop.example");
}

//! A body is written as a struct, field by field.
use mileston_api::{amount, types};

fn body() -> types::CreatePaymentLink {
    types::CreatePaymentLink { amount: amount!("100.00"), title: Some("One month".to_owned()) }
}

fn main() {}

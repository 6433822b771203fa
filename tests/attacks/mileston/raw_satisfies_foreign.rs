//! Claims that the Checkout key satisfies the raw scope of the Normal key.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::raw::{Normal, Satisfies};
use mileston_api::{CheckoutKey, Test};

impl Satisfies<Normal> for CheckoutKey<Test> {}

fn main() {}

//! Collects clients with different keys in one list, to take out a different type than was put in.
// error: E0308 expected `Client<NormalKey<Test>>`, found `Client<CheckoutKey<Test>>`

use mileston_api::{CheckoutClient, NormalClient, Test};

fn collect(one: NormalClient<Test>, other: CheckoutClient<Test>) -> Vec<NormalClient<Test>> {
    vec![one, other]
}

fn main() {
    let _ = collect;
}

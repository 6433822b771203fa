//! Uses a wrapper's deref coercion to pass a client with a different key.
// error: E0308 expected `&Client<NormalKey<Test>>`, found `&Own`

use std::ops::Deref;

use mileston_api::{CheckoutClient, CheckoutKey, NormalClient, Test};

struct Own(CheckoutClient<Test>);

impl Deref for Own {
    type Target = CheckoutClient<Test>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

fn remove(client: &NormalClient<Test>) {
    let _ = client.invoices().delete("7");
}

fn main() {
    let _ = |own: &Own| remove(own);
    let _: Option<CheckoutKey<Test>> = None;
}

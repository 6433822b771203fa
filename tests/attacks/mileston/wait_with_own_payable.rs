//! Implements `Payable`, the trait of the ids that `Wait` accepts, to make a call that the client isn't allowed to make.
// error: E0277 `Own: Sealed` is not satisfied

use std::future::Future;

use mileston_api::keys::scope;
use mileston_api::{Client, Error, Payable};

struct Own;

impl Payable for Own {
    type Record = ();

    fn fetch<K: scope::Checkout>(
        &self,
        _: &Client<K>,
    ) -> impl Future<Output = Result<Option<()>, Error>> + Send {
        async { Ok(Some(())) }
    }

    fn is_paid(_: &()) -> bool {
        true
    }
}

fn main() {}

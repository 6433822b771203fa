//! Erases the type of a client's credential.
// error: E0038 the trait `Credential` is not dyn compatible

use mileston_api::Credential;

fn erase<K: Credential>(key: K) -> Box<dyn Credential> {
    Box::new(key)
}

fn main() {
    let _ = erase::<mileston_api::NoKey>;
}

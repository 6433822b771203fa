//! Declares a trait whose objects would have a scope, whatever their type is.
// error: E0038 the trait `Anything` is not dyn compatible

use mileston_api::keys::scope;

trait Anything: scope::Normal {}

fn erased(key: Box<dyn Anything>) -> Box<dyn Anything> {
    key
}

fn main() {
    let _ = erased;
}

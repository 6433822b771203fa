//! Uses a requirement as a trait object.
// error: E0038 the trait `HasBadge` is not dyn compatible

use other_api::archive::requirements;

fn main() {
    let _: Option<Box<dyn requirements::HasBadge>> = None;
}

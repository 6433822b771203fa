//! Makes a trait object of a requirement.
// error: E0038 the trait `HasBadge` is not dyn compatible

use other_api::archive::requirements;

fn main() {
    let _: Option<Box<dyn requirements::HasBadge>> = None;
}

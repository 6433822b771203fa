//! Names the private trait that `Credential` requires by its path.
// error: E0603 module `credential` is private

struct Own;

impl mileston_api::keys::credential::sealed::Sealed for Own {}

fn main() {}

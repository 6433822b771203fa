//! Uses the path of the private trait that `Credential` requires.
// error: E0603 module `credential` is private

struct Own;

impl mileston_api::keys::credential::sealed::Sealed for Own {}

fn main() {}

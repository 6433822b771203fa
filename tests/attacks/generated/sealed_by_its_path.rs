//! Implements the private trait that seals credentials.
// error: E0603 module `sealed` is private

use other_api::archive::credentials::sealed::Sealed;

struct Own;

impl Sealed for Own {}

fn main() {}

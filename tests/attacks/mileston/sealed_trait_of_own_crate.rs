//! Defines a trait with the name of the private trait that `Mode` requires.
// error: E0277 `Own: Sealed` is not satisfied

use mileston_api::Mode;
use mileston_api::keys::ModeName;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Own {}
}

enum Own {}

impl Mode for Own {
    const NAME: ModeName = ModeName::Test;
}

fn main() {}

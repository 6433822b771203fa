//! Writes a builder as a literal with the program's own authenticator.
// error: E0308 expected `Held<NormalKey<Test>>`, found type parameter `A`

use mileston_api::runtime::{Authenticate, CoreBuilder, Profile};
use mileston_api::{ClientBuilder, NormalKey, Test};

static PROFILE: Profile = Profile::new("own/1.0");

fn build<A: Authenticate>(own: A) -> ClientBuilder<NormalKey<Test>> {
    ClientBuilder { core: CoreBuilder::new(own, &PROFILE) }
}

fn main() {
    let _ = build::<std::sync::Arc<dyn Authenticate>>;
}

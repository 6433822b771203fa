//! Creates the authenticator of a Normal key without a key, to build a client with it.
// error: E0603 module `credentials` is private
// error: E0624 associated function `around` is private

use mileston_api::credentials::Held;
use mileston_api::{ClientBuilder, NoKey};

fn main() {
    let _ = ClientBuilder::around(Held::new(NoKey, None));
}

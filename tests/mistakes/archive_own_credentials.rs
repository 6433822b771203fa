//! The user's own type claims to hold all credentials.
use other_api::archive::requirements;

struct Anything;

impl requirements::HasKiosk for Anything {}

fn main() {}

//! A type of the user's own claims to hold everything.
use other_api::archive::requirements;

struct Anything;

impl requirements::HasKiosk for Anything {}

fn main() {}

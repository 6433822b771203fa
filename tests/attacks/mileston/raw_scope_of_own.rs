//! Implements the scope of raw operations for the program's own type.
// error: E0277 `Own: Sealed` is not satisfied

use mileston_api::operation::SecurityRequirement;
use mileston_api::raw::Scope;

enum Own {}

impl Scope for Own {
    const SECURITY: &'static [SecurityRequirement] = &[];
    const NAME: Option<&'static str> = None;
}

fn main() {}

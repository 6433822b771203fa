//! Implements a requirement for every type.
// error: E0210 type parameter `T` must be used as the type parameter for some local type (e.g., `MyStruct<T>`)

use other_api::archive::requirements;

impl<T> requirements::HasBadge for T {}

fn main() {}

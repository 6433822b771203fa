//! Gets a key from `Default`.
// error: E0277 `NormalKey<Live>: Default` is not satisfied

use mileston_api::{Live, NormalKey};

fn main() {
    let _: NormalKey<Live> = Default::default();
}

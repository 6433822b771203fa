//! Writes a live key as a literal and takes the text from a test key.
// error: E0308 expected `NormalKey<Live>`, found `NormalKey<Test>`

use std::marker::PhantomData;

use mileston_api::{Live, NormalKey, Test};

fn turn(key: NormalKey<Test>) -> NormalKey<Live> {
    NormalKey { mode: PhantomData, ..key }
}

fn main() {
    let _ = turn;
}

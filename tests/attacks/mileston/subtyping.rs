//! Changes a key's mode through variance. The two modes differ only in a lifetime.
// error: E0277 `PhantomData<for<'a> fn(&'a ())>` is not a mode of a Mileston key
// error: E0277 `PhantomData<fn(&'static ())>` is not a mode of a Mileston key

use std::marker::PhantomData;

use mileston_api::NormalKey;

type Longer = PhantomData<for<'a> fn(&'a ())>;
type Shorter = PhantomData<fn(&'static ())>;

fn turn(key: NormalKey<Longer>) -> NormalKey<Shorter> {
    key
}

fn main() {
    let _ = turn;
}

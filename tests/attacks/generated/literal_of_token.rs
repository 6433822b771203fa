//! Writes a token as a literal.
// error: E0423 cannot initialize a tuple struct which contains private fields

use std::marker::PhantomData;

use other_api::archive::credentials::Login;

fn main() {
    let _ = Login::<()>(unreachable!(), PhantomData);
}

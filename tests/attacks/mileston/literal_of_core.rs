//! Writes the core of a client as a literal with a different authenticator.
// error: E0451 fields `shared` and `authenticator` of struct `ClientCore` are private
// error: type `Shared` is private

use std::sync::Arc;

use mileston_api::runtime::ClientCore;

fn any<T>() -> T {
    unreachable!()
}

fn core<A>(other: A) -> ClientCore<A> {
    ClientCore { shared: any(), authenticator: Arc::new(other) }
}

fn main() {
    let _ = core::<()>;
}

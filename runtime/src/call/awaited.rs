//! Defines the compiler's message for a call that is used like its result.

/// A trait that no type implements. Each call type has the methods of its result, with this trait as a bound. If a
/// program calls such a method before `.await`, the compiler prints the message below.
///
/// The compiler rejects a bound that never holds, except a bound for all lifetimes (`for<'a>`). That is why the trait
/// has a lifetime.
#[diagnostic::on_unimplemented(
    message = "this call has not been sent yet, so it has no result",
    label = "only the result has this method",
    note = "await the call first: add `.await` before this method"
)]
pub trait Awaited<'a> {
    /// Returns a value of any type. Nothing can call this function.
    fn never<T>() -> T;
}

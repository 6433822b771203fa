//! Defines the compiler's message for a call that is used like its result.

/// A trait that no type implements. Each call type has its result's methods with this trait as a bound, so the compiler
/// suggests `.await`.
///
/// The trait has a lifetime because the compiler rejects a bound that never holds unless the bound covers all
/// lifetimes.
#[diagnostic::on_unimplemented(
    message = "this call has not been sent yet, so it has no result",
    label = "only the result has this method",
    note = "await the call first: add `.await` before this method"
)]
pub trait Awaited<'a> {
    /// Returns a value of any type. Nothing can call this function.
    fn never<T>() -> T;
}

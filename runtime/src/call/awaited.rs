//! Defines the compiler's message for a call that is used like its result.

/// A trait that no type implements. Call types have the methods of their result with this bound, so the compiler
/// suggests `.await`.
///
/// It has a lifetime because a bound that never holds is an error where it is defined unless it covers all lifetimes.
#[diagnostic::on_unimplemented(
    message = "this call has not been sent yet, so it has no result",
    label = "only the result has this method",
    note = "await the call first: add `.await` before this method"
)]
pub trait Awaited<'a> {
    /// Returns a value of any type, because nothing can call it.
    fn never<T>() -> T;
}

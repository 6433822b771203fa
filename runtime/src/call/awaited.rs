//! What the compiler says about a call that is used as if it were its result.

/// Not implemented by anything. Methods of a call that only its result has require it, so that the compiler says what is
/// missing.
///
/// It has a lifetime because a bound that never holds is an error at its definition, unless it is for all lifetimes.
#[diagnostic::on_unimplemented(
    message = "this call has not been sent yet, so it has no result",
    label = "only the result has this method",
    note = "await the call first: write `.await` in front of this method"
)]
pub trait Awaited<'a> {
    /// Returns anything, because nothing can call it.
    fn never<T>() -> T;
}

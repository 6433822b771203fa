//! Converts arguments to the checked values that calls and request bodies need.
//!
//! Each type has its own trait, so that if a value isn't accepted, rustc can say what to write instead.

mod checked;
mod ids;
mod implement;

pub use checked::{
    IntoAddress, IntoAmount, IntoBusinessId, IntoEmail, IntoTimestamp, IntoTokenAmount,
};
pub use ids::{
    IntoInvoiceId, IntoOnRampId, IntoPaymentId, IntoPaymentLinkId, IntoRecurringPaymentId,
    IntoSubwalletId, IntoTransactionId,
};

mod sealed {
    //! Seals the conversion traits, so that only types listed in `convert` implement them. For example, a float must
    //! not become an amount.

    /// A type that converts to `T`.
    pub trait Sealed<T> {}
}

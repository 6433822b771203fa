//! Defines conversions to hand-written types, for arguments.

/// A trait in the client's crate that converts an argument to a hand-written type, e.g. from a
/// reference or a string.
///
/// Calls and request bodies then take `impl Trait` instead of the type. If an argument's type doesn't implement the
/// trait, rustc prints the trait's `#[diagnostic::on_unimplemented]` message.
///
/// ```
/// use openapi_keys::{Conversion, Settings};
///
/// let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml").with_credential("crate::Credential")
///     .with_formats([("amount", "crate::Amount"), ("book-id", "crate::BookId")])
///     .with_conversions([
///         Conversion::new("crate::Amount", "crate::IntoAmount", "into_amount"),
///         Conversion::new("crate::BookId", "crate::IntoBookId", "into_book_id").infallible(),
///     ]);
/// assert!(settings.conversions["crate::Amount"].fallible);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conversion {
    /// The type, written as in `Settings::formats`, e.g. `crate::Amount`.
    pub ty: String,
    /// The trait, e.g. `crate::IntoAmount`.
    pub path: String,
    /// The trait's method, which takes `self`, e.g. `into_amount`.
    pub method: String,
    /// Whether the method returns `Result<T, E>` instead of the value. `E` must be a
    /// `std::error::Error` that is `Send + Sync + 'static`, and its message must not contain the
    /// value.
    pub fallible: bool,
}

impl Conversion {
    /// Creates a conversion that may fail: `method` of the `path` trait returns `Result<ty, E>`.
    pub fn new(ty: &str, path: &str, method: &str) -> Self {
        Conversion {
            ty: ty.to_owned(),
            path: path.to_owned(),
            method: method.to_owned(),
            fallible: true,
        }
    }

    /// Declares that the conversion can't fail, so the method returns the value.
    pub fn infallible(self) -> Self {
        Conversion { fallible: false, ..self }
    }
}

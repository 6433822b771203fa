//! Defines backend secrets on every target except browsers.

use crate::secret::SecretText;

/// Whether the program runs in a browser.
pub(crate) const IN_BROWSER: bool = false;

/// The text of a secret that must stay in the backend.
pub(crate) type BackendText = SecretText;

/// Proof that a secret may exist here.
pub struct Proof(());

impl Proof {
    pub(crate) fn new() -> Self {
        Proof(())
    }
}

/// Copies a secret into a buffer. The caller must pass a proof that the secret may exist.
pub(crate) fn proven(text: &str, Proof(()): Proof) -> BackendText {
    SecretText::new(text)
}

/// Copies a secret into a buffer. Always returns `Some`, because secrets may exist on this target.
pub(crate) fn keep_if_allowed(text: &str) -> Option<BackendText> {
    Some(SecretText::new(text))
}

/// Allows values of a type to exist on this target.
macro_rules! may_hold {
    ({ $($generics:tt)* } $type:ty) => {
        impl<$($generics)*> $crate::backend::MayHold<$type> for $crate::backend::ThisTarget {}

        impl<$($generics)*> $crate::backend::sealed::Sealed<$type> for $crate::backend::ThisTarget {
            fn proof() -> $crate::backend::Proof {
                $crate::backend::Proof::new()
            }
        }
    };
}

/// Allows a backend secret to exist on this target, and implements the standard conversions from
/// text.
macro_rules! backend_secret {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::backend::may_hold!({ $($generics)* } $type);

        $crate::from_text::text_conversions!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );
    };
}

pub(crate) use {backend_secret, may_hold};

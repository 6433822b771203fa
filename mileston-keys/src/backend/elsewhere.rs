//! Every target but the browser's: backend secrets exist.

use crate::secret::SecretText;

/// Whether the program runs in a browser.
pub(crate) const IN_BROWSER: bool = false;

/// The text of a secret that must stay in the backend.
#[derive(Clone)]
pub struct BackendText(SecretText);

impl BackendText {
    pub(crate) fn of(text: &str) -> Self {
        BackendText(SecretText::new(text))
    }

    /// The buffer of a secret, if there may be one here.
    pub(crate) fn if_allowed(text: &str) -> Option<Self> {
        Some(BackendText::of(text))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Lets a type exist here.
macro_rules! may_hold {
    ({ $($generics:tt)* } $type:ty) => {
        impl<$($generics)*> $crate::backend::MayHold<$type> for $crate::backend::ThisTarget {}

        impl<$($generics)*> $crate::backend::sealed::Sealed<$type> for $crate::backend::ThisTarget {
            fn keep(text: &str) -> $crate::backend::BackendText {
                $crate::backend::BackendText::of(text)
            }
        }
    };
}

/// Lets a secret of the backend exist here, and gives it the standard conversions from text.
macro_rules! backend_secret {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::backend::may_hold!({ $($generics)* } $type);

        $crate::from_text::text_conversions!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );
    };
}

pub(crate) use {backend_secret, may_hold};

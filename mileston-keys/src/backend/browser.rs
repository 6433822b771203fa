//! The browser target: backend secrets can be named, but not made.

use std::convert::Infallible;

/// Whether the program runs in a browser.
pub(crate) const IN_BROWSER: bool = true;

/// The text of a secret that must stay in the backend. It can't exist on this target.
#[derive(Clone)]
pub(crate) struct BackendText(Infallible);

impl BackendText {
    pub(crate) fn expose(&self) -> &str {
        match self.0 {}
    }

    /// Returns a value of any type, because this can never be called.
    pub(crate) fn absurd<T>(self) -> T {
        match self.0 {}
    }
}

/// Proof that a secret may exist here. No value can be made.
pub struct Proof(Infallible);

/// Returns the buffer of a secret that may exist.
pub(crate) fn proven(_: &str, proof: Proof) -> BackendText {
    match proof.0 {}
}

/// Returns the buffer of a secret, if it may exist here.
pub(crate) fn keep_if_allowed(_: &str) -> Option<BackendText> {
    None
}

/// Implements the bound for nothing on this target.
macro_rules! may_hold {
    ({ $($generics:tt)* } $type:ty) => {};
}

/// The standard conversions from text to a backend secret. None of them can be called here.
///
/// `From` instead of `TryFrom`: every type that has the former gets the latter from the standard library. With a second
/// implementation next to that one, the compiler would stop before it reaches the bound, which carries the explanation.
macro_rules! backend_secret {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::from_text::from_str!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );

        /// Shadows the method of the trait, for which the compiler would only list the bound.
        #[allow(clippy::should_implement_trait, reason = "the trait is also implemented")]
        impl<$($generics)*> $type {
            #[doc(hidden)]
            pub fn from_str(text: &str) -> Result<Self, $crate::KeyError>
            where
                for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>,
            {
                $crate::from_text::borrowed(text)
            }
        }

        #[doc(hidden)]
        impl<$($generics)*> From<&str> for $type
        where
            for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>,
        {
            fn from(text: &str) -> Self {
                $crate::backend::keep::<Self>(text).absurd()
            }
        }

        #[doc(hidden)]
        impl<$($generics)*> From<String> for $type
        where
            for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>,
        {
            fn from(text: String) -> Self {
                $crate::backend::keep::<Self>(&text).absurd()
            }
        }
    };
}

pub(crate) use {backend_secret, may_hold};

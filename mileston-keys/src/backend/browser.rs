//! Defines backend secrets on the browser target: code can name their types but can't create values.

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

    /// Returns a value of any type. This function can never be called.
    pub(crate) fn absurd<T>(self) -> T {
        match self.0 {}
    }
}

/// Proof that a secret may exist here. This type has no values.
pub struct Proof(Infallible);

/// Copies a secret into a buffer on other targets. Here, this function can never be called, because `Proof` has no
/// values.
pub(crate) fn proven(_: &str, proof: Proof) -> BackendText {
    match proof.0 {}
}

/// Returns `None`, because backend secrets can't exist here.
pub(crate) fn keep_if_allowed(_: &str) -> Option<BackendText> {
    None
}

/// Expands to nothing, because no secret may satisfy the bound on this target.
macro_rules! may_hold {
    ({ $($generics:tt)* } $type:ty) => {};
}

/// Implements the standard conversions from text to a backend secret. Nothing can call them on this target.
///
/// This implements `From` instead of `TryFrom`. The standard library implements `TryFrom` for every type that has
/// `From`. If the crate had a separate `TryFrom`, there would be two candidates for a call. The compiler would then say
/// only that neither applies, and wouldn't show the message of the bound, which explains the problem.
macro_rules! backend_secret {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::from_text::from_str!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );

        /// Shadows `FromStr::from_str`. If a call used the trait's method, the compiler would show only the bound, not
        /// the explanation.
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

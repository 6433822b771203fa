//! A browser: backend secrets can be named, but not made.

use std::convert::Infallible;

/// Whether the program runs in a browser.
pub(crate) const IN_BROWSER: bool = true;

/// The text of a secret that must stay in the backend: there is none here.
#[derive(Clone)]
pub(crate) struct BackendText(Infallible);

impl BackendText {
    pub(crate) fn expose(&self) -> &str {
        match self.0 {}
    }

    /// Anything, because there is no such text.
    pub(crate) fn absurd<T>(self) -> T {
        match self.0 {}
    }
}

/// Would show that a secret may exist here.
pub struct Proof(Infallible);

/// The buffer of a secret that may exist.
pub(crate) fn proven(_: &str, proof: Proof) -> BackendText {
    match proof.0 {}
}

/// The buffer of a secret, if it may exist here.
pub(crate) fn keep_if_allowed(_: &str) -> Option<BackendText> {
    None
}

/// Lets no type exist here.
macro_rules! may_hold {
    ({ $($generics:tt)* } $type:ty) => {};
}

/// The standard conversions from text of a secret of the backend. None of them can be called here.
///
/// `From` instead of `TryFrom`: every type that has the first gets the second from the standard library. With a second
/// implementation beside that one, the compiler wouldn't get as far as the bound, which says why.
macro_rules! backend_secret {
    ({ $($generics:tt)* } $type:ty) => {
        $crate::from_text::from_str!(
            { $($generics)* } $type where for<'a> $crate::backend::ThisTarget: $crate::backend::MayHold<$type>
        );

        /// Goes before that of the trait, whose bound the compiler only lists when the function is called by this name.
        #[allow(clippy::should_implement_trait, reason = "it is implemented, too")]
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

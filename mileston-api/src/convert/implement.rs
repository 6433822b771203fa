//! Defines the macro that declares the conversion traits.

/// Declares sealed traits, each with one method. Implements each trait for its type, for references to the type, and
/// for text.
///
/// The `checked` traits parse text and return a `Result`. The `plain` traits return the value. The types in brackets
/// can also be converted: those after `from` through `From`, and those after `try_from` through `TryFrom`. The error
/// type of that `TryFrom` must be `$error`.
macro_rules! conversions {
    (checked: $(
        $(#[$meta:meta])*
        $name:ident::$method:ident -> $target:ty, $error:ty;
        from [$($from:ty),*], try_from [$($(#[$cfg:meta])* $try_from:ty),*];
    )+) => {$(
        conversions! { @declare $(#[$meta])* $name::$method -> $target, Result<$target, $error>;
            concat!("# Errors\n\nReturns an error if the value isn't a valid `", stringify!($target), "`.") }
        conversions! { @implement $name::$method -> $target, Result<$target, $error>;
            $target: it => Ok(it);
            &$target: it => Ok(it.clone());
            &str: it => it.parse();
            String: it => it.try_into();
            &String: it => it.parse();
            $($from: it => Ok(it.into());)*
            $($(#[$cfg])* $try_from: it => it.try_into();)*
        }
    )+};
    (plain: $(
        $(#[$meta:meta])*
        $name:ident::$method:ident -> $target:ty;
        from [$($from:ty),*];
    )+) => {$(
        conversions! { @declare $(#[$meta])* $name::$method -> $target, $target; "" }
        conversions! { @implement $name::$method -> $target, $target;
            $target: it => it;
            &$target: it => it.clone();
            &str: it => it.into();
            String: it => it.into();
            &String: it => it.as_str().into();
            $($from: it => it.into();)*
        }
    )+};
    (@declare $(#[$meta:meta])* $name:ident::$method:ident -> $target:ty, $returned:ty; $errors:expr) => {
        $(#[$meta])*
        ///
        #[doc = concat!("Implemented for `", stringify!($target), "`, a reference to it, and text.")]
        pub trait $name: super::sealed::Sealed<$target> {
            /// Converts the value.
            ///
            #[doc = $errors]
            fn $method(self) -> $returned;
        }
    };
    (@implement $name:ident::$method:ident -> $target:ty, $returned:ty; $(
        $(#[$cfg:meta])*
        $source:ty: $it:ident => $value:expr;
    )+) => {$(
        $(#[$cfg])*
        impl super::sealed::Sealed<$target> for $source {}

        $(#[$cfg])*
        impl $name for $source {
            fn $method(self) -> $returned {
                let $it = self;
                $value
            }
        }
    )+};
}
pub(super) use conversions;

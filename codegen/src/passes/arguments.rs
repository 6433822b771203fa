//! Decides which types of arguments functions accept, and when values are passed by name.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::{is_path, path};
use crate::passes::std_types::is_string;
use crate::{Conversion, Settings};

/// The maximum number of required values that are passed as arguments. More arguments would be easy
/// to confuse, so the values are passed by name instead.
pub(crate) const MAX_ARGUMENTS: usize = 4;

/// The documentation that is added to a setter for a `Nullable`.
pub(crate) const NULL: &str = "`None` sends `null`. Without this call the property isn't sent.";

/// What a caller passes for a value.
#[derive(Clone)]
pub(crate) enum Takes {
    /// Anything that converts to a `String`.
    Text,
    /// Anything that a trait of the client's crate converts to the type.
    Converted(Conversion),
    /// Anything that converts to a body or a part of one.
    Upload,
    /// A value of the type.
    Value,
}

impl Takes {
    /// Returns what a caller passes for a value of this type.
    pub(crate) fn of(ty: &Type, settings: &Settings) -> Self {
        if is_string(ty) {
            return Takes::Text;
        }
        let mut conversions = settings.conversions.values();
        match conversions.find(|conversion| is_path(ty, &conversion.ty)) {
            Some(conversion) => Takes::Converted(conversion.clone()),
            None => Takes::Value,
        }
    }

    /// Returns the type of the argument.
    pub(crate) fn argument(&self, ty: &Type) -> TokenStream {
        match self {
            Takes::Text => quote!(impl ::std::convert::Into<::std::string::String>),
            Takes::Converted(conversion) => {
                let path = path(&conversion.path);
                quote!(impl #path)
            }
            Takes::Upload => quote!(impl ::std::convert::Into<#ty>),
            Takes::Value => quote!(#ty),
        }
    }

    /// Returns the expression that converts the argument to the value, or to a `Result` if the
    /// conversion [can fail](Takes::can_fail).
    pub(crate) fn value(&self, argument: &TokenStream) -> TokenStream {
        match self {
            Takes::Text | Takes::Upload => quote!(#argument.into()),
            Takes::Converted(conversion) => {
                let method = super::ident(&conversion.method);
                quote!(#argument.#method())
            }
            Takes::Value => argument.clone(),
        }
    }

    pub(crate) fn can_fail(&self) -> bool {
        matches!(self, Takes::Converted(conversion) if conversion.fallible)
    }

    /// Returns whether the argument accepts any string. Two such arguments could be swapped without
    /// a compile error.
    fn takes_any_text(&self) -> bool {
        match self {
            Takes::Text => true,
            Takes::Converted(conversion) => !conversion.fallible,
            // An upload can also be a string, but it rarely is.
            Takes::Upload | Takes::Value => false,
        }
    }
}

/// Returns whether these required values are passed by name. This is the case if there are more
/// than [`MAX_ARGUMENTS`] values, or if two neighbours could be swapped without a compile error.
pub(crate) fn need_names<'a>(values: impl IntoIterator<Item = (&'a Type, &'a Takes)>) -> bool {
    let values: Vec<(String, &Takes)> =
        values.into_iter().map(|(ty, takes)| (ty.to_token_stream().to_string(), takes)).collect();
    let swappable = |pair: &[(String, &Takes)]| match pair {
        [(one, takes), (other, takes_too)] => {
            one == other || (takes.takes_any_text() && takes_too.takes_any_text())
        }
        _ => false,
    };
    values.len() > MAX_ARGUMENTS || values.windows(2).any(swappable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(types: &[&str]) -> bool {
        let settings =
            Settings::new("", "").with_credential("crate::Credential").with_conversions([
                Conversion::new("crate::Amount", "crate::IntoAmount", "into_amount"),
                Conversion::new("crate::BookId", "crate::IntoBookId", "into_book_id").infallible(),
            ]);
        let types: Vec<Type> = types.iter().map(|ty| syn::parse_str(ty).unwrap()).collect();
        let takes: Vec<Takes> = types.iter().map(|ty| Takes::of(ty, &settings)).collect();
        need_names(types.iter().zip(&takes))
    }

    #[test]
    fn values_that_could_be_swapped_are_passed_by_name() {
        assert!(names(&["::std::string::String", "String"]));
        assert!(names(&["String", "crate::BookId"]), "an id accepts any text");
        assert!(names(&["crate::Amount", "crate::Amount"]));
        assert!(names(&["u8", "f64", "f64"]));
        assert!(!names(&["String", "crate::Amount", "crate::BookId"]));
        assert!(!names(&["String", "u8", "String", "u8"]));
    }

    #[test]
    fn many_values_are_passed_by_name() {
        assert!(names(&["u8", "u16", "u8", "u16", "u8"]));
        assert!(!names(&[]));
    }
}

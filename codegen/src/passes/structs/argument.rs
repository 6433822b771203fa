//! Represents an argument that becomes the value of a field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::Owner;
use super::member::Member;
use crate::passes::arguments::Takes;
use crate::passes::docs;

pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// The conversion to a value of the field's type.
    pub(super) value: TokenStream,
    /// Whether the conversion may fail. If it may, the expression ends in `?`.
    pub(super) fallible: bool,
}

impl Argument {
    /// Creates an argument for a value of this type, with the name of the field.
    pub(super) fn new(owner: &Owner<'_>, member: &Member, ty: &Type) -> Self {
        let name = &member.name;
        let takes = owner.takes(ty);
        let value = takes.value(&quote!(#name));
        let fallible = takes.can_fail();
        let value = match fallible {
            true => {
                let (runtime, text) = (&owner.runtime, name.to_string());
                quote!(#runtime::generated::argument(#text, #value)?)
            }
            false => value,
        };
        Argument { ty: takes.argument(ty), value, fallible }
    }
}

impl Owner<'_> {
    /// Returns what callers pass for a value of this type. The conversions in the settings are only
    /// for requests, because users don't build responses.
    pub(super) fn takes(&self, ty: &Type) -> Takes {
        match Takes::of(ty, self.settings) {
            Takes::Converted(_) if !self.sent => Takes::Value,
            takes => takes,
        }
    }
}

/// Returns the return type and the value of a function whose arguments may be invalid.
pub(super) fn returned(
    owner: &Owner<'_>,
    fallible: bool,
    value: &TokenStream,
) -> (TokenStream, TokenStream) {
    let runtime = &owner.runtime;
    match fallible {
        true => (
            quote!(::std::result::Result<Self, #runtime::Error>),
            quote!(::std::result::Result::Ok(#value)),
        ),
        false => (quote!(Self), value.clone()),
    }
}

/// Returns the `# Errors` section of a function whose arguments may be invalid.
pub(super) fn errors(owner: &Owner<'_>, fallible: &[&syn::Ident]) -> String {
    let what = match fallible {
        [] => return String::new(),
        [only] => format!("`{only}` is invalid"),
        _ => "an argument is invalid. The error names the argument".to_owned(),
    };
    format!("# Errors\n\n{}: {what}.", docs::error_kind(owner.settings, "InvalidArgument"))
}

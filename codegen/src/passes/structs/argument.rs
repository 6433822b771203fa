//! An argument that becomes the value of a field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::Owner;
use super::member::Member;
use crate::Conversion;
use crate::passes::path;
use crate::passes::std_types::is_string;

pub(super) struct Argument {
    /// What callers give.
    pub(super) ty: TokenStream,
    /// How it becomes a value of the field's type.
    pub(super) value: TokenStream,
    /// Whether that may fail: the value then ends in `?`.
    pub(super) fallible: bool,
}

impl Argument {
    /// An argument for a value of this type, under the name of the field.
    pub(super) fn new(owner: &Owner<'_>, member: &Member, ty: &Type) -> Self {
        let name = &member.name;
        if let Some(conversion) = &member.conversion {
            return Argument::converted(owner, name, conversion);
        }
        let (ty, value) = match is_string(ty) {
            true => {
                (quote!(impl ::std::convert::Into<::std::string::String>), quote!(#name.into()))
            }
            false => (quote!(#ty), quote!(#name)),
        };
        Argument { ty, value, fallible: false }
    }

    fn converted(owner: &Owner<'_>, name: &syn::Ident, conversion: &Conversion) -> Self {
        let (source, method) = (path(&conversion.path), path(&conversion.method));
        let value = quote!(#name.#method());
        let value = match conversion.fallible {
            true => {
                let (runtime, text) = (&owner.runtime, name.to_string());
                quote!(#runtime::generated::argument(#text, #value)?)
            }
            false => value,
        };
        Argument { ty: quote!(impl #source), value, fallible: conversion.fallible }
    }
}

/// What a function returns whose arguments may be invalid, and how it returns it.
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

/// The section of the documentation of such a function.
pub(super) fn errors(fallible: bool) -> &'static str {
    match fallible {
        true => "# Errors\n\nAn argument is invalid. The error names it.",
        false => "",
    }
}

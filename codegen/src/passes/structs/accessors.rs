//! Methods that return a field: what the client fills in, and what is expected of a response.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Type, parse_quote};

use super::Owner;
use super::member::Member;
use crate::passes::std_types::{boxed, is_scalar, is_string, option};
use crate::passes::{docs, ident};

/// The private field that says which operation a response is of.
const ANSWERED_BY: &str = "answered_by";

/// The name of that field, if the struct needs it.
pub(super) fn answered_by(members: &[Member]) -> Option<syn::Ident> {
    members.iter().any(|member| member.expected).then(|| free(ANSWERED_BY, members))
}

/// The private field of a body. It replaces `#[non_exhaustive]`: about a struct literal the compiler then says that a private
/// field of this name is missing.
const MADE_BY_NEW: &str = "made_by_new";

/// The name of that field.
pub(super) fn made_by_new(members: &[Member]) -> syn::Ident {
    free(MADE_BY_NEW, members)
}

/// The field itself.
pub(super) fn marker(name: &syn::Ident, owner: &Owner<'_>) -> Field {
    let runtime = &owner.runtime;
    let skip = owner.derives.then(|| quote!(#[serde(skip)]));
    parse_quote! {
        #skip
        #name: #runtime::generated::MadeByNew
    }
}

/// The name, with a `_` if a property has it. No name of a property ends with `_` unless it is a keyword.
fn free(name: &str, members: &[Member]) -> syn::Ident {
    let is_taken = members.iter().any(|member| member.name == name);
    if is_taken { ident(&format!("{name}_")) } else { ident(name) }
}

/// The field that says which operation a response is of.
pub(super) fn operation(name: &syn::Ident, owner: &Owner<'_>) -> Field {
    let runtime = &owner.runtime;
    let skip = owner.derives.then(|| quote!(#[serde(skip)]));
    parse_quote! {
        /// The operation that returned this response, for the errors of accessors.
        #skip
        #name: #runtime::generated::AnsweredBy
    }
}

/// Returns a field that the client fills in, which has no setter.
pub(super) fn filled(member: &Member) -> TokenStream {
    let Member { name, description, value, .. } = member;
    let documentation = docs::paragraphs(&[
        description,
        "The client fills it in when it sends. Only a response or a received request has it here.",
    ]);
    quote! {
        #documentation
        #[must_use]
        pub fn #name(&self) -> ::std::option::Option<&#value> {
            self.#name.as_ref()
        }
    }
}

/// Returns an expected field, or the error that names it.
pub(super) fn expected(
    owner: &Owner<'_>,
    member: &Member,
    answered_by: &syn::Ident,
) -> TokenStream {
    let Member { name, wire, value, .. } = member;
    let runtime = &owner.runtime;
    let (ty, value) = borrowed(value, name);
    let kind = docs::error_kind(owner.settings, "MissingField");
    let documentation = docs::with_example(
        &[&format!("Returns `{name}`, which the response of a success should have.")],
        &format!("# Errors\n\n{kind}: the response has no `{wire}`."),
    );
    quote! {
        #documentation
        pub fn #name(&self) -> ::std::result::Result<#ty, #runtime::Error> {
            self.#answered_by.expect(#wire, #value)
        }
    }
}

/// What an accessor returns for a value of this type, and the `Option` of it.
fn borrowed(value: &Type, name: &syn::Ident) -> (TokenStream, TokenStream) {
    if is_string(value) {
        (quote!(&str), quote!(self.#name.as_deref()))
    } else if is_scalar(value) {
        (quote!(#value), quote!(self.#name))
    } else if let Some(inner) = boxed(value).and_then(option) {
        // As typify writes some recursive properties: `Box<Option<T>>`.
        (quote!(&#inner), quote!(::std::option::Option::as_ref(&self.#name)))
    } else if let Some(inner) = boxed(value) {
        (quote!(&#inner), quote!(self.#name.as_deref()))
    } else {
        (quote!(&#value), quote!(self.#name.as_ref()))
    }
}

//! Emits methods that return a field: one that the client fills in, or one that a response is
//! expected to have.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Type, parse_quote};

use super::Owner;
use super::member::Member;
use crate::passes::std_types::{boxed, is_scalar, is_string, option};
use crate::passes::{docs, ident};

/// The private field that records which operation returned a response.
const ANSWERED_BY: &str = "answered_by";

/// Returns the name of the `answered_by` field, if the struct needs this field.
pub(super) fn answered_by(members: &[Member]) -> Option<syn::Ident> {
    members.iter().any(|member| member.expected).then(|| free(ANSWERED_BY, members))
}

/// The private field of a body. If a user writes a struct literal, rustc reports that this private
/// field is missing. That message is clearer than the one for `#[non_exhaustive]`.
const MADE_BY_NEW: &str = "made_by_new";

/// Returns the name of the `made_by_new` field.
pub(super) fn made_by_new(members: &[Member]) -> syn::Ident {
    free(MADE_BY_NEW, members)
}

/// Returns the `made_by_new` field.
pub(super) fn marker(name: &syn::Ident, owner: &Owner<'_>) -> Field {
    let runtime = &owner.runtime;
    let skip = owner.derives.then(|| quote!(#[serde(skip)]));
    parse_quote! {
        #skip
        #name: #runtime::generated::MadeByNew
    }
}

/// Returns the name, with a `_` appended if a property's field already has the name. The result is
/// always free, because only fields named after a keyword or `new` end with `_`.
fn free(name: &str, members: &[Member]) -> syn::Ident {
    let is_taken = members.iter().any(|member| member.name == name);
    if is_taken { ident(&format!("{name}_")) } else { ident(name) }
}

/// Returns the field that records which operation returned a response.
pub(super) fn operation(name: &syn::Ident, owner: &Owner<'_>) -> Field {
    let runtime = &owner.runtime;
    let skip = owner.derives.then(|| quote!(#[serde(skip)]));
    parse_quote! {
        /// The operation that returned this response. The accessors' errors name it.
        #skip
        #name: #runtime::generated::AnsweredBy
    }
}

/// Emits the method that returns a field that the client fills in. Such a field has no setter.
pub(super) fn filled(member: &Member) -> TokenStream {
    let Member { name, description, value, .. } = member;
    let documentation = docs::paragraphs(&[
        description,
        "The client fills in this property when it sends the request, so this returns `None` for a \
         body that your program built, and the value for a body that it received.",
    ]);
    quote! {
        #documentation
        #[must_use]
        pub fn #name(&self) -> ::std::option::Option<&#value> {
            self.#name.as_ref()
        }
    }
}

/// Emits the method that returns an expected field, or an error that names the field.
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
        &[&format!("Returns `{name}`, which a success response should have.")],
        &format!("# Errors\n\n{kind}: the response has no `{wire}`."),
    );
    quote! {
        #documentation
        pub fn #name(&self) -> ::std::result::Result<#ty, #runtime::Error> {
            self.#answered_by.expect(#wire, #value)
        }
    }
}

/// Returns the return type of an accessor for a value of this type, and the expression that borrows
/// the field as an `Option` of the return type.
fn borrowed(value: &Type, name: &syn::Ident) -> (TokenStream, TokenStream) {
    if is_string(value) {
        (quote!(&str), quote!(self.#name.as_deref()))
    } else if is_scalar(value) {
        (quote!(#value), quote!(self.#name))
    } else if let Some(inner) = boxed(value).and_then(option) {
        // This is the form that typify uses for some recursive properties: `Box<Option<T>>`.
        (quote!(&#inner), quote!(::std::option::Option::as_ref(&self.#name)))
    } else if let Some(inner) = boxed(value) {
        (quote!(&#inner), quote!(self.#name.as_deref()))
    } else {
        (quote!(&#value), quote!(self.#name.as_ref()))
    }
}

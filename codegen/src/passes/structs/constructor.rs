//! Emits `new`, and the struct that it takes instead of separate arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::Owner;
use super::argument::{Argument, errors, returned};
use super::member::Member;
use crate::passes::arguments::{MAX_ARGUMENTS, Takes, need_names};
use crate::passes::docs;

/// Emits `new`, and the struct for the required fields if they are passed by name.
pub(super) fn new(
    owner: &Owner<'_>,
    members: &[Member],
    private: Option<(&syn::Ident, TokenStream)>,
) -> (Option<TokenStream>, TokenStream) {
    let required: Vec<&Member> = members.iter().filter(|member| member.is_required()).collect();
    let optional = members.iter().filter(|member| !member.is_required()).map(Member::absent);
    let private = private.map(|(name, value)| quote!(#name: #value));
    let rest: Vec<TokenStream> = optional.chain(private).collect();
    match is_by_name(owner, &required) {
        true => (Some(carrier(owner, &required)), by_name(owner, &required, &rest)),
        false => (None, plain(owner, &required, &rest)),
    }
}

fn is_by_name(owner: &Owner<'_>, required: &[&Member]) -> bool {
    if !owner.sent {
        return required.len() > MAX_ARGUMENTS;
    }
    let takes: Vec<Takes> = required.iter().map(|member| owner.takes(&member.field.ty)).collect();
    need_names(required.iter().map(|member| &member.field.ty).zip(&takes))
}

fn plain(owner: &Owner<'_>, required: &[&Member], rest: &[TokenStream]) -> TokenStream {
    let arguments: Vec<Argument> =
        required.iter().map(|member| Argument::new(owner, member, &member.field.ty)).collect();
    let fallible = arguments.iter().any(|argument| argument.fallible);
    let fields = required.iter().zip(&arguments).map(|(member, Argument { value, .. })| {
        let name = &member.name;
        let same = *name == value.to_string();
        if same { quote!(#name) } else { quote!(#name: #value) }
    });
    let names = required.iter().map(|member| &member.name);
    let types = arguments.iter().map(|argument| &argument.ty);
    // The constructor of a response isn't documented. Without arguments, it only calls `default`.
    let made = match required.is_empty() && owner.has_default && !owner.sent {
        true => quote!(Self::default()),
        false => quote!(Self { #(#fields,)* #(#rest,)* }),
    };
    let (result, value) = returned(owner, fallible, &made);
    let invalid = required.iter().zip(&arguments).filter(|(_, argument)| argument.fallible);
    let invalid: Vec<&syn::Ident> = invalid.map(|(member, _)| &member.name).collect();
    let attributes = attributes(owner, required.is_empty(), &invalid);
    quote! {
        #attributes
        pub fn new(#(#names: #types),*) -> #result {
            #value
        }
    }
}

/// Emits the struct for the required fields.
fn carrier(owner: &Owner<'_>, required: &[&Member]) -> TokenStream {
    let name = &owner.name;
    let carrier = carrier_name(owner);
    let documentation = match owner.sent {
        true => docs::as_written(&format!("The required fields of [`{name}`], passed by name.")),
        false => quote!(#[doc(hidden)]),
    };
    let fields = required.iter().map(|member| {
        let Member { documentation, name, field, .. } = member;
        let ty = &field.ty;
        quote!(#documentation pub #name: #ty)
    });
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq)]
        pub struct #carrier { #(#fields,)* }
    }
}

fn by_name(owner: &Owner<'_>, required: &[&Member], rest: &[TokenStream]) -> TokenStream {
    let carrier = carrier_name(owner);
    let names: Vec<&syn::Ident> = required.iter().map(|member| &member.name).collect();
    let attributes = attributes(owner, false, &[]);
    quote! {
        #attributes
        pub fn new(required: #carrier) -> Self {
            Self { #(#names: required.#names,)* #(#rest,)* }
        }
    }
}

fn carrier_name(owner: &Owner<'_>) -> syn::Ident {
    quote::format_ident!("{}Required", owner.name)
}

fn attributes(owner: &Owner<'_>, empty: bool, invalid: &[&syn::Ident]) -> TokenStream {
    let purpose = match empty {
        true => "Creates the value without optional fields.",
        false => "Creates the value with its required fields and without optional ones.",
    };
    let documentation = match owner.sent {
        true => docs::with_example(&[purpose], &errors(owner, invalid)),
        false => quote!(#[doc(hidden)]),
    };
    let must_use = invalid.is_empty().then(|| quote!(#[must_use]));
    quote!(#documentation #must_use)
}

//! Emits setters for the fields that `new` doesn't take.

use proc_macro2::TokenStream;
use quote::quote;

use super::Owner;
use super::argument::{Argument, errors, returned};
use super::member::Member;
use super::presence::Presence;
use crate::passes::arguments::NULL;
use crate::passes::docs;

pub(super) fn setter(owner: &Owner<'_>, member: &Member) -> TokenStream {
    let Member { name, setter, value: ty, .. } = member;
    let Argument { ty, value, fallible } = match member.presence {
        Presence::Nullable => {
            let runtime = &owner.runtime;
            Argument {
                ty: quote!(impl ::std::convert::Into<#runtime::Nullable<#ty>>),
                value: quote!(#name.into()),
                fallible: false,
            }
        }
        Presence::Optional | Presence::Received => {
            let argument = Argument::new(owner, member, ty);
            let value = &argument.value;
            Argument { value: quote!(::std::option::Option::Some(#value)), ..argument }
        }
        Presence::Required | Presence::Empty | Presence::Additional => {
            Argument::new(owner, member, &member.field.ty)
        }
    };
    let documentation = documentation(owner, member, fallible);
    let must_use = (!fallible).then(|| quote!(#[must_use]));
    let (result, returned) = returned(owner, fallible, &quote!(self));
    quote! {
        #documentation
        #must_use
        pub fn #setter(mut self, #name: #ty) -> #result {
            self.#name = #value;
            #returned
        }
    }
}

fn documentation(owner: &Owner<'_>, member: &Member, fallible: bool) -> TokenStream {
    if !owner.sent {
        return quote!(#[doc(hidden)]);
    }
    let null = match member.presence {
        Presence::Nullable => NULL,
        _ => "",
    };
    let invalid: &[&syn::Ident] = if fallible { &[&member.name] } else { &[] };
    docs::with_example(&[&member.description, null], &errors(owner, invalid))
}

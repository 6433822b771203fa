//! Emits the code for an operation's caller: the handler determines the caller, and the method
//! receives it as an argument.

use proc_macro2::TokenStream;
use quote::quote;

use super::identities::Identities;
use super::is_secured;
use crate::lower::identities::Identity;
use crate::model::Operation;

/// The caller of an operation, according to the alternatives of the operation's `security`.
pub(super) enum Caller<'a> {
    /// No credentials are read.
    Nobody,
    /// A caller with credentials, as the runtime's `Identity`.
    Known,
    /// A caller with or without credentials, as an optional `Identity`.
    Optional,
    /// A caller that satisfied one of several alternatives, as an enum of the alternatives.
    OneOf(&'a Identity),
}

impl<'a> Caller<'a> {
    pub(super) fn of(identities: &'a Identities, operation: &Operation) -> Self {
        match identities.of_operation(operation) {
            Some(identity) => Caller::OneOf(identity),
            None if !is_secured(operation) => Caller::Nobody,
            None if operation.security.iter().any(|it| it.is_empty()) => Caller::Optional,
            None => Caller::Known,
        }
    }

    /// Returns the type of the method's argument.
    pub(super) fn argument(&self, runtime: &TokenStream) -> Option<TokenStream> {
        Some(match self {
            Caller::Nobody => return None,
            Caller::Known => quote!(&#runtime::Identity),
            Caller::Optional => quote!(::std::option::Option<&#runtime::Identity>),
            Caller::OneOf(identity) => {
                let path = identity.path();
                quote!(&#path)
            }
        })
    }

    /// Emits the statement that checks the credentials.
    pub(super) fn read(
        &self,
        runtime: &TokenStream,
        operation: &Operation,
        constant: &syn::Ident,
    ) -> Option<TokenStream> {
        let given = quote!(&*platform.authority, &catalogue::#constant, &incoming);
        let caller = match self {
            Caller::Nobody => return None,
            Caller::Known => quote!(#runtime::authorize(#given)?),
            Caller::Optional => quote!(#runtime::authorize_optional(#given)?),
            Caller::OneOf(identity) => {
                let constructors = identity.constructors(&operation.security);
                let given = quote!(#given, &[#(#constructors),*]);
                match identity.anonymous() {
                    None => quote!(#runtime::authorize_any(#given)?),
                    Some(anonymous) => {
                        quote!(#runtime::authorize_any_optional(#given)?.unwrap_or(#anonymous))
                    }
                }
            }
        };
        Some(quote!(let caller = #caller;))
    }

    /// Returns the expression for the method's argument.
    pub(super) fn passed(&self) -> Option<TokenStream> {
        Some(match self {
            Caller::Nobody => return None,
            Caller::Optional => quote!(caller.as_ref(),),
            Caller::Known | Caller::OneOf(_) => quote!(&caller,),
        })
    }
}

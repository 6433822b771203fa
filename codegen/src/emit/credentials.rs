//! `credentials.rs`, `requirements.rs`, `scopes.rs` and `clients.rs`: what is generated where no crate has hand-written
//! credentials.

mod clients;
mod combined;
mod newtypes;
mod requirements;
mod scopes;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::lower::credentials::{Generated, GeneratedScheme};
use crate::passes::{docs, ident};

/// The modules, in the order of their names.
pub(crate) const MODULES: &[&str] = &["clients", "credentials", "requirements", "scopes"];

/// Files by their names. None with hand-written credentials.
pub(crate) fn files(context: &Context<'_>) -> BTreeMap<String, TokenStream> {
    let Some(generated) = context.generated else { return BTreeMap::new() };
    let files = [
        ("clients.rs", clients::file(context, generated)),
        ("credentials.rs", file(context, generated)),
        ("requirements.rs", requirements::file(context, generated)),
        ("scopes.rs", scopes::file(context, generated)),
    ];
    files.into_iter().map(|(name, tokens)| (name.to_owned(), tokens)).collect()
}

fn file(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let title = &context.model.title;
    let documentation = docs::inner(&format!(
        "The credentials of {title}: a type for each security scheme, and `Credentials`, which combines them."
    ));
    let newtypes = generated.schemes.iter().map(|scheme| newtypes::newtype(context, scheme));
    let combined = combined::combined(context, generated);
    let slots = slots(context, generated);
    quote! {
        #documentation
        #combined
        #(#newtypes)*
        #slots
    }
}

/// The traits of a place for a credential, sealed by a private module.
fn slots(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let runtime = &context.runtime;
    let has_scopes = generated.schemes.iter().any(|scheme| !scheme.scopes.is_empty());
    let scoped = has_scopes.then(|| {
        quote! {
            /// A place for a credential with scopes: [`Unset`], or the credential of the security scheme `X`. Sealed.
            pub trait ScopedSlot<X>: Slot<X> {
                /// Whether the credential declares the scope.
                type Declares<S: #runtime::logic::Scope<X>>: #runtime::logic::Bool;
            }
            impl<X: 'static> ScopedSlot<X> for Unset {
                type Declares<S: #runtime::logic::Scope<X>> = #runtime::logic::No;
            }
        }
    });
    let sealed = generated.schemes.iter().map(|scheme| {
        let (generics, ty) = (scheme_generics(context, scheme), scheme_type(scheme));
        quote!(impl #generics super::sealed::Sealed for super::#ty {})
    });
    let (parameters, bounds) =
        (combined::parameters(generated), combined::bounds(generated, &quote!(super::)));
    quote! {
        /// A place for a credential: [`Unset`], or the credential of the security scheme `X`. Sealed.
        pub trait Slot<X>: sealed::Sealed + #runtime::credential::Part {
            /// Whether there is a credential.
            type Set: #runtime::logic::Bool;
        }
        impl<X> Slot<X> for Unset {
            type Set = #runtime::logic::No;
        }
        #scoped
        mod sealed {
            //! Keeps the traits to the types of this module, so that nobody can claim what they don't hold.

            pub trait Sealed {}
            impl Sealed for super::Unset {}
            #(#sealed)*
            impl<#bounds> Sealed for super::Credentials<#parameters> {}
        }
    }
}

/// `<S: Scopes<Token>>` for a scheme with scopes.
fn scheme_generics(context: &Context<'_>, scheme: &GeneratedScheme) -> Option<TokenStream> {
    let (runtime, name) = (&context.runtime, ident(&scheme.ident));
    (!scheme.scopes.is_empty()).then(|| quote!(<S: #runtime::logic::Scopes<#name>>))
}

/// `Token<S>`, or `ApiKey`.
fn scheme_type(scheme: &GeneratedScheme) -> TokenStream {
    let name = ident(&scheme.ident);
    match scheme.scopes.is_empty() {
        true => quote!(#name),
        false => quote!(#name<S>),
    }
}

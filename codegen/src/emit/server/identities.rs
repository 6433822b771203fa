//! Emits the `identities` module of the server: an enum for each requirement with several
//! alternatives. The enum identifies the alternative that the request satisfied.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Context;
use crate::lower::credentials::{listed, with_scopes};
use crate::lower::identities::{self, Identity, Variant};
use crate::model::Operation;
use crate::passes::{docs, ident, path};
use crate::{RequiredScheme, Server};

/// The enums of a document.
pub(super) struct Identities(Vec<Identity>);

impl Identities {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let securities = context.model.operations().map(|operation| operation.security.as_slice());
        Identities(identities::distinct(securities, context.settings))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the enum of an operation, if it has one.
    pub(super) fn of_operation(&self, operation: &Operation) -> Option<&Identity> {
        let requirement: BTreeSet<_> = operation.security.iter().cloned().collect();
        self.0.iter().find(|identity| identity.requirement == requirement)
    }

    /// Emits the file, or returns `None` if there are no enums.
    pub(super) fn file(&self, context: &Context<'_>, server: &Server) -> Option<TokenStream> {
        let documentation = docs::inner(&format!(
            "The callers of operations of {} that accept alternative credentials. Each enum has a \
             variant for each alternative in `security`.",
            context.model.title
        ));
        let runtime = path(&server.runtime);
        let enums = self.0.iter().map(|identity| {
            let operations = context.model.operations();
            let same = |it: &&Operation| {
                self.of_operation(it).is_some_and(|it| it.ident == identity.ident)
            };
            let ids: Vec<&str> = operations.filter(same).map(|it| it.id.as_str()).collect();
            definition(identity, &ids, &runtime)
        });
        (!self.is_empty()).then(|| quote!(#documentation #(#enums)*))
    }
}

impl Identity {
    /// Returns the path to the type, starting with the imported `identities` module.
    pub(super) fn path(&self) -> TokenStream {
        let name = ident(&self.ident);
        quote!(identities::#name)
    }

    /// Returns the variants for these alternatives, one for each alternative with credentials.
    pub(super) fn constructors(&self, security: &[BTreeSet<RequiredScheme>]) -> Vec<TokenStream> {
        let path = self.path();
        let closed = security.iter().filter(|alternative| !alternative.is_empty());
        let variants = closed.filter_map(|alternative| self.variant(alternative));
        variants
            .map(|variant| {
                let name = ident(&variant.ident);
                quote!(#path::#name)
            })
            .collect()
    }

    /// Returns the variant for requests without credentials, if they are accepted.
    pub(super) fn anonymous(&self) -> Option<TokenStream> {
        let variant = ident(&self.variant(&BTreeSet::new())?.ident);
        let path = self.path();
        Some(quote!(#path::#variant))
    }
}

fn definition(identity: &Identity, operations: &[&str], runtime: &TokenStream) -> TokenStream {
    let name = ident(&identity.ident);
    let operations: Vec<String> = operations.iter().map(|id| format!("`{id}`")).collect();
    let about = docs::lines(&format!("The caller of {}.", listed(&operations)));
    let variants = identity.variants.iter().map(|variant| {
        let about = docs::lines(&met(variant));
        let name = ident(&variant.ident);
        match variant.alternative.is_empty() {
            true => quote!(#about #name),
            false => quote!(#about #name(#runtime::Identity)),
        }
    });
    let closed = identity.variants.iter().filter(|variant| !variant.alternative.is_empty());
    let closed = closed.map(|variant| ident(&variant.ident));
    let accessor = match identity.variant(&BTreeSet::new()) {
        None => quote! {
            /// Returns the caller, whichever alternative was satisfied.
            #[must_use]
            pub fn identity(&self) -> &#runtime::Identity {
                match self { #(Self::#closed(identity))|* => identity }
            }
        },
        Some(anonymous) => {
            let anonymous = ident(&anonymous.ident);
            quote! {
                /// Returns the caller, or `None` if the request has no credential.
                #[must_use]
                pub fn identity(&self) -> ::std::option::Option<&#runtime::Identity> {
                    match self {
                        #(Self::#closed(identity))|* => ::std::option::Option::Some(identity),
                        Self::#anonymous => ::std::option::Option::None,
                    }
                }
            }
        }
    };
    quote! {
        #about
        #[derive(Debug)]
        pub enum #name { #(#variants,)* }
        #[allow(dead_code, reason = "a server need not use it")]
        impl #name { #accessor }
    }
}

/// Describes the credentials of the request.
fn met(variant: &Variant) -> String {
    let scheme =
        |required: &RequiredScheme| format!("`{}`{}", required.name, with_scopes(required));
    let schemes: Vec<String> = variant.alternative.iter().map(scheme).collect();
    match schemes.is_empty() {
        true => "The request has no credential.".to_owned(),
        false => format!("The request has {}.", listed(&schemes)),
    }
}

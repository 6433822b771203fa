//! Emits `clients.rs`: an alias for each kind of client, which keeps signatures short.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use crate::lower::credentials::{Generated, GeneratedScheme, alias_name};
use crate::names;
use crate::passes::{docs, ident};

pub(super) fn file(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let root = &context.module;
    let documentation = docs::inner(&format!(
        "Aliases for clients of {}: one for each combination of credentials that an operation requires.",
        context.model.title
    ));
    let combinations: BTreeSet<BTreeSet<&str>> = generated
        .requirements
        .iter()
        .flat_map(|it| &it.requirement)
        .map(|alternative| alternative.iter().map(|required| required.name.as_str()).collect())
        .collect();
    let aliases = combinations.iter().map(|names| alias(context, generated, names));
    quote! {
        #documentation
        /// A client without a credential.
        pub type OpenClient = #root::Client<#root::credentials::Credentials>;
        #(#aliases)*
    }
}

fn alias(context: &Context<'_>, generated: &Generated, names: &BTreeSet<&str>) -> TokenStream {
    let root = &context.module;
    let held: Vec<&GeneratedScheme> =
        generated.schemes.iter().filter(|scheme| names.contains(scheme.name.as_str())).collect();
    let name = ident(&alias_name(&held));
    let list: Vec<String> = held
        .iter()
        .map(|scheme| format!("{} `{}`", names::article(&scheme.ident), scheme.ident))
        .collect();
    let about = docs::as_written(&docs::wrapped(&format!("A client with {}.", list.join(" and "))));
    let scoped: Vec<_> = held
        .iter()
        .filter(|scheme| !scheme.scopes.is_empty())
        .map(|scheme| format_ident!("{}Scopes", scheme.ident))
        .collect();
    let generics = (!scoped.is_empty()).then(|| quote!(<#(#scoped = ()),*>));
    let last = generated.schemes.iter().rposition(|scheme| names.contains(scheme.name.as_str()));
    let parts = generated.schemes.iter().take(last.map_or(0, |last| last + 1)).map(|scheme| {
        let ty = ident(&scheme.ident);
        if !names.contains(scheme.name.as_str()) {
            quote!(#root::credentials::Unset)
        } else if scheme.scopes.is_empty() {
            quote!(#root::credentials::#ty)
        } else {
            let scopes = format_ident!("{}Scopes", scheme.ident);
            quote!(#root::credentials::#ty<#scopes>)
        }
    });
    quote! {
        #about
        pub type #name #generics = #root::Client<#root::credentials::Credentials<#(#parts),*>>;
    }
}

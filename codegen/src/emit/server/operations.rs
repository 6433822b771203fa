//! `server/operations.rs`: the operations as a trait.

use proc_macro2::TokenStream;
use quote::quote;

use super::identities::Identities;
use super::parameters::owned;
use crate::Server;
use crate::emit::Context;
use crate::model::Operation;
use crate::passes::{docs, ident, lints, mentions, path};

pub(super) fn file(context: &Context<'_>, server: &Server, identities: &Identities) -> TokenStream {
    let runtime = path(&server.runtime);
    let name = ident(&server.name);
    let methods: Vec<TokenStream> = context
        .model
        .operations()
        .map(|operation| method(context, identities, operation, &runtime))
        .collect();
    let types = types(server, &methods);
    let identities = methods.iter().any(|method| mentions(method, "identities")).then(|| {
        quote!(
            use super::identities;
        )
    });
    quote! {
        #types
        #identities
        /// What a server implements: each operation, without the keys. The router checks them first.
        pub trait #name: #runtime::Authority + Send + Sync + 'static {
            #(#methods)*
        }
    }
}

/// The import of the client's types, if the code uses them.
fn types(server: &Server, code: &[TokenStream]) -> Option<TokenStream> {
    let client = path(&server.client);
    code.iter().any(|code| mentions(code, "types")).then(|| quote!(use #client::types;))
}

fn method(
    context: &Context<'_>,
    identities: &Identities,
    operation: &Operation,
    runtime: &TokenStream,
) -> TokenStream {
    let name = ident(&operation.name);
    let documentation = docs::paragraphs(&[
        &docs::headline(&operation.summary, &operation.description),
        &format!("`{} {}`", operation.method, operation.path),
    ]);
    let arguments = operation.parameters.iter().map(|parameter| {
        let name = ident(&parameter.ident);
        let ty = owned(context, parameter);
        quote!(#name: #ty)
    });
    let body = operation.body.as_deref().map(|body| {
        let ty = context.type_of(Some(body));
        quote!(body: #ty,)
    });
    let caller = match identities.of_operation(operation) {
        Some(identity) => identity.path(),
        None => quote!(#runtime::Caller),
    };
    let answer = context.type_of(operation.answer.as_deref());
    let values = operation.parameters.len() + usize::from(operation.body.is_some());
    // Beside them are the platform itself and the caller.
    let (many, named) = (lints::arguments(values + 2), lints::name(&operation.name));
    quote! {
        #documentation
        #many
        #named
        fn #name(&self, caller: #caller, #(#arguments,)* #body)
            -> impl Future<Output = ::std::result::Result<#runtime::Answer<#answer>, #runtime::Refusal>> + Send;
    }
}

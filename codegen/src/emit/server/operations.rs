//! Emits `server/operations.rs`: the operations as a trait.

use proc_macro2::TokenStream;
use quote::quote;

use super::bodies::{Body, Value};
use super::identities::Identities;
use super::parameters::owned;
use super::responses;
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
        /// The operations that a server implements. They don't receive keys: the router checks
        /// those first.
        pub trait #name: #runtime::Authority + Send + Sync + 'static {
            #(#methods)*
        }
    }
}

/// Returns the import of the client's types if the code uses them.
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
    let body = Body::of(context, runtime, operation).values;
    let values = operation.parameters.len() + body.len();
    let body = body.iter().map(|Value { name, ty, .. }| quote!(#name: #ty));
    let caller = match identities.of_operation(operation) {
        Some(identity) => identity.path(),
        None => quote!(#runtime::Caller),
    };
    let answer = responses::answer(context, runtime, operation);
    // The other arguments are the platform itself and the caller.
    let (many, named) = (lints::arguments(values + 2), lints::name(&operation.name));
    quote! {
        #documentation
        #many
        #named
        fn #name(&self, caller: #caller, #(#arguments,)* #(#body,)*)
            -> impl Future<Output = ::std::result::Result<#runtime::Answer<#answer>, #runtime::Refusal>> + Send;
    }
}

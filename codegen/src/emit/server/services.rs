//! Emits `server/services/*.rs`: a trait for each tag, with a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::bodies::{Body, Value};
use super::callers::Caller;
use super::parameters::owned;
use super::{Plan, Tag};
use crate::Server;
use crate::model::Operation;
use crate::passes::{docs, ident, lints, mentions, path};

pub(super) fn root(plan: &Plan<'_>) -> TokenStream {
    let documentation = docs::inner(
        "The operations that a server implements: a trait for each tag. The methods don't receive \
         keys, because the handlers check keys first.",
    );
    let modules = plan.tags.iter().map(|tag| &tag.module);
    let exports =
        plan.tags.iter().map(|Tag { module, name, .. }| quote!(pub use self::#module::#name;));
    quote!(#documentation #(mod #modules;)* #(#exports)*)
}

pub(super) fn file(plan: &Plan<'_>, tag: &Tag<'_>) -> TokenStream {
    let name = &tag.name;
    let about = docs::lines(&docs::sentence(&tag.group.description));
    let methods: Vec<TokenStream> =
        tag.group.operations.iter().map(|operation| method(plan, operation)).collect();
    let types = types(plan.server, &methods);
    let identities = methods.iter().any(|method| mentions(method, "identities")).then(|| {
        quote!(
            use super::super::identities;
        )
    });
    quote! {
        #types
        #identities
        #about
        pub trait #name: ::std::marker::Send + ::std::marker::Sync + 'static {
            #(#methods)*
        }
    }
}

/// Returns the import of the client's types if the code uses them.
fn types(server: &Server, code: &[TokenStream]) -> Option<TokenStream> {
    let client = path(&server.client);
    code.iter().any(|code| mentions(code, "types")).then(|| quote!(use #client::types;))
}

fn method(plan: &Plan<'_>, operation: &Operation) -> TokenStream {
    let (context, runtime) = (plan.context, path(&plan.server.runtime));
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
    let body = Body::of(context, &runtime, operation).values;
    let values = operation.parameters.len() + body.len();
    let body = body.iter().map(|Value { name, ty, .. }| quote!(#name: #ty));
    let caller = Caller::of(&plan.identities, operation).argument(&runtime);
    let caller = caller.map(|ty| quote!(caller: #ty,));
    let answer = plan.answers.of_operation(context, &runtime, operation);
    // The other arguments are the service itself and the caller.
    let others = if caller.is_some() { 2 } else { 1 };
    let (many, named) = (lints::arguments(values + others), lints::name(&operation.name));
    quote! {
        #documentation
        #many
        #named
        fn #name(&self, #caller #(#arguments,)* #(#body,)*)
            -> impl ::std::future::Future<Output = ::std::result::Result<#answer, #runtime::Refusal>>
                + ::std::marker::Send;
    }
}

//! Emits `server/handlers/*.rs`. Each handler checks the credential, reads the request and
//! responds.

use proc_macro2::TokenStream;
use quote::quote;

use super::bodies::Body;
use super::callers::Caller;
use super::parameters::read;
use super::successes::respond;
use super::{Plan, Tag};
use crate::model::Operation;
use crate::names;
use crate::passes::{docs, ident, mentions, path};

pub(super) fn root(plan: &Plan<'_>) -> TokenStream {
    let documentation = docs::inner(
        "The handlers that the router calls. Each checks the credential, reads the request and responds.",
    );
    let modules = plan.tags.iter().map(|tag| &tag.module);
    let secured = plan.tags.iter().any(Tag::is_secured).then(|| {
        quote! {
            /// The state of a tag's handlers if any of the tag's operations requires or accepts
            /// credentials.
            pub(crate) struct Secured<A, S> {
                pub(crate) authority: ::std::sync::Arc<A>,
                pub(crate) service: ::std::sync::Arc<S>,
            }
            impl<A, S> ::std::clone::Clone for Secured<A, S> {
                fn clone(&self) -> Self {
                    let (authority, service) = (&self.authority, &self.service);
                    Secured {
                        authority: ::std::sync::Arc::clone(authority),
                        service: ::std::sync::Arc::clone(service),
                    }
                }
            }
        }
    });
    quote!(#documentation #(pub(crate) mod #modules;)* #secured)
}

pub(super) fn file(plan: &Plan<'_>, tag: &Tag<'_>) -> TokenStream {
    let client = path(&plan.server.client);
    let handlers: TokenStream =
        tag.group.operations.iter().map(|operation| handler(plan, tag, operation)).collect();
    let catalogue = mentions(&handlers, "catalogue").then(|| quote!(use #client::catalogue;));
    let identities = mentions(&handlers, "identities").then(|| {
        quote!(
            use super::super::identities;
        )
    });
    quote!(#catalogue #identities #handlers)
}

fn handler(plan: &Plan<'_>, tag: &Tag<'_>, operation: &Operation) -> TokenStream {
    let (context, runtime, service) = (plan.context, path(&plan.server.runtime), &tag.name);
    let (name, constant) = (ident(&operation.name), ident(&names::constant(&operation.id)));
    let caller = Caller::of(&plan.identities, operation);
    let authorized = caller.read(&runtime, operation, &constant);
    let caller = caller.passed();
    let readers = operation.parameters.iter().map(|parameter| {
        let ident = ident(&parameter.ident);
        let read = read(&runtime, parameter);
        quote!(let #ident = incoming.#read?;)
    });
    let body = Body::of(context, &runtime, operation);
    let read_body = body.read();
    let of_body = body.values.iter().map(|value| &value.name);
    let values = operation.parameters.iter().map(|parameter| ident(&parameter.ident));
    let is_secured = tag.is_secured();
    let platform = if is_secured { quote!(platform.service) } else { quote!(platform) };
    let call = quote! {
        super::super::services::#service::#name(&*#platform, #caller #(#values,)* #(#of_body),*).await?
    };
    let respond = respond(plan, operation, &call);
    // Every handler takes the request, even one that ignores it, so that the server reads the
    // complete request.
    let is_unread =
        authorized.is_none() && operation.parameters.is_empty() && body.values.is_empty();
    let incoming = ident(if is_unread { "_incoming" } else { "incoming" });
    let (parameters, state) = match is_secured {
        true => (
            quote!(
                A: #runtime::Authority + ::std::marker::Send + ::std::marker::Sync + 'static,
                S: super::super::services::#service
            ),
            quote!(super::Secured<A, S>),
        ),
        false => (quote!(S: super::super::services::#service), quote!(::std::sync::Arc<S>)),
    };
    quote! {
        pub(crate) async fn #name<#parameters>(
            ::axum::extract::State(platform): ::axum::extract::State<#state>,
            #incoming: #runtime::Incoming,
        ) -> ::std::result::Result<#runtime::Response, #runtime::Refusal> {
            #authorized
            #(#readers)*
            #read_body
            #respond
        }
    }
}

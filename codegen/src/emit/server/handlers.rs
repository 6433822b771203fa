//! `server/handlers/*.rs`: each checks the credential, reads the request and responds.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::identities::Identities;
use super::parameters::read;
use crate::model::{Group, Operation};
use crate::passes::{docs, ident, mentions, path};
use crate::{Server, names};

pub(super) fn root(modules: &[String]) -> TokenStream {
    let documentation = docs::inner(
        "The handlers that the router calls. Each checks the credential, reads the request and responds.",
    );
    let modules = modules.iter().map(|module| ident(module));
    quote!(#documentation #(pub(crate) mod #modules;)*)
}

pub(super) fn file(server: &Server, identities: &Identities, group: &Group) -> TokenStream {
    let (client, runtime) = (path(&server.client), path(&server.runtime));
    let name = ident(&server.name);
    let handlers: TokenStream = group
        .operations
        .iter()
        .map(|operation| handler(operation, identities, &name, &runtime))
        .collect();
    let imported = mentions(&handlers, "identities");
    let identities = imported.then(|| {
        quote!(
            use super::super::identities;
        )
    });
    quote!(use #client::catalogue; #identities #handlers)
}

fn handler(
    operation: &Operation,
    identities: &Identities,
    platform: &syn::Ident,
    runtime: &TokenStream,
) -> TokenStream {
    let (name, constant) = (ident(&operation.name), ident(&names::constant(&operation.id)));
    let authorized = match identities.of_operation(operation) {
        Some(identity) => {
            let constructors = identity.constructors(&operation.security);
            let given = quote!(&*platform, &catalogue::#constant, &incoming, &[#(#constructors),*]);
            quote!(#runtime::authorize_any(#given)?)
        }
        None => quote!(#runtime::authorize(&*platform, &catalogue::#constant, &incoming)?),
    };
    let readers = operation.parameters.iter().map(|parameter| {
        let ident = ident(&parameter.ident);
        let read = read(runtime, parameter);
        quote!(let #ident = incoming.#read?;)
    });
    let body = operation.body.as_ref().map(|_| quote!(let body = incoming.body()?;));
    let values = operation.parameters.iter().map(|parameter| ident(&parameter.ident));
    let respond = respond(operation);
    let statuses = operation.statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let body_value = operation.body.as_ref().map(|_| quote!(body));
    quote! {
        pub(crate) async fn #name<P: super::super::operations::#platform>(
            ::axum::extract::State(platform): ::axum::extract::State<::std::sync::Arc<P>>,
            incoming: #runtime::Incoming,
        ) -> #runtime::Response {
            let answer = async {
                let caller = #authorized;
                #(#readers)*
                #body
                super::super::operations::#platform::#name(&*platform, caller, #(#values,)* #body_value).await
            };
            #runtime::#respond(&[#(#statuses),*], answer).await
        }
    }
}

/// What is declared without content is answered without a body: `null` would be one.
fn respond(operation: &Operation) -> syn::Ident {
    ident(if operation.answer.is_some() { "respond" } else { "respond_empty" })
}

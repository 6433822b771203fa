//! Emits `server/handlers/*.rs`. Each handler checks the credential, reads the request and
//! responds.

use proc_macro2::TokenStream;
use quote::quote;

use super::bodies::Body;
use super::identities::Identities;
use super::parameters::read;
use super::responses;
use crate::emit::Context;
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

pub(super) fn file(
    context: &Context<'_>,
    server: &Server,
    identities: &Identities,
    group: &Group,
) -> TokenStream {
    let (client, runtime) = (path(&server.client), path(&server.runtime));
    let name = ident(&server.name);
    let handlers: TokenStream = group
        .operations
        .iter()
        .map(|operation| handler(context, operation, identities, &name, &runtime))
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
    context: &Context<'_>,
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
    let body = Body::of(context, runtime, operation);
    let read_body = body.read();
    let of_body = body.values.iter().map(|value| &value.name);
    let values = operation.parameters.iter().map(|parameter| ident(&parameter.ident));
    let respond = responses::respond(runtime, operation);
    quote! {
        pub(crate) async fn #name<P: super::super::operations::#platform>(
            ::axum::extract::State(platform): ::axum::extract::State<::std::sync::Arc<P>>,
            incoming: #runtime::Incoming,
        ) -> #runtime::Response {
            let answer = async {
                let caller = #authorized;
                #(#readers)*
                #read_body
                super::super::operations::#platform::#name(&*platform, caller, #(#values,)* #(#of_body),*).await
            };
            #respond
        }
    }
}

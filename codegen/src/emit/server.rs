//! Emits `server/*.rs`: the operations as a trait, and a router that rejects requests that the
//! catalogue doesn't allow.

mod bodies;
mod fields;
mod handlers;
mod identities;
mod operations;
mod parameters;
mod responses;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::Server;
use crate::model::{Group, Operation};
use crate::names;
use crate::passes::{docs, ident};
use identities::Identities;

/// Returns the files by name inside the folder.
pub(crate) fn files(context: &Context<'_>, server: &Server) -> BTreeMap<String, TokenStream> {
    let groups = &context.model.groups;
    let modules: Vec<String> = groups.iter().map(|group| names::module(&group.accessor)).collect();
    let identities = Identities::of(context);
    let mut files = BTreeMap::from([
        ("mod.rs".to_owned(), root(context)),
        ("server/mod.rs".to_owned(), server_root(context, server, &identities)),
        ("server/operations.rs".to_owned(), operations::file(context, server, &identities)),
        ("server/router/mod.rs".to_owned(), router(context, server, &modules)),
        ("server/handlers/mod.rs".to_owned(), handlers::root(&modules)),
    ]);
    let identities_file = identities.file(context, server);
    files.extend(identities_file.map(|file| ("server/identities.rs".to_owned(), file)));
    for (group, module) in groups.iter().zip(modules) {
        let handlers = handlers::file(context, server, &identities, group);
        files.insert(format!("server/handlers/{module}.rs"), handlers);
        files.insert(format!("server/router/{module}.rs"), routes(server, group, &module));
    }
    files
}

fn root(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(&format!("The server side of {}.", context.model.title));
    quote!(#documentation pub mod server;)
}

fn server_root(context: &Context<'_>, server: &Server, identities: &Identities) -> TokenStream {
    let documentation = docs::inner(&format!(
        "The operations of {} as a trait, and a router that calls it.",
        context.model.title
    ));
    let name = ident(&server.name);
    let identities = (!identities.is_empty()).then(|| {
        quote!(
            pub mod identities;
        )
    });
    quote! {
        #documentation
        mod handlers;
        #identities
        mod operations;
        mod router;
        pub use self::operations::#name;
        pub use self::router::router;
    }
}

fn router(context: &Context<'_>, server: &Server, modules: &[String]) -> TokenStream {
    let about = docs::lines(&format!(
        "Returns a router for all operations of {} at one origin.",
        context.model.title
    ));
    let name = ident(&server.name);
    let modules: Vec<syn::Ident> = modules.iter().map(|module| ident(module)).collect();
    quote! {
        #(mod #modules;)*
        #about
        pub fn router<P: super::operations::#name>(platform: ::std::sync::Arc<P>) -> ::axum::Router {
            ::axum::Router::new() #(.merge(#modules::routes()))* .with_state(platform)
        }
    }
}

fn routes(server: &Server, group: &Group, module: &str) -> TokenStream {
    let (name, module) = (ident(&server.name), ident(module));
    let routes = group.operations.iter().map(|operation| route(operation, &module));
    quote! {
        pub(crate) fn routes<P: super::super::operations::#name>() -> ::axum::Router<::std::sync::Arc<P>> {
            ::axum::Router::new() #(#routes)*
        }
    }
}

fn route(operation: &Operation, module: &syn::Ident) -> TokenStream {
    let (template, name) = (&operation.path, ident(&operation.name));
    let method = ident(&operation.method.to_ascii_lowercase());
    quote!(.route(#template, ::axum::routing::#method(super::super::handlers::#module::#name::<P>)))
}

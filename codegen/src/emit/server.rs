//! `server/*.rs`: the operations as a trait, and a router that refuses what the catalogue does not allow.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

use super::Context;
use crate::Server;
use crate::model::{Group, Location, Operation, Parameter};
use crate::names;
use crate::passes::std_types::option;
use crate::passes::{docs, ident, lints, mentions, path};

/// Files by their name inside the folder.
pub(crate) fn files(context: &Context<'_>, server: &Server) -> BTreeMap<String, TokenStream> {
    let groups = &context.model.groups;
    let modules: Vec<String> = groups.iter().map(|group| names::module(&group.accessor)).collect();
    let mut files = BTreeMap::from([
        ("mod.rs".to_owned(), root(context)),
        ("server/mod.rs".to_owned(), server_root(context, server)),
        ("server/operations.rs".to_owned(), operations(context, server)),
        ("server/router/mod.rs".to_owned(), router(context, server, &modules)),
        ("server/handlers/mod.rs".to_owned(), handlers_root(&modules)),
    ]);
    for (group, module) in groups.iter().zip(modules) {
        files.insert(format!("server/handlers/{module}.rs"), handlers(server, group));
        files.insert(format!("server/router/{module}.rs"), routes(server, group, &module));
    }
    files
}

fn root(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(&format!("The server side of {}.", context.model.title));
    quote!(#documentation pub mod server;)
}

fn server_root(context: &Context<'_>, server: &Server) -> TokenStream {
    let documentation = docs::inner(&format!(
        "The operations of {} as a trait, and a router that calls it.",
        context.model.title
    ));
    let name = ident(&server.name);
    quote! {
        #documentation
        mod handlers;
        mod operations;
        mod router;
        pub use self::operations::#name;
        pub use self::router::router;
    }
}

fn operations(context: &Context<'_>, server: &Server) -> TokenStream {
    let runtime = path(&server.runtime);
    let name = ident(&server.name);
    let methods = context.model.operations().map(|operation| method(context, operation, &runtime));
    let methods: Vec<TokenStream> = methods.collect();
    let types = types(server, &methods);
    quote! {
        #types
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

fn router(context: &Context<'_>, server: &Server, modules: &[String]) -> TokenStream {
    let about = docs::lines(&format!(
        "Returns a router of all operations of {}, for one origin.",
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

fn handlers_root(modules: &[String]) -> TokenStream {
    let documentation = docs::inner(
        "The handlers that the router calls. Each checks the credential, reads the request and responds.",
    );
    let modules = modules.iter().map(|module| ident(module));
    quote!(#documentation #(pub(crate) mod #modules;)*)
}

fn handlers(server: &Server, group: &Group) -> TokenStream {
    let (client, runtime) = (path(&server.client), path(&server.runtime));
    let name = ident(&server.name);
    let handlers = group.operations.iter();
    let handlers = handlers.map(|operation| handler(operation, &name, &runtime));
    quote!(use #client::catalogue; #(#handlers)*)
}

fn method(context: &Context<'_>, operation: &Operation, runtime: &TokenStream) -> TokenStream {
    let name = ident(&operation.name);
    let documentation = docs::paragraphs(&[
        &docs::headline(&operation.summary, &operation.description),
        &format!("`{} {}`", operation.method, operation.path),
    ]);
    let arguments = operation.parameters.iter().map(|parameter| {
        let name = ident(&parameter.ident);
        let ty = owned(context, operation, parameter);
        quote!(#name: #ty)
    });
    let body = operation.body.as_deref().map(|body| {
        let ty = context.type_of(Some(body));
        quote!(body: #ty,)
    });
    let answer = context.type_of(operation.answer.as_deref());
    let values = operation.parameters.len() + usize::from(operation.body.is_some());
    // Beside them are the platform itself and the caller.
    let (many, named) = (lints::arguments(values + 2), lints::name(&operation.name));
    quote! {
        #documentation
        #many
        #named
        fn #name(&self, caller: #runtime::Caller, #(#arguments,)* #body)
            -> impl Future<Output = ::std::result::Result<#runtime::Answer<#answer>, #runtime::Refusal>> + Send;
    }
}

fn handler(operation: &Operation, platform: &syn::Ident, runtime: &TokenStream) -> TokenStream {
    let (name, constant) = (ident(&operation.name), ident(&names::constant(&operation.id)));
    let readers = operation.parameters.iter().map(|parameter| {
        let ident = ident(&parameter.ident);
        let (reader, wire) = (reader(parameter), &parameter.name);
        quote!(let #ident = incoming.#reader(#wire)?;)
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
                let caller = #runtime::authorize(&*platform, &catalogue::#constant, &incoming)?;
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

fn reader(parameter: &Parameter) -> syn::Ident {
    ident(match (parameter.location, parameter.required) {
        (Location::Path, _) => "path",
        (Location::Query, true) => "query",
        (Location::Query, false) => "optional_query",
        (Location::Header, true) => "header",
        (Location::Header, false) => "optional_header",
    })
}

/// The type of a parameter as the server holds it: a text is owned.
fn owned(context: &Context<'_>, operation: &Operation, parameter: &Parameter) -> TokenStream {
    let signature = context.signatures.get(&operation.name);
    let argument = signature.and_then(|signature| signature.argument(&parameter.ident));
    let Some(ty) = argument else { return quote!(::std::string::String) };
    let client = context.settings.server.as_ref().map(|server| path(&server.client));
    let ty = &seen_from_outside(ty, client);
    if parameter.required {
        return owned_type(ty);
    }
    let inner = owned_type(option(ty).unwrap_or(ty));
    quote!(::std::option::Option<#inner>)
}

fn owned_type(ty: &Type) -> TokenStream {
    match ty {
        Type::Reference(reference) if is_str(&reference.elem) => quote!(::std::string::String),
        Type::Reference(reference) => {
            let ty = &reference.elem;
            quote!(#ty)
        }
        other => quote!(#other),
    }
}

/// The settings' types of formats are of the client's crate: `crate::Timestamp` there is `::client::Timestamp` here.
fn seen_from_outside(ty: &Type, client: Option<TokenStream>) -> Type {
    struct Outside(syn::Path);
    impl VisitMut for Outside {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            if path.segments.first().is_some_and(|first| first.ident == "crate") {
                let rest = path.segments.iter().skip(1).cloned();
                let mut outside = self.0.clone();
                outside.segments.extend(rest);
                *path = outside;
            }
            visit_mut::visit_path_mut(self, path);
        }
    }
    let mut ty = ty.clone();
    if let Some(client) = client.and_then(|client| syn::parse2(client).ok()) {
        Outside(client).visit_type_mut(&mut ty);
    }
    ty
}

fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

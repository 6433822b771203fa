//! `server.rs`: the operations as a trait and a router that refuses what the catalogue does not allow.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

use super::Context;
use crate::Server;
use crate::model::{Location, Model, Operation, Parameter};
use crate::names;
use crate::passes::std_types::option;
use crate::passes::{docs, ident, lints, mentions, path};

/// `mod.rs` of the server: the module and nothing else.
pub(crate) fn root(model: &Model) -> TokenStream {
    let documentation = docs::inner(&format!(
        "The server half of what is generated from the document of {}.",
        model.title
    ));
    quote!(#documentation pub mod server;)
}

pub(crate) fn file(context: &Context<'_>, server: &Server) -> TokenStream {
    let documentation =
        docs::inner(&format!("The operations of {} as a trait and a router.", context.model.title));
    let (client, runtime) = (path(&server.client), path(&server.runtime));
    let name = ident(&server.name);
    let methods = context.model.operations().map(|operation| method(context, operation, &runtime));
    let routes = context.model.operations().map(route);
    let handlers =
        context.model.operations().map(|operation| handler(context, operation, &name, &runtime));
    let (methods, handlers): (Vec<_>, Vec<_>) = (methods.collect(), handlers.collect());
    let uses_types = methods.iter().any(|method| mentions(method, "types"));
    let types = uses_types.then(|| quote!(, types));
    quote! {
        #documentation
        use ::std::sync::Arc;
        use ::axum::extract::State;
        use #client::{catalogue #types};
        /// What a server implements: each operation without a word about keys. The router has judged them before.
        pub trait #name: #runtime::Authority + Send + Sync + 'static {
            #(#methods)*
        }
        /// All operations at one origin.
        pub fn router<P: #name>(platform: Arc<P>) -> ::axum::Router {
            ::axum::Router::new() #(#routes)* .with_state(platform)
        }
        #(#handlers)*
    }
}

fn method(context: &Context<'_>, operation: &Operation, runtime: &TokenStream) -> TokenStream {
    let name = ident(&operation.name);
    let documentation = docs::paragraphs(&[
        &docs::sentence(&operation.summary),
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

fn route(operation: &Operation) -> TokenStream {
    let (template, name) = (&operation.path, ident(&operation.name));
    let method = ident(&operation.method.to_ascii_lowercase());
    // By its path, since `platform` would be the argument of the router.
    quote!(.route(#template, ::axum::routing::#method(self::#name::<P>)))
}

fn handler(
    context: &Context<'_>,
    operation: &Operation,
    platform: &syn::Ident,
    runtime: &TokenStream,
) -> TokenStream {
    let (name, constant) = (ident(&operation.name), ident(&names::constant(&operation.id)));
    let readers = operation.parameters.iter().map(|parameter| {
        let ident = ident(&parameter.ident);
        let ty = owned(context, operation, parameter);
        let (reader, wire) = (reader(parameter), &parameter.name);
        quote!(let #ident: #ty = incoming.#reader(#wire)?;)
    });
    let body = operation.body.as_deref().map(|body| {
        let ty = context.type_of(Some(body));
        quote!(let body: #ty = incoming.body()?;)
    });
    let values = operation.parameters.iter().map(|parameter| ident(&parameter.ident));
    let respond = respond(operation);
    let statuses = operation.statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let body_value = operation.body.as_ref().map(|_| quote!(body));
    quote! {
        async fn #name<P: #platform>(State(platform): State<Arc<P>>, incoming: #runtime::Incoming) -> #runtime::Response {
            #runtime::#respond(&[#(#statuses),*], async {
                let caller = #runtime::authorize(&*platform, &catalogue::#constant, &incoming)?;
                #(#readers)*
                #body
                #platform::#name(&*platform, caller, #(#values,)* #body_value).await
            })
            .await
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

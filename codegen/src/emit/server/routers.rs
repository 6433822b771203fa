//! Emits `server/router/*.rs`: a router for each tag, and one for all tags.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, Tag};
use crate::model::Operation;
use crate::passes::{docs, ident, path};

/// Emits the struct with a value for each tag, and the router for all tags.
pub(super) fn root(plan: &Plan<'_>) -> TokenStream {
    let title = &plan.context.model.title;
    let about =
        docs::lines(&format!("Returns a router for all operations of {title} at one origin."));
    let about_services =
        docs::lines(&format!("The implementations of {title}'s operations, one for each tag."));
    let modules: Vec<&syn::Ident> = plan.tags.iter().map(|tag| &tag.module).collect();
    let fields: Vec<&syn::Ident> = plan.tags.iter().map(|tag| &tag.field).collect();
    let traits: Vec<&syn::Ident> = plan.tags.iter().map(|tag| &tag.name).collect();
    let parameters: Vec<syn::Ident> = plan.tags.iter().map(parameter).collect();
    let docs = plan.tags.iter().map(|tag| docs::lines(&docs::sentence(&tag.group.description)));
    let runtime = path(&plan.server.runtime);
    let authority = plan.tags.iter().any(Tag::is_secured).then(|| {
        quote!(authority: ::std::sync::Arc<
            impl #runtime::Authority + ::std::marker::Send + ::std::marker::Sync + 'static
        >,)
    });
    let routes = plan.tags.iter().map(|tag| {
        let Tag { module, field, .. } = tag;
        match tag.is_secured() {
            true => quote!(#module::routes(::std::sync::Arc::clone(&authority), #field)),
            false => quote!(#module::routes(#field)),
        }
    });
    quote! {
        #(mod #modules;)*
        #about_services
        #[derive(Clone, Debug)]
        pub struct Services<#(#parameters),*> {
            #(#docs pub #fields: #parameters,)*
        }
        #about
        pub fn router<#(#parameters: super::services::#traits),*>(
            #authority
            services: Services<#(#parameters),*>,
        ) -> ::axum::Router {
            let Services { #(#fields),* } = services;
            ::axum::Router::new() #(.merge(#routes))*
        }
    }
}

/// Returns the type parameter for the implementation of a tag's trait.
fn parameter(tag: &Tag<'_>) -> syn::Ident {
    match tag.name.to_string().as_str() {
        // `Services` is already the name of the struct that holds the implementations.
        "Services" => ident("ServicesService"),
        name => ident(name),
    }
}

/// Emits the router for a tag.
pub(super) fn file(plan: &Plan<'_>, tag: &Tag<'_>) -> TokenStream {
    let (name, module) = (&tag.name, &tag.module);
    let runtime = path(&plan.server.runtime);
    let is_secured = tag.is_secured();
    let arguments = if is_secured { quote!(::<A, S>) } else { quote!(::<S>) };
    let routes = tag.group.operations.iter().map(|operation| route(operation, module, &arguments));
    let routes = quote!(::axum::Router::new() #(#routes)*);
    if !is_secured {
        return quote! {
            pub(crate) fn routes<S: super::super::services::#name>(service: S) -> ::axum::Router {
                #routes.with_state(::std::sync::Arc::new(service))
            }
        };
    }
    quote! {
        pub(crate) fn routes<A, S>(authority: ::std::sync::Arc<A>, service: S) -> ::axum::Router
        where
            A: #runtime::Authority + ::std::marker::Send + ::std::marker::Sync + 'static,
            S: super::super::services::#name,
        {
            let service = ::std::sync::Arc::new(service);
            #routes.with_state(super::super::handlers::Secured { authority, service })
        }
    }
}

fn route(operation: &Operation, module: &syn::Ident, arguments: &TokenStream) -> TokenStream {
    let (template, name) = (&operation.path, ident(&operation.name));
    let method = ident(&operation.method.to_ascii_lowercase());
    quote!(.route(#template, ::axum::routing::#method(super::super::handlers::#module::#name #arguments)))
}

//! The parameters of operations, as the server reads and holds them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

use crate::emit::Context;
use crate::model::{Location, Operation, Parameter};
use crate::passes::std_types::option;
use crate::passes::{ident, path};

/// The method of the server's `Incoming` that reads it.
pub(super) fn reader(parameter: &Parameter) -> syn::Ident {
    ident(match (parameter.location, parameter.required) {
        (Location::Path, _) => "path",
        (Location::Query, true) => "query",
        (Location::Query, false) => "optional_query",
        (Location::Header, true) => "header",
        (Location::Header, false) => "optional_header",
    })
}

/// The type of a parameter as the server holds it: a text is owned.
pub(super) fn owned(
    context: &Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
) -> TokenStream {
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

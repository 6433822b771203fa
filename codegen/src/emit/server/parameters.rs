//! Emits the code that reads parameters in the server, and the types of the values.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

use crate::emit::{Context, styles};
use crate::model::{Location, Parameter};
use crate::passes::{ident, path};

/// Returns the method call on the server's `Incoming` that reads a parameter.
pub(super) fn read(runtime: &TokenStream, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.name;
    let (method, optional) = match parameter.location {
        Location::Path => ("path", "path"),
        Location::Query => ("query", "optional_query"),
        Location::Header => ("header", "optional_header"),
        Location::Cookie => ("cookie", "optional_cookie"),
    };
    let method = if parameter.required { method } else { optional };
    if parameter.is_plain() {
        let method = ident(method);
        return quote!(#method(#wire));
    }
    let method = ident(&format!("{method}_as"));
    let style = styles::style(runtime, parameter.style);
    quote!(#method(#wire, #style))
}

/// Returns the type of a parameter in the server, where strings are owned.
pub(super) fn owned(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let client = context.settings.server.as_ref().map(|server| path(&server.client));
    let ty = seen_from_outside(&context.type_of_shape(&parameter.shape), client);
    match parameter.required {
        true => quote!(#ty),
        false => quote!(::std::option::Option<#ty>),
    }
}

/// Converts the paths of format types, because in the settings these paths are relative to the
/// client's crate: `crate::Timestamp` becomes `::client::Timestamp`.
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

//! `raw/*.rs`: functions that build requests. Private to the client's crate, so that nothing gets around the scopes.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::{Context, folder};
use crate::model::{Group, Location, Operation};
use crate::passes::signatures::Signature;
use crate::passes::std_types::option;
use crate::passes::{docs, ident, lints, mentions};

/// Files by their name inside `raw/`.
pub(crate) fn files(context: &Context<'_>) -> BTreeMap<String, TokenStream> {
    let groups = &context.model.groups;
    let names: Vec<String> = groups.iter().map(|group| group.accessor.clone()).collect();
    let documentation =
        "Requests, built but not sent. Private to this crate: nothing gets around the scopes.";
    let mut files = BTreeMap::from([("mod.rs".to_owned(), folder(documentation, &names, false))]);
    for group in groups {
        files.insert(format!("{}.rs", group.accessor), file(context, group));
    }
    files
}

fn file(context: &Context<'_>, group: &Group) -> TokenStream {
    let documentation = docs::inner(&format!("Requests of the tag `{}`.", group.tag));
    let functions: Vec<TokenStream> = group
        .operations
        .iter()
        .filter_map(|operation| {
            let signature = context.signatures.get(&operation.name)?;
            Some(function(context, operation, signature))
        })
        .collect();
    let uses_types = functions.iter().any(|function| mentions(function, "types"));
    let types = uses_types.then(|| {
        quote!(
            use super::super::types;
        )
    });
    quote!(#documentation #types #(#functions)*)
}

/// The function that builds a request, under the name of the operation.
fn function(context: &Context<'_>, operation: &Operation, signature: &Signature) -> TokenStream {
    let runtime = &context.runtime;
    let (name, method) = (ident(&operation.name), ident(&operation.method));
    let documentation = docs::lines(&format!("`{} {}`", operation.method, operation.path));
    // Beside them is the base URL.
    let many = lints::arguments(signature.arguments.len() + 1);
    let arguments = signature.arguments.iter().map(|(name, ty)| {
        let name = ident(name);
        quote!(#name: #ty)
    });
    let path = path(operation, signature);
    let parts = signature.arguments.iter().map(|(name, ty)| part(operation, name, ty));
    quote! {
        #documentation
        #many
        pub(crate) fn #name(base: &str, #(#arguments),*)
            -> ::std::result::Result<#runtime::generated::Request, #runtime::Error> {
            #runtime::generated::RequestBuilder::new(#runtime::Method::#method, base)
                #path
                #(#parts)*
                .finish()
        }
    }
}

/// The steps of the builder that write the path: fixed text as it is, a parameter where its name is in braces.
fn path(operation: &Operation, signature: &Signature) -> TokenStream {
    let mut steps = TokenStream::new();
    let mut fixed = String::new();
    for (at, segment) in operation.path.split('/').enumerate() {
        if at > 0 {
            fixed.push('/');
        }
        match parameter(operation, signature, segment) {
            Some(step) => {
                let before = std::mem::take(&mut fixed);
                steps.extend(quote!(.path(#before) #step));
            }
            None => fixed.push_str(segment),
        }
    }
    if !fixed.is_empty() {
        steps.extend(quote!(.path(#fixed)));
    }
    steps
}

fn parameter(operation: &Operation, signature: &Signature, segment: &str) -> Option<TokenStream> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|it| it.location == Location::Path && it.name == name)?;
    let value = lent(&parameter.ident, signature.argument(&parameter.ident)?);
    Some(quote!(.segment(#name, #value)))
}

/// The step of the builder that writes an argument outside of the path.
fn part(operation: &Operation, name: &str, ty: &Type) -> Option<TokenStream> {
    let value = ident(name);
    let lent = lent(name, ty);
    let Some(parameter) = operation.parameters.iter().find(|it| it.ident == name) else {
        return Some(quote!(.json(#lent)));
    };
    let wire = &parameter.name;
    match parameter.location {
        Location::Path => None,
        Location::Query => Some(quote!(.query(#wire, &#value))),
        Location::Header if option(ty).is_some() => Some(quote!(.optional_header(#wire, #value))),
        Location::Header => Some(quote!(.header(#wire, #lent))),
    }
}

/// An argument by reference, as which texts and types of the document come already.
fn lent(name: &str, ty: &Type) -> TokenStream {
    let name = ident(name);
    match ty {
        Type::Reference(_) => quote!(#name),
        _ => quote!(&#name),
    }
}

//! `raw/*.rs`: functions that build requests. Private to the client's crate, so that nothing gets around the scopes.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, folder};
use crate::model::Group;
use crate::passes::{docs, mentions};

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
            let request = context.requests.get(&operation.name)?;
            Some(request.function(operation, &context.runtime))
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

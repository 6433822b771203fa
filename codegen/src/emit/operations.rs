//! Emits `operations/*.rs`: the functions that users call. There is an accessor for each tag, and a
//! file for each operation. The file contains the operation's method, with a bound for its
//! `security`, and the type of the call that the method returns.

mod arguments;
mod body;
mod call;
mod constraints;
mod errors;
mod method;
mod pages;
mod plan;
mod reasons;
mod request;
mod shared;

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, choices};
use crate::model::{Group, Operation};
use crate::names;
use crate::passes::{docs, ident, lints, mentions, path};

pub(super) use plan::{Argument, Body, Plan, Source};

/// Emits the files in `operations/` one by one, each with its path.
pub(crate) fn files(context: &Context<'_>) -> impl Iterator<Item = (String, TokenStream)> {
    let groups = context.model.groups.iter().flat_map(|group| files_of(context, group));
    iter::once_with(|| ("operations/mod.rs".to_owned(), root(context))).chain(groups)
}

/// Emits the files for a tag.
fn files_of<'a>(
    context: &'a Context<'_>,
    group: &'a Group,
) -> impl Iterator<Item = (String, TokenStream)> {
    let folder = format!("operations/{}", names::module(&group.accessor));
    let accessor = (format!("{folder}.rs"), accessor(context, group));
    let path = move |function| format!("{folder}/{}.rs", module(group, function));
    let own = group.operations.iter().map({
        let path = path.clone();
        move |operation| (path(&operation.function), file(context, group, operation))
    });
    let shared = group.shared.iter().map(move |shared| {
        let tokens = shared::file(context, group, shared).unwrap_or_default();
        (path(&shared.function), tokens)
    });
    iter::once(accessor).chain(own).chain(shared)
}

/// Returns the name of an operation's module. It differs from the name of the parent module.
fn module(group: &Group, function: &str) -> String {
    let name = names::module(function);
    if name == names::module(&group.accessor) { format!("{name}_") } else { name }
}

fn root(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(
        "The operations, grouped by tag. Each method has the bound that the operation's `security` \
         maps to, and returns a call that is sent when it is awaited.",
    );
    let groups = &context.model.groups;
    let modules: Vec<_> = groups.iter().map(|it| ident(&names::module(&it.accessor))).collect();
    quote! {
        #documentation
        #(mod #modules;)*
        #(pub use self::#modules::*;)*
    }
}

/// Emits the file for a tag: the accessor, and the modules of the tag's operations.
fn accessor(context: &Context<'_>, group: &Group) -> TokenStream {
    let credential = path(&context.settings.credential_path());
    let (name, accessor) = (ident(&group.type_name), ident(&group.accessor));
    let about = docs::lines(&docs::sentence(&group.description));
    let leads = docs::lines(&format!("Returns the operations on {}.", names::words(&group.tag)));
    let named = lints::name(&group.accessor);
    let modules: Vec<_> = group
        .operations
        .iter()
        .map(|it| &it.function)
        .map(|it| ident(&module(group, it)))
        .collect();
    let shared = group.shared.iter().map(|it| ident(&module(group, &it.function)));
    let root = &context.module;
    quote! {
        #(mod #modules;)*
        #(mod #shared;)*
        #(pub use self::#modules::*;)*
        #about
        #[derive(Debug)]
        pub struct #name<'c, K: #credential> {
            client: &'c #root::Client<K>,
        }
        impl<K: #credential> #root::Client<K> {
            #leads
            #named
            #[must_use]
            pub fn #accessor(&self) -> #name<'_, K> {
                #name { client: self }
            }
        }
    }
}

/// Emits the file of an operation.
fn file(context: &Context<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let plan = Plan::new(context, operation);
    let choice = choices::defined_by(context.model, operation).map(choices::definition);
    let choice_import = choices::imported(context, operation);
    let bound_import = method::bound_import(context, &plan);
    let methods = method::methods(context, group, &plan);
    let arguments = arguments::named_fields(group, &plan);
    let call = call::call(context, group, &plan);
    let pages = pages::pages(context, &plan);
    let errors = errors::definition(context, group, operation);
    let body = quote!(#methods #choice #arguments #call #pages #errors);
    let types = mentions(&body, "types").then(|| quote!(, types));
    let (root, name) = (&context.module, ident(&group.type_name));
    quote! {
        use #root::{catalogue #types};
        #bound_import
        #choice_import
        use super::#name;
        #body
    }
}

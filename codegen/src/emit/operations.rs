//! `operations/*.rs`: what users call. An accessor for each tag; for each operation a file with its method, whose bound is
//! its scope, and the call that the method returns.

mod arguments;
mod call;
mod method;
mod plan;
mod request;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, choices};
use crate::model::{Group, Operation};
use crate::names;
use crate::passes::{docs, ident, lints, mentions, path};

pub(super) use plan::{Argument, Body, Plan, Source};

/// Files by their name inside `operations/`.
pub(crate) fn files(context: &Context<'_>) -> BTreeMap<String, TokenStream> {
    let mut files = BTreeMap::new();
    let mut uses_types = false;
    for group in &context.model.groups {
        let operations: Vec<(String, TokenStream)> = group
            .operations
            .iter()
            .map(|operation| (module(group, operation), file(context, group, operation)))
            .collect();
        let group_uses_types = operations.iter().any(|(_, tokens)| mentions(tokens, "types"));
        uses_types |= group_uses_types;
        let folder = names::module(&group.accessor);
        files.insert(format!("{folder}.rs"), accessor(context, group, group_uses_types));
        for (name, tokens) in operations {
            files.insert(format!("{folder}/{name}.rs"), tokens);
        }
    }
    files.insert("mod.rs".to_owned(), root(context, uses_types));
    files
}

/// Whether the type of a group is called like that of clients.
fn hides_client(context: &Context<'_>) -> bool {
    context.model.groups.iter().any(|group| group.type_name == "Client")
}

/// The module of an operation, which isn't called like the one that it is in.
fn module(group: &Group, operation: &Operation) -> String {
    let name = names::module(&operation.function);
    if name == names::module(&group.accessor) { format!("{name}_") } else { name }
}

fn root(context: &Context<'_>, uses_types: bool) -> TokenStream {
    let documentation = docs::inner(
        "The operations, grouped by tag. Each requires the scope that its `security` in the document maps to, and returns a \
         call that is sent when it is awaited.",
    );
    let types = uses_types.then(|| quote!(types));
    let groups = &context.model.groups;
    let client = (!groups.is_empty() && !hides_client(context)).then(|| quote!(Client));
    let catalogue = groups.first().map(|_| quote!(catalogue));
    let imported: Vec<_> = client.into_iter().chain(catalogue).chain(types).collect();
    let imports = (!imported.is_empty()).then(|| quote!(use super::{#(#imported),*};));
    let modules: Vec<_> = groups.iter().map(|it| ident(&names::module(&it.accessor))).collect();
    quote! {
        #documentation
        #imports
        #(mod #modules;)*
        #(pub use self::#modules::*;)*
    }
}

/// The file of a tag: the accessor, and the modules of its operations.
fn accessor(context: &Context<'_>, group: &Group, uses_types: bool) -> TokenStream {
    let documentation = docs::inner(&format!("The operations of the tag `{}`.", group.tag));
    let credential = path(&context.settings.credential);
    let (name, accessor) = (ident(&group.type_name), ident(&group.accessor));
    let about = docs::lines(&docs::sentence(&group.description));
    let named = lints::name(&group.accessor);
    let leads = docs::as_written(&format!("Returns the operations of [`{name}`]."));
    let modules: Vec<_> = group.operations.iter().map(|it| ident(&module(group, it))).collect();
    let types = uses_types.then(|| quote!(, types));
    let (client, import) = match hides_client(context) {
        true => (quote!(super::super::Client), quote!()),
        false => (quote!(Client), quote!(Client,)),
    };
    quote! {
        #documentation
        use super::{#import catalogue #types};
        #(mod #modules;)*
        #(pub use self::#modules::*;)*
        #about
        #[derive(Debug)]
        pub struct #name<'c, K: #credential> {
            client: &'c #client<K>,
        }
        impl<K: #credential> #client<K> {
            #leads
            #named
            #[must_use]
            pub fn #accessor(&self) -> #name<'_, K> {
                #name { client: self }
            }
        }
    }
}

/// The file of an operation.
fn file(context: &Context<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let plan = Plan::new(context, operation);
    let documentation =
        docs::inner(&format!("`{} {}`: `{}`.", operation.method, operation.path, operation.id));
    let choice = choices::defined_by(context.model, operation).map(choices::definition);
    let choice_import = choices::imported(context.model, operation);
    let methods = method::methods(context, group, &plan);
    let arguments = arguments::named_fields(&plan);
    let call = call::call(context, group, &plan);
    let body = quote!(#methods #choice #arguments #call);
    let types = mentions(&body, "types").then(|| quote!(, types));
    let name = ident(&group.type_name);
    quote! {
        #documentation
        use super::{#name, catalogue #types};
        #choice_import
        #body
    }
}

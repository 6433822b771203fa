//! Emits methods that forward to an operation of another group, for operations with several tags.

use proc_macro2::TokenStream;
use quote::quote;

use super::method;
use super::plan::Plan;
use crate::emit::Context;
use crate::model::{Group, Shared};
use crate::passes::{docs, ident, lints, mentions, path};

/// Emits the method's file. Returns `None` if the operation doesn't exist, which the model rules
/// out.
pub(super) fn file(context: &Context<'_>, group: &Group, shared: &Shared) -> Option<TokenStream> {
    let owner = context.model.groups.get(shared.group)?;
    let operation = owner.operations.get(shared.operation)?;
    let plan = Plan::new(context, operation);
    let credential = path(&context.settings.credential_path());
    let (name, accessor) = (ident(&group.type_name), ident(&owner.accessor));
    let (function, original) = (ident(&shared.function), ident(&operation.function));
    let documentation = docs::as_written(&docs::wrapped(&format!(
        "Same as [`{}::{}`](super::super::{0}::{1}).",
        owner.type_name, operation.function
    )));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated] #[allow(deprecated)]));
    let named = lints::name(&shared.function);
    let (bound, bound_import) =
        (method::bound(context, &plan), method::bound_import(context, &plan));
    let (signature, names) = method::signature(&plan);
    let call = &plan.call;
    let body = quote! {
        impl<K: #credential> #name<'_, K> {
            #documentation
            #deprecated
            #named
            pub fn #function(&self, #signature) -> #call #bound {
                self.client.#accessor().#original(#(#names),*)
            }
        }
    };
    let root = &context.module;
    let types = mentions(&body, "types").then(|| {
        quote!(
            use #root::types;
        )
    });
    Some(quote! {
        #types
        #bound_import
        #[allow(unused_imports, reason = "the types of the arguments depend on the document")]
        use #root::operations::*;
        use super::#name;
        #body
    })
}

//! Emits structs with named fields, for operations with many required values or with values that
//! a caller could swap by mistake.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::Plan;
use crate::model::Group;
use crate::passes::docs;

/// Emits the struct that the method takes, unless the body's struct already has all fields.
pub(super) fn named_fields(group: &Group, plan: &Plan<'_>) -> Option<TokenStream> {
    if !plan.named() || plan.named_by_body().is_some() {
        return None;
    }
    let name = plan.named_type();
    let documentation = docs::as_written(&format!(
        "The arguments of [`{}::{}`].",
        group.type_name, plan.operation.function
    ));
    let fields = plan.required.iter().map(|it| {
        let (name, ty) = (&it.name, &it.ty);
        let documentation = docs::lines(&docs::sentence(it.description(plan.operation)));
        quote!(#documentation pub #name: #ty)
    });
    let derive = match plan.uploads() {
        true => quote!(#[derive(Debug)]),
        false => quote!(#[derive(Clone, Debug, PartialEq)]),
    };
    Some(quote! {
        #documentation
        #derive
        pub struct #name { #(#fields,)* }
    })
}

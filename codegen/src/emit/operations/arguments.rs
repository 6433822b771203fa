//! Structs of named fields, for operations whose required values are many or could be swapped.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Body, Plan};
use crate::passes::docs;

/// The struct that the method takes, unless the body's own has all fields.
pub(super) fn named_fields(plan: &Plan<'_>) -> Option<TokenStream> {
    let of_body = matches!(plan.body, Some(Body::Object { named: true, .. }))
        && plan.outside().next().is_none();
    if !plan.named() || of_body {
        return None;
    }
    let name = plan.named_type();
    let documentation =
        docs::lines(&format!("The required arguments of `{}`, by name.", plan.operation.function));
    let fields = plan.required.iter().map(|it| {
        let (name, ty) = (&it.name, &it.ty);
        let documentation = docs::lines(&docs::sentence(it.description()));
        quote!(#documentation pub #name: #ty)
    });
    Some(quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name { #(#fields,)* }
    })
}

//! Emits `headers.rs`: the response headers that the document describes, each with the type of its value.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::model::ResponseHeader;
use crate::passes::{docs, ident, mentions};

/// Emits the module, or returns `None` if the document doesn't describe headers.
pub(crate) fn file(context: &Context<'_>) -> Option<TokenStream> {
    let headers = &context.model.headers;
    if headers.is_empty() {
        return None;
    }
    let documentation = docs::inner(
        "Response headers, for `Response::header` and `Error::header`. The documentation of each \
         operation lists its headers.",
    );
    let constants: TokenStream = headers.iter().map(|header| constant(context, header)).collect();
    let root = &context.module;
    let types = mentions(&constants, "types").then(|| quote!(use #root::types;));
    Some(quote!(#documentation #types #constants))
}

fn constant(context: &Context<'_>, header: &ResponseHeader) -> TokenStream {
    let ResponseHeader { name, constant, description, shape } = header;
    let (runtime, constant) = (&context.runtime, ident(constant));
    let documentation =
        docs::paragraphs(&[&docs::sentence(description), &format!("The `{name}` header.")]);
    let ty = context.type_of_shape(shape);
    quote! {
        #documentation
        pub const #constant: #runtime::Header<#ty> = #runtime::Header::new(#name);
    }
}

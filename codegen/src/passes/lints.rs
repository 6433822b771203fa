//! What clippy would say of functions whose names and arguments are the document's: nobody can heed it.

use proc_macro2::TokenStream;
use quote::quote;

/// Clippy's own bound.
const MOST_ARGUMENTS: usize = 7;

/// An attribute for a function that has so many arguments, `self` included.
pub(crate) fn arguments(count: usize) -> Option<TokenStream> {
    (count > MOST_ARGUMENTS).then(|| {
        quote!(#[allow(clippy::too_many_arguments, reason = "the document has as many parameters")])
    })
}

/// An attribute for a method with `&self` that is called like a well-known one with another meaning.
pub(crate) fn name(function: &str) -> Option<TokenStream> {
    let lint = match function {
        "as_ref" | "borrow" | "clone" | "cmp" | "deref" | "eq" | "hash" | "index" => {
            quote!(clippy::should_implement_trait)
        }
        "new" => quote!(clippy::new_ret_no_self, clippy::wrong_self_convention),
        _ if function.starts_with("from_") || function.starts_with("into_") => {
            quote!(clippy::wrong_self_convention)
        }
        _ => return None,
    };
    Some(quote!(#[allow(#lint, reason = "the document calls it so")]))
}

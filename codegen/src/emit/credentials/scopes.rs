//! Emits `scopes.rs`: a type for each scope, in a module for each security scheme.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::lower::credentials::{Generated, GeneratedScheme, ScopeType};
use crate::passes::{docs, ident};

pub(super) fn file(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let runtime = &context.runtime;
    let documentation = docs::inner(&format!(
        "The scopes of {} as types. Use `scopes!` to declare which ones a token has.",
        context.model.title
    ));
    let modules = generated.schemes.iter().filter(|scheme| !scheme.scopes.is_empty());
    let modules: Vec<TokenStream> = modules.map(|scheme| module(context, scheme)).collect();
    let macro_ = (!modules.is_empty()).then(|| quote!(pub use #runtime::scopes;));
    quote! {
        #documentation
        #macro_
        #(#modules)*
    }
}

fn module(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let module = ident(&scheme.module());
    let about = docs::as_written(&format!("The scopes of `{}`.", scheme.ident));
    let bits = bits(scheme.scopes.len());
    let scopes = scheme.scopes.iter().enumerate().map(|(number, scope)| {
        definition(context, scheme, scope, &numbered(context, number, bits))
    });
    quote! {
        #about
        pub mod #module {
            #(#scopes)*
        }
    }
}

fn definition(
    context: &Context<'_>,
    scheme: &GeneratedScheme,
    scope: &ScopeType,
    number: &TokenStream,
) -> TokenStream {
    let (runtime, root) = (&context.runtime, &context.module);
    let (name, text, of) = (ident(&scope.ident), &scope.text, ident(&scheme.ident));
    let about = match scope.description.is_empty() {
        true => docs::lines(&format!("`{text}`")),
        false => docs::lines(&format!("`{text}`: {}", scope.description)),
    };
    quote! {
        #about
        #[derive(Debug)]
        pub enum #name {}
        impl #runtime::logic::Scope<#root::credentials::#of> for #name {
            type Number = #number;
            const NAME: &'static str = #text;
        }
    }
}

/// Returns the number of bits that are needed to number this many scopes.
fn bits(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

/// Returns the number as a type, with the least significant bit first.
fn numbered(context: &Context<'_>, number: usize, bits: u32) -> TokenStream {
    let runtime = &context.runtime;
    (0..bits).fold(quote!(#runtime::logic::End), |rest, bit| match number >> bit & 1 {
        0 => quote!(#runtime::logic::Zero<#rest>),
        _ => quote!(#runtime::logic::One<#rest>),
    })
}

#[cfg(test)]
mod tests {
    use super::bits;

    #[test]
    fn every_scope_of_a_scheme_has_a_number() {
        for (count, expected) in
            [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (200, 8), (256, 8), (257, 9)]
        {
            assert_eq!(bits(count), expected, "{count}");
        }
    }
}

//! Emits `constraints.rs`: the constraints that the client checks before it sends a request.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use super::Context;
use crate::model::{Constraints, CountKeyword, Limit};
use crate::names;
use crate::passes::{docs, ident};

/// Emits the module, or returns `None` if the client checks nothing.
pub(crate) fn file(context: &Context<'_>) -> Option<TokenStream> {
    let named = &context.model.constraints;
    if named.is_empty() {
        return None;
    }
    let documentation =
        docs::inner("The schema constraints that the client checks before it sends a request.");
    let runtime = &context.runtime;
    let statics = named.iter().filter_map(|(name, constraints)| {
        let (ident, value) = (constant(context, name)?, value(context, constraints));
        Some(quote!(pub(crate) static #ident: #runtime::generated::Constraints = #value;))
    });
    let statics: TokenStream = statics.collect();
    Some(quote!(#documentation #statics))
}

/// Returns the path of a schema's constraints, or `None` if it has none.
pub(super) fn of_schema(context: &Context<'_>, name: &str) -> Option<TokenStream> {
    context.model.constraints.get(name)?;
    let (module, ident) = (&context.module, constant(context, name)?);
    Some(quote!(#module::constraints::#ident))
}

fn constant(context: &Context<'_>, name: &str) -> Option<Ident> {
    Some(ident(&names::constant(&context.model.schema(name)?.ident)))
}

/// Returns the constraints as an expression for a `static`.
pub(super) fn value(context: &Context<'_>, constraints: &Constraints) -> TokenStream {
    let runtime = &context.runtime;
    let inside = |name: &str, inside: &Option<Box<Constraints>>| {
        let value = value(context, inside.as_deref()?);
        let name = ident(name);
        Some(quote!(#name: ::std::option::Option::Some(&#value),))
    };
    let limits = constraints.limits.iter().map(|it| limit(runtime, it));
    let limits = (!constraints.limits.is_empty()).then(|| quote!(limits: &[#(#limits),*],));
    let properties = constraints.properties.iter().map(|(name, constraints)| {
        let value = value(context, constraints);
        quote!((#name, #value))
    });
    let properties =
        (!constraints.properties.is_empty()).then(|| quote!(properties: &[#(#properties),*],));
    let (items, entries) =
        (inside("items", &constraints.items), inside("entries", &constraints.entries));
    let schema = constraints.schema.as_deref().and_then(|name| of_schema(context, name));
    let schema = schema.map(|path| quote!(schema: ::std::option::Option::Some(&#path),));
    quote! {
        #runtime::generated::Constraints {
            #limits #properties #items #entries #schema
            ..#runtime::generated::Constraints::NONE
        }
    }
}

fn limit(runtime: &TokenStream, limit: &Limit) -> TokenStream {
    let holder = quote!(#runtime::generated::Limit);
    match limit {
        Limit::Count { keyword, number } => {
            let name = ident(match keyword {
                CountKeyword::MinLength => "MinLength",
                CountKeyword::MaxLength => "MaxLength",
                CountKeyword::MinItems => "MinItems",
                CountKeyword::MaxItems => "MaxItems",
                CountKeyword::MinProperties => "MinProperties",
                CountKeyword::MaxProperties => "MaxProperties",
            });
            let number = Literal::u64_unsuffixed(*number);
            quote!(#holder::#name(#number))
        }
        Limit::Bound { is_lower, is_exclusive, number: bound } => {
            let name = ident(match (is_lower, is_exclusive) {
                (true, false) => "Minimum",
                (true, true) => "ExclusiveMinimum",
                (false, false) => "Maximum",
                (false, true) => "ExclusiveMaximum",
            });
            let number = number(runtime, bound);
            quote!(#holder::#name(#number))
        }
        Limit::MultipleOf(step) => {
            let number = number(runtime, step);
            quote!(#holder::MultipleOf(#number))
        }
        Limit::UniqueItems => quote!(#holder::UniqueItems),
    }
}

fn number(runtime: &TokenStream, number: &serde_json::Number) -> TokenStream {
    match (number.as_i128(), number.as_f64()) {
        (Some(number), _) => {
            let number = Literal::i128_unsuffixed(number);
            quote!(#runtime::generated::Number::Integer(#number))
        }
        (None, number) => {
            let number = Literal::f64_unsuffixed(number.unwrap_or_default());
            quote!(#runtime::generated::Number::Decimal(#number))
        }
    }
}

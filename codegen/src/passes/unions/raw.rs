//! Emits unions whose alternatives can't be distinguished. The JSON is kept, and users choose the
//! type to read it as.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Case, Emitter};
use crate::names;
use crate::passes::{docs, ident};

/// The method that returns the JSON.
const AS_VALUE: &str = "as_value";

pub(super) fn structure(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { schema, name, runtime, cases, .. } = emitter;
    let readers = readers(cases);
    let listed: Vec<String> =
        readers.iter().map(|reader| format!("[`{reader}`](Self::{reader})")).collect();
    let documentation = docs::with_link(
        &docs::sentence(&schema.description),
        &docs::wrapped(&format!(
            "The alternatives have no property that distinguishes them, so this holds the JSON as received. Read it with {}.",
            joined(&listed)
        )),
    );
    let as_value = ident(AS_VALUE);
    let read = cases.iter().zip(&readers).map(|(Case { alternative, ty, .. }, reader)| {
        let reader = ident(reader);
        let documentation = docs::with_example(
            &["Reads the value as this alternative:", &docs::sentence(&alternative.description)],
            "# Errors\n\nReturns an error if the value doesn't match the alternative.",
        );
        quote! {
            #documentation
            pub fn #reader(&self) -> ::std::result::Result<#ty, ::serde_json::Error> {
                ::serde::Deserialize::deserialize(&self.0)
            }
        }
    });
    let conversions = cases.iter().filter(|case| case.is_only).map(|Case { ty, .. }| {
        quote! {
            impl ::std::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(#runtime::generated::json_of(&value))
                }
            }
        }
    });
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        pub struct #name(::serde_json::Value);
        impl #name {
            /// Returns the value as JSON.
            #[must_use]
            pub fn #as_value(&self) -> &::serde_json::Value {
                &self.0
            }
            #(#read)*
        }
        #(#conversions)*
        impl ::std::convert::From<::serde_json::Value> for #name {
            fn from(value: ::serde_json::Value) -> Self {
                Self(value)
            }
        }
    }
}

/// Returns a method name such as `as_cash` for each alternative.
fn readers(cases: &[Case<'_>]) -> Vec<String> {
    let wanted = cases.iter().map(|case| {
        let name = names::field(&case.alternative.ident);
        format!("as_{}", name.trim_matches('_'))
    });
    let wanted: Vec<String> = wanted.collect();
    let all = [AS_VALUE].into_iter().chain(wanted.iter().map(String::as_str));
    names::numbered(all).split_off(1)
}

fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

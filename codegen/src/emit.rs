//! Emits the generated files. There is one emitter for each kind of file.

pub(crate) mod catalogue;
mod choices;
pub(crate) mod client;
pub(crate) mod constraints;
pub(crate) mod credentials;
pub(crate) mod examples;
pub(crate) mod headers;
pub(crate) mod operations;
pub(crate) mod server;
mod styles;
pub(crate) mod tables;
pub(crate) mod types;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, parse_quote};

use crate::lower::credentials::{Generated, needs};
use crate::model::{Model, Operation, Shape};
use crate::passes::docs::inner;
use crate::passes::{self, Unrecognized, ident};
use crate::text::NotRust;
use crate::{Bound, Settings};

/// Why files can't be emitted although the document passed all checks.
pub(crate) enum Failure {
    Unrecognized(Unrecognized),
    NotRust(NotRust),
}

impl From<Unrecognized> for Failure {
    fn from(unrecognized: Unrecognized) -> Self {
        Failure::Unrecognized(unrecognized)
    }
}

impl From<NotRust> for Failure {
    fn from(failure: NotRust) -> Self {
        Failure::NotRust(failure)
    }
}

/// The input of the emitters.
pub(crate) struct Context<'a> {
    pub model: &'a Model,
    pub settings: &'a Settings,
    /// The generated credentials, or `None` if the credentials are hand-written.
    pub generated: Option<&'a Generated>,
    /// The fields that progenitor generates for object schemas, by type name.
    pub fields: &'a BTreeMap<String, Vec<(String, Type)>>,
    /// `Settings::module` as tokens.
    pub module: TokenStream,
    /// `Settings::runtime` as tokens.
    pub runtime: TokenStream,
}

impl Context<'_> {
    pub(crate) fn bound(&self, operation: &Operation) -> Option<&Bound> {
        operation.bound.and_then(|index| self.settings.bounds.get(index))
    }

    /// Returns the Rust type of a schema, or `()` if there is no schema.
    pub(crate) fn type_of(&self, schema: Option<&str>) -> TokenStream {
        match schema.and_then(|name| self.model.schema(name)) {
            Some(schema) => {
                let name = ident(&schema.ident);
                quote!(types::#name)
            }
            None => quote!(()),
        }
    }

    /// Returns the Rust type for values of this shape.
    pub(crate) fn type_of_shape(&self, shape: &Shape) -> Type {
        match shape {
            Shape::Text => parse_quote!(::std::string::String),
            Shape::Formatted(path) => {
                let path = passes::path(path);
                parse_quote!(#path)
            }
            Shape::Boolean => parse_quote!(bool),
            Shape::Integer(format) => integer(format),
            Shape::Number(format) if format == "float" => parse_quote!(f32),
            Shape::Number(_) => parse_quote!(f64),
            Shape::List(item) => {
                let item = self.type_of_shape(item);
                parse_quote!(::std::vec::Vec<#item>)
            }
            Shape::Map(value) if **value == Shape::Other => {
                parse_quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>)
            }
            Shape::Map(value) => {
                let value = self.type_of_shape(value);
                parse_quote!(::std::collections::BTreeMap<::std::string::String, #value>)
            }
            Shape::Named(name) => {
                let ty = self.type_of(Some(name));
                parse_quote!(#ty)
            }
            Shape::Other => parse_quote!(::serde_json::Value),
        }
    }

    /// Describes the credential that a caller needs, for documentation.
    pub(crate) fn needs(&self, operation: &Operation) -> String {
        match (self.bound(operation), self.optional(operation)) {
            (Some(bound), _) => bound.needs.clone(),
            (None, Some(optional)) => format!("no key; {optional} is sent if the client has it"),
            (None, None) => "no key".to_owned(),
        }
    }

    /// Describes the credential that is sent to an open operation if the client has one.
    pub(crate) fn optional(&self, operation: &Operation) -> Option<String> {
        let alternatives = operation.security.iter().filter(|alternative| !alternative.is_empty());
        let schemes = self.generated.map_or(&[][..], |generated| &generated.schemes);
        let needs = needs(schemes, alternatives);
        (self.bound(operation).is_none() && !needs.is_empty()).then_some(needs)
    }
}

fn integer(format: &str) -> Type {
    match format {
        "int8" => parse_quote!(i8),
        "int16" => parse_quote!(i16),
        "int32" => parse_quote!(i32),
        "uint8" => parse_quote!(u8),
        "uint16" => parse_quote!(u16),
        "uint32" => parse_quote!(u32),
        "uint64" => parse_quote!(u64),
        _ => parse_quote!(i64),
    }
}

/// Emits `mod.rs` of the client: the modules, and an assertion that the version of the runtime is
/// compatible.
pub(crate) fn root(context: &Context<'_>) -> TokenStream {
    let title = &context.model.title;
    let documentation = inner(&format!("The generated part of the client for {title}."));
    let (runtime, version) = (&context.runtime, env!("CARGO_PKG_VERSION"));
    let modules = match context.generated {
        Some(_) => credentials::MODULES,
        None => &[],
    };
    let modules = modules.iter().map(|name| ident(name));
    let headers = (!context.model.headers.is_empty()).then(|| {
        quote!(
            pub mod headers;
        )
    });
    let constraints = (!context.model.constraints.is_empty()).then(|| {
        quote!(
            mod constraints;
        )
    });
    quote! {
        #documentation
        pub mod catalogue;
        mod client;
        #constraints
        #(pub mod #modules;)*
        #headers
        pub mod operations;
        pub mod types;
        pub use self::client::{Client, ClientBuilder};
        const _: () = #runtime::generated::made_by(#version);
    }
}

//! One emitter for each kind of generated file.

pub(crate) mod catalogue;
mod choices;
pub(crate) mod client;
pub(crate) mod credentials;
pub(crate) mod examples;
pub(crate) mod operations;
pub(crate) mod server;
pub(crate) mod tables;
pub(crate) mod types;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::lower::credentials::{Generated, needs};
use crate::model::{Model, Operation};
use crate::passes::docs::inner;
use crate::passes::ident;
use crate::passes::signatures::Signature;
use crate::{Bound, Settings};

/// What the emitters read.
pub(crate) struct Context<'a> {
    pub model: &'a Model,
    pub settings: &'a Settings,
    /// `None` with hand-written credentials.
    pub generated: Option<&'a Generated>,
    /// By the operation's name.
    pub signatures: &'a BTreeMap<String, Signature>,
    /// The fields that progenitor has for the schemas that are objects, by the names of their types.
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

    /// The Rust type of a schema, `()` where there is none.
    pub(crate) fn type_of(&self, schema: Option<&str>) -> TokenStream {
        match schema.and_then(|name| self.model.schema(name)) {
            Some(schema) => {
                let name = ident(&schema.ident);
                quote!(types::#name)
            }
            None => quote!(()),
        }
    }

    /// What a caller needs, for documentation.
    pub(crate) fn needs(&self, operation: &Operation) -> String {
        match (self.bound(operation), self.optional(operation)) {
            (Some(bound), _) => bound.needs.clone(),
            (None, Some(optional)) => format!("no key; {optional} is sent if the client has it"),
            (None, None) => "no key".to_owned(),
        }
    }

    /// What is sent to an operation that is open to anyone, if the client has it.
    pub(crate) fn optional(&self, operation: &Operation) -> Option<String> {
        let alternatives = operation.security.iter().filter(|alternative| !alternative.is_empty());
        let schemes = self.generated.map_or(&[][..], |generated| &generated.schemes);
        let needs = needs(schemes, alternatives);
        (self.bound(operation).is_none() && !needs.is_empty()).then_some(needs)
    }
}

/// `mod.rs` of the client: the modules, and an assertion that the runtime is of a version that they were made for.
pub(crate) fn root(context: &Context<'_>) -> TokenStream {
    let title = &context.model.title;
    let documentation = inner(&format!("The generated part of the client of {title}."));
    let (runtime, version) = (&context.runtime, env!("CARGO_PKG_VERSION"));
    let modules = match context.generated {
        Some(_) => credentials::MODULES,
        None => &[],
    };
    let modules = modules.iter().map(|name| ident(name));
    quote! {
        #documentation
        pub mod catalogue;
        mod client;
        #(pub mod #modules;)*
        pub mod operations;
        pub mod types;
        pub use self::client::{Client, ClientBuilder};
        const _: () = #runtime::generated::made_by(#version);
    }
}

//! Which states a property has besides a value: decides the type of its field, and how it is read and written.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token, Type, parse_quote};

use crate::model::Property;
use crate::passes::std_types::option;

/// What a field can say besides a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It always has a value, or `null` if that is one.
    Required,
    /// `Option`: what is `None` is left out.
    Optional,
    /// `Nullable`: it may also be `null`.
    Nullable,
    /// A list or map that only responses have: missing and `null` are read as empty.
    Empty,
    /// An `Option` that only responses fill: requests don't have it.
    Received,
    /// A map of the properties that the schema doesn't list.
    Additional,
}

impl Presence {
    /// Whether a request can have the property decides: one must be able to leave it out, and `null` says something.
    pub(super) fn new(ty: &Type, property: &Property, sent: bool) -> Self {
        if property.read_only {
            Presence::Received
        } else if property.required {
            Presence::Required
        } else if sent && property.nullable && property.filled.is_none() {
            Presence::Nullable
        } else if sent || option(ty).is_some() {
            Presence::Optional
        } else {
            Presence::Empty
        }
    }

    /// The type of the field; typify has an `Option` or, for a list or map, the bare type.
    pub(super) fn field_type(self, ty: &Type, runtime: &TokenStream) -> Type {
        let value = option(ty).unwrap_or(ty);
        match self {
            Presence::Required | Presence::Empty | Presence::Additional => ty.clone(),
            Presence::Optional | Presence::Received => parse_quote!(::std::option::Option<#value>),
            Presence::Nullable => parse_quote!(#runtime::Nullable<#value>),
        }
    }

    /// What serde has to know of the field, besides its name: for a required one, what typify has `found`. A `server` writes
    /// what only responses have.
    pub(super) fn attribute(
        self,
        found: &[Attribute],
        rename: Option<&str>,
        runtime: &TokenStream,
        server: bool,
    ) -> Option<Attribute> {
        let function = |path: &str| format!("{runtime}::{path}").replace(' ', "");
        let mut parts: Vec<TokenStream> = Vec::new();
        parts.extend(rename.map(|name| quote!(rename = #name)));
        match self {
            Presence::Required => parts.extend(found.iter().flat_map(besides_name)),
            Presence::Received if !server => parts.push(quote!(skip_serializing)),
            Presence::Optional | Presence::Received => {
                parts.push(quote!(skip_serializing_if = "::std::option::Option::is_none"));
            }
            Presence::Nullable => {
                let absent = function("Nullable::is_absent");
                parts.push(quote!(default, skip_serializing_if = #absent));
            }
            Presence::Additional => {
                let additional = function("generated::additional");
                parts.push(quote!(flatten, deserialize_with = #additional));
            }
            Presence::Empty => {
                let null = function("generated::null_as_default");
                parts.push(quote!(default, deserialize_with = #null));
            }
        }
        (!parts.is_empty()).then(|| parse_quote!(#[serde(#(#parts),*)]))
    }

    /// The module of the runtime's `kinds` that reads and writes such a field. typify has marked a required one that may be
    /// `null` with an attribute. A `server` writes what only responses have.
    pub(super) fn kind(self, may_be_null: bool, server: bool) -> &'static str {
        match self {
            Presence::Required if may_be_null => "or_null",
            Presence::Required | Presence::Additional => "required",
            Presence::Received if !server => "received",
            Presence::Optional | Presence::Received => "optional",
            Presence::Nullable => "nullable",
            Presence::Empty => "or_default",
        }
    }
}

/// Whether one of serde's attributes says that `null` is a value of a required field, which is an error if it is missing.
/// `None` if they say something else besides the name.
pub(super) fn may_be_null(found: &[Attribute]) -> Option<bool> {
    let mut may_be_null = false;
    for attribute in found {
        let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        for part in parts.ok()? {
            if part.path().is_ident("deserialize_with") {
                may_be_null = true;
            } else if !part.path().is_ident("rename") {
                return None;
            }
        }
    }
    Some(may_be_null)
}

/// What an attribute of serde says besides the name.
fn besides_name(attribute: &Attribute) -> Vec<TokenStream> {
    let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let parts = parts.into_iter().flatten().filter(|part| !part.path().is_ident("rename"));
    parts.map(Meta::into_token_stream).collect()
}

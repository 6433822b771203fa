//! Defines which states a property can have besides a value, e.g. `null`. This determines the type
//! of the property's field, and how the field is read and written.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token, Type, parse_quote};

use crate::model::Property;
use crate::passes::std_types::option;

/// Which states a field can have besides a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// The field always has a value, or `null` if that is a valid value.
    Required,
    /// The field is an `Option`, and `None` isn't written.
    Optional,
    /// The field is a `Nullable`, so it may also be `null`.
    Nullable,
    /// The field is a list or map that is only in responses. If it is missing or `null`, it is read
    /// as empty.
    Empty,
    /// The field is an `Option` that is only set in responses.
    Received,
    /// The field is a map of the properties that the schema doesn't list.
    Additional,
}

impl Presence {
    /// Returns which states a property can have. In a request, a missing property and `null` have
    /// different meanings.
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

    /// Returns the type of the field. For an optional property, typify generates an `Option`, or
    /// the bare type of a list or map.
    pub(super) fn field_type(self, ty: &Type, runtime: &TokenStream) -> Type {
        let value = option(ty).unwrap_or(ty);
        match self {
            Presence::Required | Presence::Empty | Presence::Additional => ty.clone(),
            Presence::Optional | Presence::Received => parse_quote!(::std::option::Option<#value>),
            Presence::Nullable => parse_quote!(#runtime::Nullable<#value>),
        }
    }

    /// Returns the serde attribute of the field. It contains the name on the wire if `rename` is
    /// set. For a required field, it also contains the options of typify's attributes (`found`).
    /// With `server`, properties that only responses have are also written.
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

    /// Returns the name of the module in the runtime's `kinds` that reads and writes the field.
    /// `may_be_null` affects only required fields. With `server`, properties that only responses
    /// have are also written.
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

/// Returns whether serde's attributes allow `null` for a required field. Returns `None` if the
/// attributes have an unknown option.
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

/// Returns the options of a serde attribute except `rename`.
fn besides_name(attribute: &Attribute) -> Vec<TokenStream> {
    let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let parts = parts.into_iter().flatten().filter(|part| !part.path().is_ident("rename"));
    parts.map(Meta::into_token_stream).collect()
}

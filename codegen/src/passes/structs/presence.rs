//! Which states a property has besides a value: decides the type of its field, and how it is read and written.

use proc_macro2::TokenStream;
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
}

impl Presence {
    /// Whether a request can have the property decides: one must be able to leave it out, and `null` says something.
    pub(super) fn new(ty: &Type, property: &Property, sent: bool) -> Self {
        if property.required {
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
            Presence::Required | Presence::Empty => ty.clone(),
            Presence::Optional => parse_quote!(::std::option::Option<#value>),
            Presence::Nullable => parse_quote!(#runtime::Nullable<#value>),
        }
    }

    /// The module of the runtime's `kinds` that reads and writes such a field. typify has marked a required one that may be
    /// `null` with an attribute.
    pub(super) fn kind(self, may_be_null: bool) -> &'static str {
        match self {
            Presence::Required if may_be_null => "or_null",
            Presence::Required => "required",
            Presence::Optional => "optional",
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

//! Represents a field of a struct, with the data for its constructor argument, setter and accessor.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Field, PathArguments, Type, parse_quote};

use super::Owner;
use super::presence::{Presence, may_be_null};
use crate::model::Property;
use crate::names;
use crate::passes::std_types::option;
use crate::passes::{Unrecognized, docs, ident};

pub(super) struct Member {
    pub(super) field: Field,
    /// The type of a value that a setter accepts.
    pub(super) value: Type,
    pub(super) presence: Presence,
    pub(super) name: syn::Ident,
    /// The name on the wire.
    pub(super) wire: String,
    /// The runtime module that reads and writes the field.
    pub(super) kind: &'static str,
    pub(super) setter: syn::Ident,
    pub(super) description: String,
    pub(super) documentation: TokenStream,
    /// Whether the client fills in the field.
    pub(super) filled: bool,
    /// Whether an accessor returns the field, or an error if the field is missing.
    pub(super) expected: bool,
}

impl Member {
    pub(super) fn new(
        mut field: Field,
        property: &Property,
        owner: &Owner<'_>,
    ) -> Result<Self, Unrecognized> {
        let description = docs::sentence(&property.description);
        let documentation = docs::lines(&description);
        field.attrs.retain(|attribute| !docs::is_doc(attribute));
        let attributes = std::mem::take(&mut field.attrs);
        field.attrs = docs::attributes(&documentation);
        field.attrs.extend(attributes);
        let presence = Presence::new(&field.ty, property, owner.sent);
        let found: Vec<Attribute> =
            field.attrs.extract_if(.., |attribute| attribute.path().is_ident("serde")).collect();
        let server = owner.settings.server.is_some();
        if owner.derives {
            let rename = (property.name != property.ident).then_some(property.name.as_str());
            field.attrs.extend(presence.attribute(&found, rename, &owner.runtime, server));
        }
        let required = match presence {
            Presence::Required => may_be_null(&found),
            _ => Some(false),
        };
        let kind = required.map(|may_be_null| presence.kind(may_be_null, server));
        let kind = kind.ok_or_else(|| {
            Unrecognized::new(&owner.schema, "an attribute of serde for a required property")
        })?;
        let value = option(&field.ty).unwrap_or(&field.ty).clone();
        field.ty = presence.field_type(&field.ty, &owner.runtime);
        if property.filled.is_some() {
            field.vis = parse_quote!(pub(crate));
        }
        Ok(Member {
            name: ident(&property.ident),
            wire: property.name.clone(),
            setter: match owner.sent {
                true => ident(&property.ident),
                false => ident(&names::setter(&property.ident)),
            },
            value,
            presence,
            description,
            documentation,
            filled: property.filled.is_some(),
            expected: property.expected,
            kind,
            field,
        })
    }

    /// Returns the field for properties that the schema doesn't list.
    pub(super) fn additional(mut field: Field, name: &str, owner: &Owner<'_>) -> Self {
        let description = "The properties that the document doesn't list, by name.";
        let documentation = docs::lines(description);
        field.attrs = docs::attributes(&documentation);
        field.attrs.extend(Presence::Additional.attribute(&[], None, &owner.runtime, false));
        Member {
            name: ident(name),
            wire: name.to_owned(),
            setter: match owner.sent {
                true => ident(name),
                false => ident(&names::setter(name)),
            },
            value: field.ty.clone(),
            presence: Presence::Additional,
            description: description.to_owned(),
            documentation,
            filled: false,
            expected: false,
            // serde's `derive` reads and writes this field.
            kind: "required",
            field,
        }
    }

    pub(super) fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// Returns the initialiser for a field that has no value.
    pub(super) fn absent(&self) -> TokenStream {
        let Member { name, field, .. } = self;
        match (self.presence, &field.ty) {
            (Presence::Optional | Presence::Received, _) => {
                quote!(#name: ::std::option::Option::None)
            }
            (_, Type::Path(path)) => {
                let mut path = path.path.clone();
                if let Some(last) = path.segments.last_mut() {
                    last.arguments = PathArguments::None;
                }
                quote!(#name: #path::default())
            }
            _ => quote!(#name: ::std::default::Default::default()),
        }
    }
}

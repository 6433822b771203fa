//! Emits structs with their fields in document order, a constructor for the required fields, and
//! setters for the others.
//!
//! Users build the structs in requests, so the constructors and setters of these structs accept
//! anything that converts to the field's type. Only servers and tests build the structs that are
//! only in responses, so their constructors and setters are hidden. Users read these structs, so
//! they have accessors for expected properties.

mod accessors;
mod argument;
mod constructor;
mod member;
mod object;
mod presence;
mod setters;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Field, Fields, FieldsNamed, ItemStruct, parse_quote};

use super::{Unrecognized, docs, path};
use crate::Settings;
use crate::model::{Property, Schema, SchemaKind};

use member::Member;
use presence::Presence;

/// What a schema's struct depends on, in addition to the schema's properties.
struct Owner<'a> {
    name: syn::Ident,
    /// The name of the schema.
    schema: String,
    /// Whether requests contain the struct.
    sent: bool,
    /// Whether serde's `derive` reads and writes the struct. Otherwise, the runtime's macro does.
    /// The macro doesn't support properties that the schema doesn't list.
    derives: bool,
    /// Whether the struct derives `Default`.
    has_default: bool,
    settings: &'a Settings,
    runtime: TokenStream,
}

/// Emits the struct of an object schema with its implementations.
pub(crate) fn object(
    mut item: ItemStruct,
    schema: &Schema,
    settings: &Settings,
) -> Result<Structs, Unrecognized> {
    let SchemaKind::Object(properties) = &schema.kind else {
        return Err(Unrecognized::new(&schema.name, "a struct where no object was expected"));
    };
    let owner = Owner {
        name: item.ident.clone(),
        schema: schema.name.clone(),
        sent: schema.sent,
        derives: schema.additional.is_some(),
        // An accessor with the name `default` would hide `Default::default`.
        has_default: item.attrs.iter().any(derives_default)
            && properties.iter().all(|property| property.ident != "default"),
        settings,
        runtime: path(&settings.runtime),
    };
    let documentation = docs::lines(&docs::sentence(&schema.description));
    item.attrs.retain(|attribute| !docs::is_doc(attribute));
    if !owner.derives {
        item.attrs.iter_mut().for_each(object::without_serde);
    }
    if !owner.sent {
        item.attrs.push(parse_quote!(#[non_exhaustive]));
    }
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Unrecognized::new(&schema.name, "a struct without named fields"));
    };
    let members = members(fields, schema, properties, &owner)?;
    fields.named.extend(members.iter().map(|member| member.field.clone()));
    let answered_by = accessors::answered_by(&members);
    if let Some(name) = &answered_by {
        fields.named.push(accessors::operation(name, &owner));
    }
    let made_by_new = owner.sent.then(|| accessors::made_by_new(&members));
    fields.named.extend(made_by_new.as_ref().map(|name| accessors::marker(name, &owner)));
    let private = || answered_by.as_ref().into_iter().chain(&made_by_new);
    let object = (!owner.derives).then(|| object::described(&owner, &members, private()));
    let runtime = &owner.runtime;
    let private = match (&answered_by, &made_by_new) {
        (Some(name), _) => Some((name, quote!(#runtime::generated::AnsweredBy::default()))),
        (None, Some(name)) => Some((name, quote!(#runtime::generated::MadeByNew))),
        (None, None) => None,
    };
    let (carrier, constructor) = constructor::new(&owner, &members, private);
    // A field that only responses set is public and has no setter.
    let optional =
        members.iter().filter(|it| !it.is_required() && it.presence != Presence::Received);
    let access = optional.map(|member| match member.filled {
        true => accessors::filled(member),
        false => setters::setter(&owner, member),
    });
    let expected = answered_by.iter().flat_map(|name| {
        let expected = members.iter().filter(|member| member.expected);
        expected.map(|member| accessors::expected(&owner, member, name))
    });
    let name = &owner.name;
    let has_carrier = carrier.is_some();
    let tokens = quote! {
        #documentation
        #item
        #carrier
        impl #name {
            #constructor
            #(#expected)*
            #(#access)*
        }
        #object
    };
    Ok(Structs { tokens, has_carrier })
}

/// The result of [`object`].
pub(crate) struct Structs {
    pub tokens: TokenStream,
    /// Whether there is also a struct for the required fields.
    pub has_carrier: bool,
}

fn derives_default(attribute: &Attribute) -> bool {
    let mut found = false;
    // The error can be ignored, because typify's `derive` contains only paths.
    let _ = attribute.parse_nested_meta(|meta| {
        found |= meta.path.segments.last().is_some_and(|last| last.ident == "Default");
        Ok(())
    });
    found && attribute.path().is_ident("derive")
}

/// Takes typify's fields, and returns a member for each of them, in document order.
fn members(
    fields: &mut FieldsNamed,
    schema: &Schema,
    properties: &[Property],
    owner: &Owner<'_>,
) -> Result<Vec<Member>, Unrecognized> {
    let mut old: Vec<Field> = std::mem::take(&mut fields.named).into_iter().collect();
    let mut take = |name: &str| {
        let is_it = |field: &Field| field.ident.as_ref().is_some_and(|ident| ident == name);
        let at = old.iter().position(is_it);
        let at = at.ok_or_else(|| Unrecognized::new(&schema.name, "a property without a field"))?;
        Ok(old.swap_remove(at))
    };
    let mut members = Vec::new();
    for property in properties {
        members.push(Member::new(take(&property.ident)?, property, owner)?);
    }
    if let Some(name) = &schema.additional {
        members.push(Member::additional(take(name)?, name, owner));
    }
    match old.is_empty() {
        true => Ok(members),
        false => Err(Unrecognized::new(&schema.name, "a field without a property")),
    }
}

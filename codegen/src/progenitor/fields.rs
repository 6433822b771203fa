//! Handles field names that typify can't generate: typify gets stand-ins, and this generator then
//! replaces the stand-ins in typify's structs.

use std::collections::BTreeMap;

use syn::Item;

use crate::model::{Model, Schema, SchemaKind};
use crate::names;
use crate::passes::ident;

/// Returns whether typify gets stand-ins for the properties of an object.
pub(super) fn renamed(schema: &Schema) -> bool {
    let SchemaKind::Object(properties) = &schema.kind else { return false };
    let is_ours = |name: &str, field: &str| {
        names::field(name) != field || !field.starts_with(char::is_alphabetic)
    };
    schema.additional.is_some() || properties.iter().any(|it| is_ours(&it.name, &it.ident))
}

/// Returns the stand-in for a property, by its index. The index after the last property is for
/// additional properties.
pub(super) fn stand_in(number: usize) -> String {
    format!("property{number}")
}

/// Sets the final names of the fields of typify's structs.
pub(super) fn rename(items: &mut [Item], model: &Model) {
    let renamed = model.schemas.iter().filter(|schema| renamed(schema));
    let names: BTreeMap<&str, BTreeMap<String, &str>> =
        renamed.map(|schema| (schema.ident.as_str(), fields(schema))).collect();
    for item in items {
        let Item::Struct(item) = item else { continue };
        let Some(names) = names.get(item.ident.to_string().as_str()) else { continue };
        for field in &mut item.fields {
            let name = field.ident.as_ref().and_then(|it| names.get(&it.to_string()));
            if let Some(name) = name {
                field.ident = Some(ident(name));
            }
        }
    }
}

/// Returns the names of fields by their stand-ins.
fn fields(schema: &Schema) -> BTreeMap<String, &str> {
    let SchemaKind::Object(properties) = &schema.kind else { return BTreeMap::new() };
    let names = properties.iter().map(|property| property.ident.as_str());
    let names = names.chain(schema.additional.as_deref());
    names.enumerate().map(|(number, name)| (stand_in(number), name)).collect()
}

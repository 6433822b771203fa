//! How the fields of a struct get the names of the wire: by `rename_all` where that says it for several of them.

use syn::{Attribute, parse_quote};

use crate::model::Property;

/// From how many attributes of fields on one attribute of the struct is worth it.
const WORTH: usize = 2;

/// The rule for the fields of a struct.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// As the fields are called in Rust.
    Plain,
    /// `rename_all = "camelCase"`.
    Camel,
}

impl Naming {
    /// Picks the rule that leaves fewer fields to be renamed.
    pub(super) fn of(properties: &[Property]) -> Self {
        // serde applies the rule to every field, and doesn't know it for some.
        if properties.iter().any(|each| camel(&each.ident).is_none()) {
            return Naming::Plain;
        }
        let renamed =
            |naming: Naming| properties.iter().filter(|each| naming.rename(each).is_some()).count();
        match renamed(Naming::Plain) >= renamed(Naming::Camel) + WORTH {
            true => Naming::Camel,
            false => Naming::Plain,
        }
    }

    /// The attribute of the struct.
    pub(super) fn attribute(self) -> Option<Attribute> {
        match self {
            Naming::Plain => None,
            Naming::Camel => Some(parse_quote!(#[serde(rename_all = "camelCase")])),
        }
    }

    /// What the field has to be renamed to, if the rule doesn't give it its name on the wire.
    pub(super) fn rename(self, property: &Property) -> Option<&str> {
        let by_rule = match self {
            Naming::Plain => Some(property.ident.clone()),
            Naming::Camel => camel(&property.ident),
        };
        (by_rule.as_deref() != Some(&property.name)).then_some(property.name.as_str())
    }
}

/// The name that serde's `camelCase` gives a field; `None` where its derive macro panics.
fn camel(field: &str) -> Option<String> {
    let mut name = String::new();
    let mut capitalize = true;
    for each in field.chars() {
        if each == '_' {
            capitalize = true;
        } else if capitalize {
            name.push(each.to_ascii_uppercase());
            capitalize = false;
        } else {
            name.push(each);
        }
    }
    let first = name.get(..1)?.to_ascii_lowercase();
    Some(first + name.get(1..)?)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::camel;

    macro_rules! check {
        ($($field:ident)*) => {{
            #[derive(Serialize)]
            #[serde(rename_all = "camelCase")]
            #[allow(non_snake_case, reason = "names of documents")]
            struct Odd { $($field: u8,)* }

            let text = serde_json::to_string(&Odd { $($field: 0,)* }).unwrap();
            let made = [$(stringify!($field)),*].map(|field| {
                let name = camel(field.trim_start_matches("r#")).unwrap();
                format!("\"{name}\":0")
            });
            assert_eq!(format!("{{{}}}", made.join(",")), text);
        }};
    }

    #[test]
    fn names_are_those_of_serde() {
        check! {
            x type_ r#move user_id user_uuid userUUID UserName _hidden a__b a_1 a1_b2 line_2 caf_é
            straße x_y_z trailing__
        }
    }

    #[test]
    fn what_serde_cannot_name_has_no_name() {
        for field in ["", "_", "é", "_é_a"] {
            assert_eq!(camel(field), None, "{field}");
        }
    }
}

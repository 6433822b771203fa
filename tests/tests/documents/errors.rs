//! Tests that public error types are defined as CONTRIBUTING.md describes, and that CONTRIBUTING.md
//! names the error types that are enums.

use std::collections::BTreeSet;

use syn::{Fields, Item, Visibility};

use crate::repository::{read_file, repository};

#[test]
fn error_types_are_defined_as_documented() {
    let crates =
        ["mileston-api/src/", "mileston-fleet/src/", "mileston-keys/src/", "mileston-sandbox/src/"];
    let files = repository().files.iter().filter(|name| {
        name.ends_with(".rs")
            && !name.contains("/generated/")
            && crates.iter().any(|own| name.starts_with(own))
    });
    let (mut enums, mut structs) = (BTreeSet::new(), 0);
    for name in files {
        for item in syn::parse_file(&read_file(name)).unwrap().items {
            match item {
                Item::Enum(item) if is_error(&item.vis, &item.ident) => {
                    enums.insert(item.ident.to_string());
                }
                Item::Struct(item) if is_error(&item.vis, &item.ident) => {
                    structs += 1;
                    assert!(is_opaque(&item.fields), "{name}: {} has a public field", item.ident);
                }
                _ => {}
            }
        }
    }
    assert!(structs > 5, "{structs}");
    let page = read_file("CONTRIBUTING.md");
    let named = page.split("are enums, ").nth(1).and_then(|rest| rest.split(". ").next()).unwrap();
    let named: BTreeSet<String> = named.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(named, enums);
}

fn is_error(visibility: &Visibility, name: &syn::Ident) -> bool {
    matches!(visibility, Visibility::Public(_)) && name.to_string().ends_with("Error")
}

fn is_opaque(fields: &Fields) -> bool {
    fields
        .iter()
        .all(|field| matches!(field.vis, Visibility::Inherited | Visibility::Restricted(_)))
}

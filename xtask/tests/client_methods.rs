//! Tests that the settings list every hand-written method of the generated client. The generator rejects a tag with the
//! name of a listed method, because the client would have two methods with that name.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use syn::{ImplItem, Item, Type};

#[test]
fn the_settings_list_exactly_the_hand_written_methods() {
    let mut methods = BTreeSet::new();
    collect(&xtask::root().join("mileston-api/src"), &mut methods);
    assert!(methods.contains("credential") && methods.contains("raw"), "{methods:?}");
    assert_eq!(xtask::codegen::settings().client_methods, methods);
}

/// Collects the methods of `Client` in all files that aren't generated.
fn collect(folder: &Path, methods: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("generated") {
            continue;
        }
        if path.is_dir() {
            collect(&path, methods);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            file.items.iter().for_each(|item| methods_of(item, methods));
        }
    }
}

fn methods_of(item: &Item, methods: &mut BTreeSet<String>) {
    let Item::Impl(item) = item else { return };
    if !is_client(&item.self_ty) {
        return;
    }
    if let Some((path, _)) = &item.trait_ {
        let name = &path.segments.last().unwrap().ident;
        panic!("extend this test: add the methods that `{name}` adds to `Client`");
    }
    methods.extend(item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    }));
}

fn is_client(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Client")
}

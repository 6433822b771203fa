//! The client as text: what its methods are called, and which types it is around.

use std::collections::BTreeSet;

use syn::{ImplItem, Item};

use super::{CONSTRUCTORS, METHODS};
use crate::{Scope, Settings, generate};

const DOCUMENT: &str = include_str!("../../../tests/sound.yaml");

fn settings() -> Settings {
    Settings::new("", "openapi.yaml", "crate::Credential").with_scopes([
        Scope::new("Staff", "crate::Staff", "staff", &[&["staff", "branch"]]),
        Scope::new("Reader", "crate::Reader", "a reader", &[&["reader"]]),
    ])
}

fn client(settings: &Settings) -> String {
    generate(DOCUMENT, settings).unwrap().client["client.rs"].clone()
}

/// The methods of `Client` in the text of a file, also those that `Clone` provides.
fn methods(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap();
    let is_client = |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.segments.last().unwrap().ident == "Client");
    let impls = file.items.into_iter().filter_map(|item| match item {
        Item::Impl(item) if is_client(&item.self_ty) => Some(item.items),
        _ => None,
    });
    let written = impls.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    written.chain(["clone_from".to_owned()]).collect()
}

/// A tag of any other name gives a client that compiles.
#[test]
fn names_that_no_tag_can_have_are_those_of_the_methods() {
    let all = METHODS.iter().chain(CONSTRUCTORS).map(|&name| name.to_owned()).collect();
    assert_eq!(methods(&client(&settings())), all);
    let always = METHODS.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(methods(&client(&settings().with_authenticator("crate::Held"))), always);
}

#[test]
fn a_credential_authenticates_by_itself_unless_the_settings_name_an_authenticator() {
    let own = client(&settings());
    assert!(own.contains("core: ::openapi_keys_runtime::ClientCore<K>,"), "{own}");
    assert!(own.contains("static PROFILE: ::openapi_keys_runtime::Profile"), "{own}");
    // Otherwise an option of a call could set the header of a credential.
    assert!(own.contains(".security_schemes(super::catalogue::SECURITY_SCHEMES)"), "{own}");
    let settings = settings().with_authenticator("crate::Held").with_profile("crate::PROFILE");
    let held = client(&settings.with_runtime("::by_another_name"));
    assert!(held.contains("core: ::by_another_name::ClientCore<crate::Held<K>>,"), "{held}");
    assert!(held.contains("&crate::PROFILE)"), "{held}");
    assert!(!held.contains("static PROFILE") && !held.contains("openapi_keys"), "{held}");
}

//! Writes the Rust code for fake credentials that an operation accepts.

use std::collections::BTreeSet;

use openapi_keys::Files;
use quote::ToTokens as _;
use syn::{ImplItem, Item};

use crate::generated::{self, Slot};
use crate::security::{Requirement, Schemes};

/// Returns an expression for credentials that meet one alternative of the requirement. Returns `None` if
/// every alternative contains a scheme that needs more than text.
pub(crate) fn credentials(files: &Files, requirement: &Requirement) -> Option<String> {
    let slots = generated::slots(files);
    let open = BTreeSet::from([Schemes::new()]);
    let alternatives = if requirement.0.is_empty() { &open } else { &requirement.0 };
    let parts = |held: &Schemes| {
        let needed = slots.iter().filter(|it| held.contains_key(&it.scheme));
        needed.map(|slot| part(files, slot, held)).collect::<Option<String>>()
    };
    // Prefer the last alternative: an empty alternative comes first in the set, and wouldn't test any credential.
    let parts = alternatives.iter().rev().find_map(parts)?;
    Some(format!("api::credentials::Credentials::new(){parts}"))
}

/// Returns the method call that adds a credential.
fn part(files: &Files, slot: &Slot, held: &Schemes) -> Option<String> {
    let (module, texts) = constructor(files, slot)?;
    let scopes = generated::scopes(files);
    let scopes: Vec<String> = held[&slot.scheme]
        .iter()
        .map(|scope| {
            scopes.get(&(slot.ty.clone(), scope.clone())).map(|path| format!("api::scopes::{path}"))
        })
        .collect::<Option<_>>()?;
    let ty = format!("api::credentials::{}", slot.ty);
    let texts = vec!["super::fake()"; texts].join(", ");
    if scopes.is_empty() {
        return Some(format!(".{module}(<{ty}>::new({texts})?)"));
    }
    let scopes = scopes.join(", ");
    Some(format!(
        ".{module}({{ api::scopes::scopes! {{ struct Scopes for {ty}: {scopes}; }} <{ty}<Scopes>>::new({texts})? }})"
    ))
}

/// Returns the method of `Credentials` for this credential, and the number of secret strings that the credential's
/// `new` takes. Returns `None` if `new` takes anything else.
fn constructor(files: &Files, slot: &Slot) -> Option<(String, usize)> {
    let is_its = |text: &str| text.contains(&format!("pub struct {}", slot.ty));
    let (name, text) =
        files.iter().find(|(name, text)| name.starts_with("credentials/") && is_its(text))?;
    let file = syn::parse_file(text).unwrap();
    let items = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    let new = items.flatten().find_map(|item| match item {
        ImplItem::Fn(method) if method.sig.ident == "new" => Some(&method.sig.inputs),
        _ => None,
    })?;
    let is_text = |it: &syn::FnArg| it.to_token_stream().to_string().contains("SecretText");
    let module = name.trim_start_matches("credentials/").trim_end_matches(".rs").to_owned();
    new.iter().all(is_text).then_some((module, new.len()))
}

//! Emits the `security` of operations. Operations with the same `security` share one constant.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::step;
use crate::RequiredScheme;
use crate::emit::Context;
use crate::model::Operation;
use crate::names;
use crate::passes::ident;

/// The constants of a catalogue, each with the alternatives of the operations that use it.
pub(super) struct Securities(Vec<(syn::Ident, Vec<BTreeSet<RequiredScheme>>)>);

impl Securities {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut taken: BTreeSet<String> = context
            .model
            .operations()
            .map(|operation| names::constant(&operation.id))
            .chain(["OPERATIONS", "SECURITY_SCHEMES", "SERVERS"].map(str::to_owned))
            .collect();
        let mut found = Securities(Vec::new());
        for operation in context.model.operations() {
            let Some(bound) = context.bound(operation) else { continue };
            if found.name(operation).is_some() {
                continue;
            }
            let mut name = format!("{}_SECURITY", names::constant(&bound.name));
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            found.0.push((ident(&name), operation.security.clone()));
        }
        found
    }

    /// Returns the constant that an operation uses.
    pub(super) fn name(&self, operation: &Operation) -> Option<&syn::Ident> {
        let (name, _) = self.0.iter().find(|(_, security)| *security == operation.security)?;
        Some(name)
    }

    pub(super) fn definitions(&self) -> TokenStream {
        let definitions = self.0.iter().map(|(name, security)| {
            let requirements = requirements(security);
            quote!(const #name: &[SecurityRequirement] = #requirements;)
        });
        definitions.collect()
    }
}

/// Returns the alternatives of an operation as an expression.
pub(super) fn requirements(alternatives: &[BTreeSet<RequiredScheme>]) -> TokenStream {
    let alternatives = alternatives.iter().map(requirement);
    quote!(&[#(#alternatives),*])
}

fn requirement(schemes: &BTreeSet<RequiredScheme>) -> TokenStream {
    let schemes = schemes.iter().map(|RequiredScheme { name, scopes }| {
        let scopes: Vec<&String> = scopes.iter().collect();
        let scopes = step(&scopes, |it| quote!(.scopes(&[#(#it),*])));
        quote!(RequiredScheme::new(#name) #scopes)
    });
    quote!(SecurityRequirement::new(&[#(#schemes),*]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_written_only_if_there_are_any() {
        let text = requirement(&["token: [read, write]".into(), "key".into()].into());
        assert_eq!(
            text.to_string().replace(' ', ""),
            "SecurityRequirement::new(&[RequiredScheme::new(\"key\"),\
             RequiredScheme::new(\"token\").scopes(&[\"read\",\"write\"])])"
        );
    }
}

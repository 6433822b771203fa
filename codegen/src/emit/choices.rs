//! Emits enums of servers: one for each server variable, shared by the operations that use it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::model::{Choice, Model, Operation, Servers};
use crate::names;
use crate::passes::{docs, ident};

/// Returns the servers of an operation if the operation's file defines the enum for the server
/// variable. Only the file of the first operation with this variable defines the enum.
pub(super) fn defined_by<'a>(model: &Model, operation: &'a Operation) -> Option<&'a Servers> {
    let variable = variable(operation)?;
    let first = model.operations().find(|each| self::variable(each) == Some(variable))?;
    (first.id == operation.id).then_some(&operation.servers)
}

/// Returns the name of the enum for an operation's servers.
pub(super) fn type_name(operation: &Operation) -> Option<String> {
    variable(operation).map(names::pascal)
}

/// Returns the import of the operation's enum, if another operation's file defines it.
pub(super) fn imported(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&names::pascal(variable(operation)?));
    let root = &context.module;
    let elsewhere = defined_by(context.model, operation).is_none();
    elsewhere.then(|| quote!(use #root::operations::#name;))
}

/// Returns the variants for a variable's values, without a prefix or suffix that repeats the name
/// of the enum: `Service::Payment`, not `Service::PaymentService`.
pub(super) fn variants(variable: &str, choices: &[Choice]) -> Vec<String> {
    let name = names::pascal(variable);
    let whole: Vec<String> = choices.iter().map(|choice| names::pascal(&choice.value)).collect();
    let after: Option<Vec<&str>> =
        whole.iter().map(|variant| variant.strip_suffix(&name)).collect();
    let before: Option<Vec<&str>> =
        whole.iter().map(|variant| variant.strip_prefix(&name)).collect();
    let short = [after, before].into_iter().flatten().find_map(usable);
    short.unwrap_or(whole)
}

/// Returns the variants if all are valid names and distinct.
fn usable(variants: Vec<&str>) -> Option<Vec<String>> {
    let is_variant = |name: &&str| names::pascal(name) == **name && !name.is_empty();
    let distinct: BTreeSet<&str> = variants.iter().copied().filter(is_variant).collect();
    let is_usable = distinct.len() == variants.len();
    is_usable.then(|| variants.into_iter().map(str::to_owned).collect())
}

/// Returns the definition of the enum of servers that the caller can choose from.
pub(super) fn definition(servers: &Servers) -> TokenStream {
    let Servers::Choice { variable, description, choices } = servers else {
        return TokenStream::new();
    };
    let name = ident(&names::pascal(variable));
    let about = docs::lines(&docs::sentence(description));
    let variants: Vec<_> = variants(variable, choices).iter().map(|name| ident(name)).collect();
    let urls = choices.iter().map(|choice| &choice.url);
    let named = choices
        .iter()
        .map(|choice| docs::lines(&format!("`{}`, at <{}>.", choice.value, choice.url)));
    quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#named #variants,)* }
        impl #name {
            /// All values, in declaration order.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
            /// Returns the URL of the production server.
            #[must_use]
            pub fn url(self) -> &'static str {
                match self { #(Self::#variants => #urls,)* }
            }
        }
    }
}

fn variable(operation: &Operation) -> Option<&str> {
    match &operation.servers {
        Servers::Choice { variable, .. } => Some(variable),
        Servers::Fixed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::variants;
    use crate::model::Choice;

    #[test]
    fn variants_repeat_the_name_of_their_enum_only_if_necessary() {
        for (variable, values, expected) in [
            ("service", ["payment-service", "user-service"], ["Payment", "User"]),
            ("region", ["region-eu", "region-us"], ["Eu", "Us"]),
            ("service", ["payment-service", "user"], ["PaymentService", "User"]),
            ("service", ["service", "user-service"], ["Service", "UserService"]),
            ("service", ["3d-service", "user-service"], ["_3d", "User"]),
            // `Self` can't be a variant.
            ("service", ["self-service", "user-service"], ["SelfService", "UserService"]),
            // The suffix isn't a complete word.
            ("service", ["microservice", "macroservice"], ["Microservice", "Macroservice"]),
            ("region", ["regional", "regionless"], ["Regional", "Regionless"]),
        ] {
            let choice = |value: &str| Choice { value: value.to_owned(), url: String::new() };
            assert_eq!(variants(variable, &values.map(choice)), expected, "{values:?}");
        }
    }
}

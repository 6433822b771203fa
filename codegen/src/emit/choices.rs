//! Enums of servers: one for each server variable, however many operations are served there.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::model::{Model, Operation, Servers};
use crate::names;
use crate::passes::{docs, ident};

/// The servers of an operation, if the enum of their variable is to be defined beside it: the first one that has it.
pub(super) fn defined_by<'a>(model: &Model, operation: &'a Operation) -> Option<&'a Servers> {
    let variable = variable(operation)?;
    let first = model.operations().find(|each| self::variable(each) == Some(variable))?;
    (first.id == operation.id).then_some(&operation.servers)
}

/// The import of the enum that the operation takes, if another operation defines it.
pub(super) fn imported(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&names::pascal(variable(operation)?));
    let root = &context.module;
    let elsewhere = defined_by(context.model, operation).is_none();
    elsewhere.then(|| quote!(use #root::operations::#name;))
}

/// The servers that the caller picks from.
pub(super) fn definition(servers: &Servers) -> TokenStream {
    let Servers::Choice { variable, description, choices } = servers else {
        return TokenStream::new();
    };
    let name = ident(&names::pascal(variable));
    let about = docs::lines(&docs::sentence(description));
    let (variants, urls): (Vec<_>, Vec<_>) =
        choices.iter().map(|choice| (ident(&names::pascal(&choice.value)), &choice.url)).unzip();
    let named =
        choices.iter().map(|choice| docs::lines(&format!("`{}`: <{}>", choice.value, choice.url)));
    quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#named #variants,)* }
        impl #name {
            /// Every value.
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

//! Emits `Credentials`: the credentials of a client, with a type parameter for each security
//! scheme.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::Context;
use crate::lower::credentials::Generated;
use crate::names;
use crate::passes::{docs, ident};

/// Returns the names of the type parameters, e.g. `P1` for the first scheme.
fn names(generated: &Generated) -> Vec<Ident> {
    (1..=generated.schemes.len()).map(|number| format_ident!("P{number}")).collect()
}

/// Returns the type parameters with their bounds.
fn bounds(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let root = &context.module;
    let bounds = generated.schemes.iter().zip(names(generated)).map(|(scheme, parameter)| {
        let name = ident(&scheme.ident);
        let slot = if scheme.scopes.is_empty() { "Slot" } else { "ScopedSlot" };
        let slot = ident(slot);
        quote!(#parameter: #root::credentials::#slot<#root::credentials::#name>)
    });
    quote!(#(#bounds),*)
}

pub(super) fn file(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let (runtime, root) = (&context.runtime, &context.module);
    let documentation = docs::inner("The credentials of a client.");
    let bounds = bounds(context, generated);
    let (names, fields) = (names(generated), fields(generated));
    let parameters = quote!(#(#names),*);
    let about = docs::as_written(&about(context, generated));
    let count = generated.schemes.len();
    let setters = setters(context, generated);
    let types = generated.schemes.iter().zip(&names).map(|(scheme, parameter)| {
        let name = ident(&scheme.ident);
        match scheme.scopes.is_empty() {
            true => quote!(type #name = #parameter::Set;),
            false => quote!(type #name = #parameter;),
        }
    });
    quote! {
        #documentation
        #about
        #[derive(Clone, Default)]
        pub struct Credentials<#(#names = #root::credentials::Unset),*> {
            #(#fields: #names),*
        }
        impl Credentials {
            /// Creates an empty set of credentials.
            #[must_use]
            pub const fn new() -> Self {
                Self { #(#fields: #root::credentials::Unset),* }
            }
        }
        #setters
        impl<#bounds> Credentials<#parameters> {
            fn parts(&self) -> [&dyn #runtime::credential::Part; #count] {
                [#(&self.#fields),*]
            }
        }
        impl<#bounds> #root::credentials::sealed::Sealed for Credentials<#parameters> {}
        impl<#bounds> #root::credentials::Credential for Credentials<#parameters> {
            #(#types)*
        }
        impl<#bounds> #runtime::Authenticate for Credentials<#parameters> {
            fn holds(&self, required: &#runtime::RequiredScheme) -> bool {
                #runtime::generated::holds(&self.parts(), required)
            }
            fn authenticate<'a>(
                &'a self,
                request: #runtime::Outgoing<'a>,
            ) -> #runtime::Eventually<'a, ::std::result::Result<(), #runtime::Error>> {
                #runtime::generated::authenticate(self.parts(), request)
            }
            fn redact(&self, redactor: &mut #runtime::Redactor) {
                #runtime::generated::redact(&self.parts(), redactor);
            }
            fn rejected(&self, requirement: &'static #runtime::SecurityRequirement) {
                #runtime::generated::rejected(&self.parts(), requirement);
            }
            fn label(&self) -> ::std::option::Option<&'static str> {
                #runtime::generated::label(&self.parts())
            }
            fn show(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #runtime::generated::show(&self.parts(), f)
            }
        }
        /// Shows which credentials are set, but not their contents.
        impl<#bounds> ::std::fmt::Debug for Credentials<#parameters> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #runtime::Authenticate::show(self, f)
            }
        }
    }
}

fn fields(generated: &Generated) -> Vec<Ident> {
    generated.schemes.iter().map(|scheme| ident(&scheme.field)).collect()
}

/// Emits the trait that is the bound of a client's type parameter. Its associated types show which
/// credentials are set.
pub(super) fn credential(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let runtime = &context.runtime;
    let types = generated.schemes.iter().map(|scheme| {
        let name = ident(&scheme.ident);
        if scheme.scopes.is_empty() {
            let about = docs::as_written(&format!(
                "Whether {} `{}` is set.",
                names::article(&scheme.ident),
                scheme.ident
            ));
            quote!(#about type #name: #runtime::logic::Bool;)
        } else {
            let about = docs::as_written(&format!("The `{}`, or [`Unset`].", scheme.ident));
            quote!(#about type #name: ScopedSlot<#name>;)
        }
    });
    let note = match generated.schemes.first() {
        Some(scheme) => {
            let step = super::requirements::step(scheme, &BTreeSet::new());
            format!("add what you hold, e.g. `Client::new(Credentials::new(){step})`")
        }
        None => "write `Client::new(Credentials::new())`".to_owned(),
    };
    quote! {
        /// The credentials of a client. Only [`Credentials`] implements this trait.
        #[diagnostic::on_unimplemented(
            message = "a client holds `Credentials`, not `{Self}`",
            label = "expected `Credentials`",
            note = #note
        )]
        pub trait Credential: sealed::Sealed + #runtime::Authenticate + ::std::marker::Sized {
            #(#types)*
        }
    }
}

/// Returns the documentation of `Credentials`. It contains an example if the settings enable
/// examples and a credential can be read from environment variables.
fn about(context: &Context<'_>, generated: &Generated) -> String {
    let opening = "The credentials of a client: a credential or [`Unset`](super::Unset) for each \
                   security scheme.\n\n\
                   Each method adds or replaces a credential. The type of `Credentials` alone decides \
                   which operations a client can call. `Debug` doesn't show secrets.";
    let example = context.settings.examples.as_ref().and_then(|settings| {
        let (scheme, value) = generated.schemes.iter().find_map(|scheme| {
            super::newtypes::example(scheme).map(|value| (scheme, value))
        })?;
        let (krate, ident, field) = (&settings.krate, &scheme.ident, &scheme.field);
        Some(format!(
            "\n\n# Examples\n\n```no_run\nuse {krate}::Client;\nuse {krate}::credentials::{{Credentials, {ident}}};\n\n\
             let credentials = Credentials::new().{field}({value});\nlet client = Client::new(credentials)?;\n\
             # let _ = client;\n# Ok::<(), Box<dyn std::error::Error>>(())\n```"
        ))
    });
    docs::wrapped(&format!("{opening}{}", example.unwrap_or_default()))
}

/// Emits a method for each scheme. The method changes the scheme's type parameter.
fn setters(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let (names, fields) = (self::names(generated), fields(generated));
    let setters = generated.schemes.iter().enumerate().map(|(at, scheme)| {
        let (field, ty) = (ident(&scheme.field), super::scheme_type(context, scheme));
        let generics = super::scheme_generics(context, scheme);
        let changed = names.iter().enumerate().map(|(index, name)| match index == at {
            true => ty.clone(),
            false => quote!(#name),
        });
        let kept = fields.iter().map(|name| match *name == field {
            true => quote!(#name),
            false => quote!(#name: self.#name),
        });
        let about = docs::as_written(&format!(
            "Adds or replaces {} `{}`.",
            names::article(&scheme.ident),
            scheme.ident
        ));
        quote! {
            #about
            #[must_use]
            pub fn #field #generics(self, #field: #ty) -> Credentials<#(#changed),*> {
                Credentials { #(#kept),* }
            }
        }
    });
    quote! {
        #[allow(clippy::type_complexity, reason = "a type parameter for each security scheme")]
        impl<#(#names),*> Credentials<#(#names),*> {
            #(#setters)*
        }
    }
}

//! Emits the constructors of a client: either `new`, which takes a credential, or the constructors that
//! the settings define.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::passes::{docs, ident, path};
use crate::{Constructor, Credentials};

/// The documentation of a constructor, unless the settings provide it.
const CLIENT: &str =
    "Creates a client for the production servers, with the default settings. Nothing is sent.";

/// The documentation of the function that returns a builder, unless the settings provide it.
const BUILDER: &str = "Returns a builder that can change the default settings.";

/// Returns the documentation of the errors from building a client.
fn setup(context: &Context<'_>) -> String {
    let kind = docs::error_kind(context.settings, "Setup");
    format!("{kind}: TLS can't be set up, e.g. because the system has no root certificates.")
}

/// Returns the documentation of the errors from creating an authenticator.
fn fallible(context: &Context<'_>) -> String {
    let kind = docs::error_kind(context.settings, "InvalidArgument");
    format!("{kind}: an argument isn't valid. The error contains its name, but not its value.")
}

/// Emits the constructors of a client without an authenticator.
pub(super) fn around_a_credential(context: &Context<'_>) -> Option<TokenStream> {
    let client = docs::as_written(&format!("{CLIENT}\n\n# Errors\n\n{}", setup(context)));
    let builder = docs::as_written(BUILDER);
    context.settings.authenticator.is_none().then(|| {
        quote! {
            #client
            pub fn new(credential: K) -> Result<Self, Error> {
                Self::builder(credential).build()
            }
            #builder
            pub fn builder(credential: K) -> ClientBuilder<K> {
                ClientBuilder::around(credential)
            }
            /// Returns the credential that the client holds.
            #[must_use]
            pub fn credential(&self) -> &K {
                self.core.authenticator()
            }
        }
    })
}

/// Emits the constructors that the settings define. They are in the client's file, so that rustc
/// shows them as `Client::<K>::new` in its messages.
pub(super) fn of_the_settings(context: &Context<'_>) -> TokenStream {
    let pairs = context.settings.constructors.iter().map(|it| pair(context, it));
    quote!(#(#pairs)*)
}

fn pair(context: &Context<'_>, constructor: &Constructor) -> TokenStream {
    let (name, builder) = (ident(&constructor.name), ident(&constructor.builder));
    let authenticator = path(&constructor.authenticator);
    let (fallible, setup) = (fallible(context), setup(context));
    let (client_text, builder_text) = match constructor.fallible {
        true => (
            format!("{CLIENT}\n\n# Errors\n\n* {fallible}\n* {setup}"),
            format!("{BUILDER}\n\n# Errors\n\n{fallible}"),
        ),
        false => (format!("{CLIENT}\n\n# Errors\n\n{setup}"), BUILDER.to_owned()),
    };
    let documentation = documentation_or(&constructor.documentation, &client_text);
    let builder_documentation = documentation_or(&constructor.builder_documentation, &builder_text);
    let names: Vec<_> = constructor.arguments.iter().map(|(name, _)| ident(name)).collect();
    let types: Vec<_> = constructor.arguments.iter().map(|(_, ty)| path(ty)).collect();
    let (generics, credential) = match &constructor.credentials {
        Credentials::Any => {
            let credential = path(&context.settings.credential_path());
            (quote!(<K: #credential>), quote!(K))
        }
        Credentials::Bound(bound) => {
            let bound = path(bound);
            (quote!(<K: #bound>), quote!(K))
        }
        Credentials::Type(ty) => (quote!(), path(ty)),
    };
    let built = quote!(ClientBuilder<#credential>);
    let held = quote!(#authenticator(#(#names),*));
    let (mark, returned, body) = if constructor.fallible {
        (quote!(?), quote!(Result<#built, Error>), quote!(#held.map(ClientBuilder::around)))
    } else {
        (quote!(), built, quote!(ClientBuilder::around(#held)))
    };
    quote! {
        impl #generics Client<#credential> {
            #documentation
            pub fn #name(#(#names: #types),*) -> Result<Self, Error> {
                Self::#builder(#(#names),*)#mark.build()
            }
            #builder_documentation
            pub fn #builder(#(#names: #types),*) -> #returned {
                #body
            }
        }
    }
}

fn documentation_or(text: &str, default: &str) -> TokenStream {
    docs::as_written(if text.trim().is_empty() { default } else { text.trim() })
}

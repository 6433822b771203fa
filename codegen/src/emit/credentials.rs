//! Emits the `credentials`, `requirements`, `scopes` and `clients` modules, unless the settings
//! name hand-written credentials.

mod clients;
mod combined;
mod newtypes;
mod requirements;
mod scopes;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::lower::credentials::{Generated, GeneratedScheme};
use crate::passes::{docs, ident};

/// The modules, sorted by name.
pub(crate) const MODULES: &[&str] = &["clients", "credentials", "requirements", "scopes"];

/// Emits the files, each with its path. Returns an empty list if the credentials are hand-written.
pub(crate) fn files(context: &Context<'_>) -> Vec<(String, TokenStream)> {
    let Some(generated) = context.generated else { return Vec::new() };
    let files = [
        ("clients.rs", clients::file(context, generated)),
        ("credentials/mod.rs", root(context, generated)),
        ("credentials/combined.rs", combined::file(context, generated)),
        ("requirements.rs", requirements::file(context, generated)),
        ("scopes.rs", scopes::file(context, generated)),
    ];
    let newtypes = generated.schemes.iter().map(|scheme| {
        (format!("credentials/{}.rs", scheme.module()), newtypes::file(context, scheme))
    });
    files.into_iter().map(|(name, tokens)| (name.to_owned(), tokens)).chain(newtypes).collect()
}

/// Emits the trait that `Credentials` implements, the traits for its slots, and the private module
/// that seals these traits.
fn root(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let (title, runtime) = (&context.model.title, &context.runtime);
    let documentation = docs::inner(&format!(
        "The credentials of {title}: a type for each security scheme, and `Credentials`, which combines them."
    ));
    let modules: Vec<_> = generated.schemes.iter().map(|it| ident(&it.module())).collect();
    let names = generated.schemes.iter().map(|scheme| ident(&scheme.ident));
    let credential = combined::credential(context, generated);
    let has_scopes = generated.schemes.iter().any(|scheme| !scheme.scopes.is_empty());
    let scoped = has_scopes.then(|| {
        quote! {
            /// A slot for a credential with scopes: [`Unset`], or the credential of the security
            /// scheme `X`. No other type implements this trait.
            pub trait ScopedSlot<X>: Slot<X> {
                /// Whether the credential declares the scope.
                type Declares<S: #runtime::logic::Scope<X>>: #runtime::logic::Bool;
            }
            impl<X> ScopedSlot<X> for Unset {
                type Declares<S: #runtime::logic::Scope<X>> = #runtime::logic::No;
            }
        }
    });
    quote! {
        #documentation
        mod combined;
        #(mod #modules;)*
        pub use #runtime::credential::Unset;
        pub use self::combined::Credentials;
        #(pub use self::#modules::#names;)*
        #credential
        /// A slot for a credential: [`Unset`], or the credential of the security scheme `X`. No
        /// other type implements this trait.
        pub trait Slot<X>: sealed::Sealed + #runtime::credential::Part {
            /// Whether the slot has a credential.
            type Set: #runtime::logic::Bool;
        }
        impl sealed::Sealed for Unset {}
        impl<X> Slot<X> for Unset {
            type Set = #runtime::logic::No;
        }
        #scoped
        mod sealed {
            //! Seals the traits: only types of this module implement them, so no other type can
            //! pose as a credential.

            pub trait Sealed {}
        }
    }
}

/// Returns `<S: Scopes<Token>>` for a scheme with scopes, and nothing for any other scheme.
fn scheme_generics(context: &Context<'_>, scheme: &GeneratedScheme) -> Option<TokenStream> {
    let (runtime, name) = (&context.runtime, scheme_path(context, scheme));
    (!scheme.scopes.is_empty()).then(|| quote!(<S: #runtime::logic::Scopes<#name>>))
}

/// Returns `Token<S>` for a scheme with scopes, and e.g. `ApiKey` for any other scheme.
fn scheme_type(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let name = scheme_path(context, scheme);
    match scheme.scopes.is_empty() {
        true => name,
        false => quote!(#name<S>),
    }
}

/// Returns the type of a scheme's credential. The type identifies the scheme in bounds.
fn scheme_path(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let (root, name) = (&context.module, ident(&scheme.ident));
    quote!(#root::credentials::#name)
}

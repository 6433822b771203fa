//! Emits `client.rs`: the client and its builder, as thin wrappers around the runtime's types, so
//! that generated code can add accessors.

mod builder;
mod constructors;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::Settings;
use crate::passes::{docs, path};

/// The methods that the client always has, including those of its traits.
pub(crate) const METHODS: &[&str] = &["clone", "clone_from", "fmt", "origin", "with_origin"];

/// The methods that the client has unless the settings name an authenticator.
const CONSTRUCTORS: &[&str] = &["builder", "credential", "new"];

/// Returns the methods that the client has with these settings, including those of its traits.
pub(crate) fn methods(settings: &Settings) -> impl Iterator<Item = &str> {
    let own = CONSTRUCTORS.iter().copied().filter(|_| settings.authenticator.is_none());
    let named = settings.constructors.iter().flat_map(|it| [it.name.as_str(), it.builder.as_str()]);
    METHODS.iter().copied().chain(own).chain(named)
}

/// Emits the file. It imports types and uses their short names, because rustc's messages show only
/// the first line of a constructor, and short names keep the arguments on that line. The names
/// can't clash, because the file uses no schema types, and paths from the settings are absolute.
pub(crate) fn file(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let documentation =
        docs::inner(&format!("The client for {} and its builder.", context.model.title));
    let (profile, client, builder) = (profile(context), client(context), builder::builder(context));
    let assertion = assertion(context);
    quote! {
        #documentation
        use ::std::fmt;
        use ::std::time::Duration;
        use #runtime::Error;
        #profile
        #client
        #builder
        #assertion
    }
}

/// Emits a bound that isn't met if the credential can't authenticate. rustc checks the headers of
/// `impl` blocks before method bodies. Without the bound, each method body would cause an error
/// without an explanation.
fn assertion(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (credential, authenticator) = (&context.settings.credential_path(), authenticator(context));
    let condition = match &context.settings.authenticator {
        None => format!("`{credential}` requires the runtime's `Authenticate`"),
        Some(authenticator) => format!(
            "`{authenticator}` implements the runtime's `Authenticate` for every credential"
        ),
    };
    let about = docs::comment(&format!(
        "Compiles only if {condition}. Otherwise, rustc reports the unmet bound before the errors that follow from it."
    ));
    let credential = path(credential);
    quote! {
        #about
        #[allow(dead_code, reason = "the bound is checked where the trait is implemented")]
        trait EveryCredentialAuthenticates: #runtime::Authenticate {}
        impl<K: #credential> EveryCredentialAuthenticates for #authenticator {}
    }
}

/// Returns the type that authenticates: the credential, or the type from the settings that wraps
/// the credential.
fn authenticator(context: &Context<'_>) -> TokenStream {
    match &context.settings.authenticator {
        Some(authenticator) => {
            let authenticator = path(authenticator);
            quote!(#authenticator<K>)
        }
        None => quote!(K),
    }
}

/// Returns the profile of the client, or `None` if the settings name one.
fn profile(context: &Context<'_>) -> Option<TokenStream> {
    let runtime = &context.runtime;
    context.settings.profile.is_none().then(|| {
        quote! {
            static PROFILE: #runtime::Profile =
                #runtime::Profile::new(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
                    .package(env!("CARGO_PKG_NAME"))
                    .security_schemes(super::catalogue::SECURITY_SCHEMES);
        }
    })
}

fn client(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (credential, authenticator) =
        (path(&context.settings.credential_path()), authenticator(context));
    let about = docs::lines(&format!(
        "A client for {} that holds a credential of type `K`, which decides what it can call.\n\n\
         A clone is cheap and shares the connections: create one client and clone it. `Debug` doesn't\n\
         show secrets.",
        context.model.title
    ));
    let named = constructors::of_the_settings(context);
    let constructors = constructors::around_a_credential(context);
    let with_origin = docs::as_written(&format!(
        "Returns this client, set up to send all requests to one origin; see \
         [`ClientBuilder::origin`].\n\n\
         # Errors\n\n\
         {}: `origin` doesn't have the form `http(s)://host[:port]`, or the credential may not be sent there.",
        docs::error_kind(context.settings, "InvalidOrigin")
    ));
    quote! {
        #about
        pub struct Client<K> {
            pub(crate) core: #runtime::ClientCore<#authenticator>,
        }
        #named
        impl<K: #credential> Client<K> {
            #constructors
            /// Returns the origin that all requests are sent to, if one is set.
            #[must_use]
            pub fn origin(&self) -> Option<&str> {
                self.core.origin()
            }
            #with_origin
            pub fn with_origin(self, origin: &str) -> Result<Self, Error> {
                Ok(Self { core: self.core.with_origin(origin)? })
            }
        }
        impl<K> Clone for Client<K> {
            fn clone(&self) -> Self {
                Self { core: self.core.clone() }
            }
        }
        impl<K: #credential> fmt::Debug for Client<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.core, f)
            }
        }
    }
}

#[cfg(test)]
mod tests;

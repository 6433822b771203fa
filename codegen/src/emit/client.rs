//! `client.rs`: the client and its builder, as thin types around the runtime's, so that accessors can be added to them.

mod builder;
mod constructors;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::Settings;
use crate::passes::{docs, path};

/// Methods of the client that are always written, also those of its traits.
pub(crate) const METHODS: &[&str] = &["clone", "clone_from", "fmt", "origin", "with_origin"];

/// Methods of the client that are written unless the settings name an authenticator.
const CONSTRUCTORS: &[&str] = &["builder", "credential", "new"];

/// The methods of the client that are written with these settings, also those of its traits.
pub(crate) fn methods(settings: &Settings) -> impl Iterator<Item = &str> {
    let own = CONSTRUCTORS.iter().copied().filter(|_| settings.authenticator.is_none());
    let named = settings.constructors.iter().flat_map(|it| [it.name.as_str(), it.builder.as_str()]);
    METHODS.iter().copied().chain(own).chain(named)
}

/// No schema is in this file and paths of the settings are whole, so short names are safe here. rustc shows a constructor in
/// messages, but only its first line: short names keep its arguments on it.
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

/// A bound that fails where what authenticates doesn't: rustc checks the headers of `impl` blocks before the bodies of
/// methods, of which each would fail otherwise, and none say why.
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
        "Compiles only if {condition}. rustc reports this before the errors that follow from it."
    ));
    let credential = path(credential);
    quote! {
        #about
        #[allow(dead_code, reason = "its bound is checked where it is implemented")]
        trait EveryCredentialAuthenticates: #runtime::Authenticate {}
        impl<K: #credential> EveryCredentialAuthenticates for #authenticator {}
    }
}

/// What authenticates: the credential, or the settings' type around it.
fn authenticator(context: &Context<'_>) -> TokenStream {
    match &context.settings.authenticator {
        Some(authenticator) => {
            let authenticator = path(authenticator);
            quote!(#authenticator<K>)
        }
        None => quote!(K),
    }
}

/// The profile that a client has if the settings name none.
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
         A clone is cheap and shares the connections: create one client and clone it. `Debug` shows\n\
         no secret.",
        context.model.title
    ));
    let named = constructors::of_the_settings(context);
    let constructors = constructors::around_a_credential(context);
    let with_origin = docs::as_written(&format!(
        "Returns this client with all requests sent to one origin; see [`ClientBuilder::origin`].\n\n\
         # Errors\n\n\
         {}: `origin` isn't of the form `http(s)://host[:port]`, or the credential may not be sent there.",
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
            /// Returns the origin that everything is sent to, if one was set.
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

//! Emits the constructors of a credential: from text, or from what its scheme requires.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Way, tokens};
use crate::emit::Context;
use crate::emit::credentials::scheme_path;
use crate::lower::credentials::GeneratedScheme;
use crate::passes::docs;

/// Returns the bound for constructors. The bound is on each function and not on the `impl` block,
/// because rustc then explains an unmet bound better.
pub(super) fn bound(context: &Context<'_>, scheme: &GeneratedScheme) -> Option<TokenStream> {
    let (runtime, name) = (&context.runtime, scheme_path(context, scheme));
    (!scheme.scopes.is_empty()).then(|| quote!(where S: #runtime::logic::Scopes<#name>))
}

pub(super) fn constructors(
    context: &Context<'_>,
    scheme: &GeneratedScheme,
    way: &Way<'_>,
) -> TokenStream {
    match way {
        Way::Key(place) => key(context, scheme, place),
        Way::Basic => basic(context, scheme),
        Way::Token => tokens::constructors(context, scheme),
        Way::Http(name) => http(context, name),
        Way::Certificate => certificate(context),
    }
}

fn key(context: &Context<'_>, scheme: &GeneratedScheme, place: &TokenStream) -> TokenStream {
    let bound = bound(context, scheme);
    let (runtime, text) = (&context.runtime, &scheme.ident);
    let (invalid, missing) =
        (error(context, "InvalidArgument"), error(context, "MissingCredential"));
    let new = docs::as_written(&format!(
        "Wraps the secret text. Whitespace around it is removed.\n\n# Errors\n\n{invalid}: the \
         text is empty, or contains a character \
         that can't be sent."
    ));
    let from_env = docs::as_written(&format!(
        "Reads the secret text from an environment variable.\n\n# Errors\n\n* {missing}: the variable isn't set.\n* \
         {invalid}: its value is empty, or contains a character that can't be sent."
    ));
    quote! {
        #new
        pub fn new(
            text: impl ::std::convert::Into<#runtime::SecretText>,
        ) -> ::std::result::Result<Self, #runtime::Error> #bound {
            #runtime::credential::Key::new(#text, #place, text).map(Self::of)
        }
        #from_env
        pub fn from_env(variable: &str) -> ::std::result::Result<Self, #runtime::Error> #bound {
            #runtime::credential::Key::from_env(#text, #place, variable).map(Self::of)
        }
        /// Returns the secret. Don't print it, and don't store it where others can read it.
        #[must_use]
        pub fn expose_secret(&self) -> &str {
            self.0.expose_secret()
        }
    }
}

fn basic(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let (runtime, text) = (&context.runtime, &scheme.ident);
    let (invalid, missing) =
        (error(context, "InvalidArgument"), error(context, "MissingCredential"));
    let new = docs::as_written(&format!(
        "Wraps a user name and a password. One of them may be empty.\n\n# Errors\n\n{invalid}: both are empty, the user name contains a \
         colon, or one of them contains a control character."
    ));
    let from_env = docs::as_written(&format!(
        "Reads the user name and the password from environment variables.\n\n# Errors\n\n* \
         {missing}: a variable isn't set.\n* {invalid}: a value \
         can't be sent."
    ));
    quote! {
        #new
        pub fn new(
            user: impl ::std::convert::Into<#runtime::SecretText>,
            password: impl ::std::convert::Into<#runtime::SecretText>,
        ) -> ::std::result::Result<Self, #runtime::Error> {
            #runtime::credential::Basic::new(#text, user, password).map(Self::of)
        }
        #from_env
        pub fn from_env(user: &str, password: &str) -> ::std::result::Result<Self, #runtime::Error> {
            #runtime::credential::Basic::from_env(#text, user, password).map(Self::of)
        }
        /// Returns the user name.
        #[must_use]
        pub fn user(&self) -> &str {
            self.0.user()
        }
        /// Returns the password. Don't print it, and don't store it where others can read it.
        #[must_use]
        pub fn expose_secret(&self) -> &str {
            self.0.expose_secret()
        }
    }
}

fn http(context: &Context<'_>, scheme: &str) -> TokenStream {
    let runtime = &context.runtime;
    let about = docs::as_written(&docs::wrapped(&format!(
        "Wraps a source of `Authorization` headers for the `{scheme}` scheme."
    )));
    quote! {
        #about
        pub fn new(authorization: impl #runtime::credential::Authorization) -> Self {
            Self::of(#runtime::credential::HttpScheme::new(authorization))
        }
    }
}

fn certificate(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    quote! {
        /// Declares that the connection presents the client certificate. Set up the certificate
        /// with `ClientBuilder::configure_http`, or use a transport that presents it. The program
        /// makes this declaration itself, and the server checks the certificate.
        #[must_use]
        pub fn presented() -> Self {
            Self::of(#runtime::credential::Certificate::presented())
        }
    }
}

pub(super) fn error(context: &Context<'_>, kind: &str) -> String {
    docs::error_kind(context.settings, kind)
}

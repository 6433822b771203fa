//! Emits the constructors of a token: from text, from a source, or through an OAuth 2 flow.

use proc_macro2::TokenStream;
use quote::quote;

use super::constructors::{bound, error};
use crate::emit::Context;
use crate::emit::credentials::scheme_path;
use crate::lower::credentials::GeneratedScheme;
use crate::model::SchemeKind;
use crate::passes::{docs, ident};

pub(super) fn constructors(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let bound = bound(context, scheme);
    let (runtime, text) = (&context.runtime, &scheme.ident);
    let (invalid, missing) =
        (error(context, "InvalidArgument"), error(context, "MissingCredential"));
    let new = docs::as_written(&format!(
        "Wraps a token that the program already has. Whitespace around it is removed.\n\n# \
         Errors\n\n{invalid}: the text is empty, or contains a character that isn't allowed in a \
         token."
    ));
    let from_env = docs::as_written(&format!(
        "Reads a token from an environment variable.\n\n# Errors\n\n* {missing}: the variable isn't set.\n* {invalid}: its \
               value isn't a token."
    ));
    let (flows, from_source) = match scheme.kind {
        SchemeKind::Http { .. } => (
            None,
            "Uses tokens from a source, e.g. a callback that returns a new one when the last has expired.",
        ),
        _ => (
            Some(flows(context, scheme)),
            "Uses tokens from a source: another flow, a flow with more settings, or a callback.",
        ),
    };
    let from_source = docs::as_written(from_source);
    quote! {
        #new
        pub fn new(
            token: impl ::std::convert::Into<#runtime::SecretText>,
        ) -> ::std::result::Result<Self, #runtime::Error> #bound {
            ::std::result::Result::Ok(Self::of(#runtime::token::TokenSource::fixed(token.into().expose_secret().trim())?))
        }
        #from_env
        pub fn from_env(variable: &str) -> ::std::result::Result<Self, #runtime::Error> #bound {
            #runtime::generated::token_from_env(#text, variable).map(Self::of)
        }
        #from_source
        #[must_use]
        pub fn from_source(source: #runtime::token::TokenSource) -> Self #bound {
            Self::of(source)
        }
        #flows
    }
}

/// Emits constructors for the client credentials and refresh token flows, which request the
/// declared scopes. The token URL comes from the document or from the caller.
fn flows(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let (runtime, name) = (&context.runtime, scheme_path(context, scheme));
    let scopes =
        (!scheme.scopes.is_empty()).then(|| quote!(.scopes(#runtime::logic::names::<#name, S>())));
    let requested = if scopes.is_some() { ", with the scopes that `S` declares" } else { "" };
    let client_credentials = flow(
        context,
        scheme,
        &Flow {
            function: "client_credentials",
            arguments: ["client_id", "client_secret"],
            url: scheme.token_url.as_deref(),
            about: format!("Requests tokens with client credentials{requested}."),
            more: String::new(),
            login: quote! {
                #runtime::token::ClientCredentials::new(token_url, client_id, client_secret) #scopes
            },
        },
    );
    let refresh_token = flow(
        context,
        scheme,
        &Flow {
            function: "refresh_token",
            arguments: ["client_id", "refresh_token"],
            url: scheme.refresh_url.as_deref(),
            about: format!("Requests tokens with a refresh token{requested}."),
            more: format!(
                " If the server replaces refresh tokens, use [`from_source`](Self::from_source) with \
                 [`RefreshToken::on_rotation`]({}) to store the new one.",
                runtime_path(context, "token::RefreshToken::on_rotation")
            ),
            login: quote! {
                #runtime::token::RefreshToken::new(token_url, client_id, refresh_token) #scopes
            },
        },
    );
    quote!(#client_credentials #refresh_token)
}

/// A flow as a pair of constructors: one that uses the document's URL, if the document has a URL,
/// and one that takes a URL.
struct Flow<'a> {
    /// The name of the constructor.
    function: &'a str,
    arguments: [&'a str; 2],
    url: Option<&'a str>,
    about: String,
    more: String,
    /// The login expression that is passed to `TokenSource`. It uses the constructor's arguments.
    login: TokenStream,
}

fn flow(context: &Context<'_>, scheme: &GeneratedScheme, flow: &Flow<'_>) -> TokenStream {
    let bound = bound(context, scheme);
    let runtime = &context.runtime;
    let invalid = error(context, "InvalidArgument");
    let Flow { function, arguments, url, about, more, login } = flow;
    let at = format!("{function}_at");
    let name = ident(function);
    let (function_at, arguments) = (ident(&at), arguments.map(ident));
    let lazy = format!("Nothing is sent until a call needs a token. Clones share the token.{more}");
    let with_url = url.map(|url| {
        let documentation = docs::as_written(&docs::wrapped(&format!(
            "{about} The tokens come from `{url}`; use [`{at}`](Self::{at}) for a test server.\n\n{lazy}\n\n# \
             Errors\n\n{invalid}: an argument is empty or can't be sent."
        )));
        quote! {
            #documentation
            pub fn #name(
                #(#arguments: impl ::std::convert::Into<::std::string::String>),*
            ) -> ::std::result::Result<Self, #runtime::Error> #bound {
                Self::#function_at(#url, #(#arguments),*)
            }
        }
    });
    let documentation = docs::as_written(&docs::wrapped(&format!(
        "{about} `token_url` must use https, or http to this machine.\n\n{lazy}\n\n# \
         Errors\n\n{invalid}: the URL can't be \
         used, or another argument is empty or can't be sent."
    )));
    quote! {
        #with_url
        #documentation
        pub fn #function_at(
            token_url: impl ::std::convert::Into<::std::string::String>,
            #(#arguments: impl ::std::convert::Into<::std::string::String>),*
        ) -> ::std::result::Result<Self, #runtime::Error> #bound {
            let login = #login;
            ::std::result::Result::Ok(Self::of(#runtime::token::TokenSource::#name(login)?))
        }
    }
}

fn runtime_path(context: &Context<'_>, path: &str) -> String {
    format!("{}::{path}", context.settings.runtime.trim_start_matches("::"))
}

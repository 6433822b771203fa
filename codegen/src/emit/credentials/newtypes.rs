//! The type of a security scheme's credential: secret, redacted, wiped, and not comparable with any other.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, scheme_generics, scheme_path};
use crate::lower::credentials::GeneratedScheme;
use crate::model::{KeyLocation, SchemeKind};
use crate::names;
use crate::passes::{docs, ident};

/// Which type of the runtime a newtype wraps.
enum Way<'a> {
    /// `Key`, and the place that it is sent in.
    Key(TokenStream),
    Basic,
    /// `TokenSource`
    Token,
    /// `HttpScheme`, with the name of the scheme.
    Http(&'a str),
    Certificate,
}

fn way<'a>(context: &Context<'_>, kind: &'a SchemeKind) -> Way<'a> {
    let runtime = &context.runtime;
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                KeyLocation::Header => quote!(Header),
                KeyLocation::Query => quote!(Query),
                KeyLocation::Cookie => quote!(Cookie),
            };
            Way::Key(quote!(#runtime::credential::Place::#location(#name)))
        }
        SchemeKind::Http { scheme } => match scheme.as_str() {
            "basic" => Way::Basic,
            "bearer" => Way::Token,
            other => Way::Http(other),
        },
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => Way::Token,
        SchemeKind::MutualTls => Way::Certificate,
    }
}

pub(super) fn file(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let documentation =
        docs::inner(&format!("The credential of the security scheme `{}`.", scheme.name));
    let root = &context.module;
    let way = way(context, &scheme.kind);
    let runtime = &context.runtime;
    let (name, text) = (ident(&scheme.ident), &scheme.ident);
    let (generics, ty) = (scheme_generics(context, scheme), local_type(scheme));
    let has_scopes = !scheme.scopes.is_empty();
    let inner = match way {
        Way::Key(_) => quote!(#runtime::credential::Key),
        Way::Basic => quote!(#runtime::credential::Basic),
        Way::Token => quote!(#runtime::token::TokenSource),
        Way::Http(_) => quote!(#runtime::credential::HttpScheme),
        Way::Certificate => quote!(#runtime::credential::Certificate),
    };
    let about = docs::lines(&about(scheme));
    let (definition, value) = match has_scopes {
        true => (
            quote!(pub struct #name<S = ()>(#inner, ::std::marker::PhantomData<fn() -> S>);),
            quote!(Self(inner, ::std::marker::PhantomData)),
        ),
        false => (quote!(pub struct #name(#inner);), quote!(Self(inner))),
    };
    let (clone_generics, clone_ty) = match has_scopes {
        true => (Some(quote!(<S>)), quote!(#name<S>)),
        false => (None, quote!(#name)),
    };
    let clone_value = match has_scopes {
        true => quote!(Self(self.0.clone(), ::std::marker::PhantomData)),
        false => quote!(Self(self.0.clone())),
    };
    let constructors = constructors(context, scheme, &way);
    let shown = format!("{text}(…)");
    let slot = slot(context, scheme);
    let part = part(context, scheme, &way);
    quote! {
        #documentation
        #about
        #definition
        impl #clone_generics #ty {
            #constructors
            fn of(inner: #inner) -> Self {
                #value
            }
        }
        impl #clone_generics ::std::clone::Clone for #clone_ty {
            fn clone(&self) -> Self {
                #clone_value
            }
        }
        /// Shows nothing of the secret.
        impl #clone_generics ::std::fmt::Debug for #clone_ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#shown)
            }
        }
        #part
        impl #generics #root::credentials::sealed::Sealed for #ty {}
        #slot
    }
}

/// `Token<S>`, or `ApiKey`, in the file that defines it.
fn local_type(scheme: &GeneratedScheme) -> TokenStream {
    let name = ident(&scheme.ident);
    match scheme.scopes.is_empty() {
        true => quote!(#name),
        false => quote!(#name<S>),
    }
}

fn about(scheme: &GeneratedScheme) -> String {
    let what = match &scheme.kind {
        SchemeKind::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!("secret text in the {place} `{name}`")
        }
        SchemeKind::Http { scheme } => match scheme.as_str() {
            "basic" => "a user name and a password".to_owned(),
            "bearer" => "a bearer token".to_owned(),
            other => format!("the scheme `{other}` of the `Authorization` header"),
        },
        SchemeKind::OAuth2 => "an OAuth 2 token".to_owned(),
        SchemeKind::OpenIdConnect => "an OpenID Connect token".to_owned(),
        SchemeKind::MutualTls => "a client certificate".to_owned(),
    };
    let mut text = format!("The credential of the security scheme `{}`: {what}.", scheme.name);
    if !scheme.scopes.is_empty() {
        text.push_str(
            "\n\n`S` declares its scopes, with `scopes!`. The declaration is a claim of the program: the compiler checks \
             calls against it, and the server decides what the credential may do.",
        );
    }
    if !scheme.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(&scheme.description);
    }
    text
}

/// How a credential is made in an example. `None` for those that take more than a line.
pub(super) fn example(scheme: &GeneratedScheme) -> Option<String> {
    let GeneratedScheme { ident, kind, .. } = scheme;
    let ty = if scheme.scopes.is_empty() { ident.clone() } else { format!("{ident}::<()>") };
    let variable = names::constant(ident);
    match kind {
        SchemeKind::Http { scheme } if scheme == "basic" => {
            Some(format!("{ty}::from_env(\"{variable}_USER\", \"{variable}_PASSWORD\")?"))
        }
        SchemeKind::Http { scheme } if scheme != "bearer" => None,
        SchemeKind::MutualTls => None,
        _ => Some(format!("{ty}::from_env(\"{variable}\")?")),
    }
}

/// The bound of constructors, where the compiler explains it better than on their `impl`.
fn bound(context: &Context<'_>, scheme: &GeneratedScheme) -> Option<TokenStream> {
    let (runtime, name) = (&context.runtime, scheme_path(context, scheme));
    (!scheme.scopes.is_empty()).then(|| quote!(where S: #runtime::logic::Scopes<#name>))
}

fn constructors(context: &Context<'_>, scheme: &GeneratedScheme, way: &Way<'_>) -> TokenStream {
    match way {
        Way::Key(place) => key(context, scheme, place),
        Way::Basic => basic(context, scheme),
        Way::Token => token(context, scheme),
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
        "Wraps the secret text. Whitespace around it is removed.\n\n# Errors\n\n{invalid}: it is empty, or has a character \
         that can't be sent."
    ));
    let from_env = docs::as_written(&format!(
        "Reads the secret text from an environment variable.\n\n# Errors\n\n* {missing}: the variable isn't set.\n* \
         {invalid}: its content is empty, or has a character that can't be sent."
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
        "Wraps a user name and a password. One of them may be empty.\n\n# Errors\n\n{invalid}: both are empty, the user name has a \
         colon, or one of them a control character."
    ));
    let from_env = docs::as_written(&format!(
        "Reads both from environment variables.\n\n# Errors\n\n* {missing}: a variable isn't set.\n* {invalid}: its content \
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

fn token(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let bound = bound(context, scheme);
    let (runtime, text) = (&context.runtime, &scheme.ident);
    let (invalid, missing) =
        (error(context, "InvalidArgument"), error(context, "MissingCredential"));
    let new = docs::as_written(&format!(
        "Wraps a token that the program already has. Whitespace around it is removed.\n\n# Errors\n\n{invalid}: it is empty, or has a character that a token \
         can't have."
    ));
    let from_env = docs::as_written(&format!(
        "Reads a token from an environment variable.\n\n# Errors\n\n* {missing}: the variable isn't set.\n* {invalid}: its \
         content isn't a token."
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

/// The flows in which a program gets tokens by itself, at the URLs of the document or another one. The declared scopes are
/// requested.
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
            about: format!("Requests tokens by client credentials{requested}."),
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

/// A flow as a pair of constructors: one with the document's URL, if it has one, and one with any URL.
struct Flow<'a> {
    /// The constructor, and the function of `TokenSource`.
    function: &'a str,
    arguments: [&'a str; 2],
    url: Option<&'a str>,
    about: String,
    more: String,
    /// What `TokenSource` takes, made of `token_url` and the arguments.
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
    let lazy = format!("Nothing is sent until a call needs a token; clones share it.{more}");
    let with_url = url.map(|url| {
        let documentation = docs::as_written(&docs::wrapped(&format!(
            "{about} They come from `{url}`; use [`{at}`](Self::{at}) for a test server.\n\n{lazy}\n\n# \
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
        "{about} `token_url` uses https, or http to this machine.\n\n{lazy}\n\n# Errors\n\n{invalid}: the URL can't be \
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

fn http(context: &Context<'_>, scheme: &str) -> TokenStream {
    let runtime = &context.runtime;
    let about = docs::as_written(&docs::wrapped(&format!(
        "Wraps what makes the `Authorization` header for the scheme `{scheme}`."
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
        /// Declares that the connection presents the client certificate: set it up with `ClientBuilder::configure_http`, or use
        /// a transport that has it. The declaration is a claim of the program, which the server checks.
        #[must_use]
        pub fn presented() -> Self {
            Self::of(#runtime::credential::Certificate::presented())
        }
    }
}

/// What the runtime does with the credential.
fn part(context: &Context<'_>, scheme: &GeneratedScheme, way: &Way<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let (name, text, document) = (scheme_path(context, scheme), &scheme.ident, &scheme.name);
    let (generics, ty) = (scheme_generics(context, scheme), local_type(scheme));
    let scopes = (!scheme.scopes.is_empty())
        .then(|| quote!(&& #runtime::logic::declares::<#name, S>(required.scopes)));
    let (request, add) = match way {
        Way::Key(_) | Way::Basic => {
            (quote!(request), quote!(#runtime::Eventually::Now(self.0.add(request))))
        }
        Way::Token | Way::Http(_) => (quote!(request), quote!(self.0.add(request))),
        Way::Certificate => {
            (quote!(_), quote!(#runtime::Eventually::Now(::std::result::Result::Ok(()))))
        }
    };
    let is_last = matches!(way, Way::Http(_)).then(|| {
        quote! {
            fn is_last(&self) -> bool {
                true
            }
        }
    });
    let (redactor, redact) = match way {
        Way::Certificate => (quote!(_), quote!()),
        _ => (quote!(redactor), quote!(self.0.redact(redactor);)),
    };
    let rejected = matches!(way, Way::Token).then(|| {
        quote! {
            fn rejected(&self) {
                self.0.rejected();
            }
        }
    });
    quote! {
        impl #generics #runtime::credential::Part for #ty {
            fn name(&self) -> ::std::option::Option<&'static str> {
                ::std::option::Option::Some(#text)
            }
            fn holds(&self, required: &#runtime::RequiredScheme) -> bool {
                required.name == #document #scopes
            }
            #is_last
            fn add<'a>(
                &'a self,
                #request: &'a mut #runtime::Outgoing<'_>,
            ) -> #runtime::Eventually<'a, ::std::result::Result<(), #runtime::Error>> {
                #add
            }
            fn redact(&self, #redactor: &mut #runtime::Redactor) {
                #redact
            }
            #rejected
        }
    }
}

/// The places that the credential may be in.
fn slot(context: &Context<'_>, scheme: &GeneratedScheme) -> TokenStream {
    let (runtime, root, name) = (&context.runtime, &context.module, scheme_path(context, scheme));
    let (generics, ty) = (scheme_generics(context, scheme), local_type(scheme));
    let scoped = (!scheme.scopes.is_empty()).then(|| {
        quote! {
            impl #generics #root::credentials::ScopedSlot<#name> for #ty {
                type Declares<T: #runtime::logic::Scope<#name>> = #runtime::logic::Has<#name, S::List, T>;
            }
        }
    });
    quote! {
        impl #generics #root::credentials::Slot<#name> for #ty {
            type Set = #runtime::logic::Yes;
        }
        #scoped
    }
}

fn error(context: &Context<'_>, kind: &str) -> String {
    docs::error_kind(context.settings, kind)
}

//! Emits the type of a security scheme's credential. A credential is secret, redacted, wiped on
//! drop, and not comparable.

mod constructors;
mod tokens;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, scheme_generics, scheme_path};
use crate::lower::credentials::GeneratedScheme;
use crate::model::{KeyLocation, SchemeKind};
use crate::names;
use crate::passes::{docs, ident};

/// The runtime type that a newtype wraps.
enum Way<'a> {
    /// `Key`, with the place where it is sent.
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
        docs::inner(&format!("The credential of the `{}` security scheme.", scheme.name));
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
    // The bound on `S` is omitted, because it is needed only for reading the scopes.
    let unbound = has_scopes.then(|| quote!(<S>));
    let clone_value = match has_scopes {
        true => quote!(Self(self.0.clone(), ::std::marker::PhantomData)),
        false => quote!(Self(self.0.clone())),
    };
    let constructors = constructors::constructors(context, scheme, &way);
    let shown = format!("{text}(…)");
    let slot = slot(context, scheme);
    let part = part(context, scheme, &way);
    quote! {
        #documentation
        #about
        #definition
        impl #unbound #ty {
            #constructors
            fn of(inner: #inner) -> Self {
                #value
            }
        }
        impl #unbound ::std::clone::Clone for #ty {
            fn clone(&self) -> Self {
                #clone_value
            }
        }
        /// Doesn't show the secret.
        impl #unbound ::std::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#shown)
            }
        }
        #part
        impl #generics #root::credentials::sealed::Sealed for #ty {}
        #slot
    }
}

/// Returns `Token<S>` or e.g. `ApiKey`, for use in the file that defines the type.
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
            format!("secret text in the `{name}` {place}")
        }
        SchemeKind::Http { scheme } => match scheme.as_str() {
            "basic" => "a user name and a password".to_owned(),
            "bearer" => "a bearer token".to_owned(),
            other => format!("the `{other}` scheme in the `Authorization` header"),
        },
        SchemeKind::OAuth2 => "an OAuth 2 token".to_owned(),
        SchemeKind::OpenIdConnect => "an OpenID Connect token".to_owned(),
        SchemeKind::MutualTls => "a client certificate".to_owned(),
    };
    let mut text = format!("The credential of the `{}` security scheme: {what}.", scheme.name);
    if !scheme.scopes.is_empty() {
        text.push_str(
            "\n\n`S` declares the scopes of the credential; define it with `scopes!`. The program makes \
             this declaration itself: the compiler checks calls against it, but the server decides \
             what the credential may do.",
        );
    }
    if !scheme.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(&scheme.description);
    }
    text
}

/// Returns code that creates a credential in an example, or `None` if the credential can't be read
/// from environment variables.
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

/// Emits the implementation of `Part`, through which the runtime uses the credential.
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

/// Emits the implementations of the slot traits, so that a slot can hold the credential.
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

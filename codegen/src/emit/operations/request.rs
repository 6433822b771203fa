//! How a call becomes a request: path, query, headers and body, in the order in which they are written.

use proc_macro2::TokenStream;
use quote::quote;

use super::body;
use super::plan::{Argument, Body, Plan, Source};
use crate::emit::Context;
use crate::model::Location;
use crate::passes::path as rust_path;
use crate::template::{self, Part};

pub(super) fn build(context: &Context<'_>, plan: &Plan<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let call = &plan.call;
    let check = check(context, plan);
    let path = path(plan);
    let parts = ordered(plan).filter_map(part);
    let body = body::step(context, plan);
    quote! {
        impl #runtime::generated::BuildRequest for #call {
            fn request(&mut self, request: #runtime::generated::RequestBuilder)
                -> ::std::result::Result<#runtime::Request, #runtime::Error> {
                #check
                request #path #(#parts)* #body .finish()
            }
        }
    }
}

/// What a function of the client's crate says of the body before it is sent.
pub(super) fn check(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let name = plan.operation.body.as_ref()?;
    let check = rust_path(context.settings.hooks.checks.get(name)?);
    if let Some(Body::Optional(_)) = plan.body {
        return Some(quote!(if let ::std::option::Option::Some(body) = &self.body {
            #check(body)?;
        }));
    }
    Some(match plan.body_may_be_missing() {
        true => quote!(self.body.check(#check)?;),
        false => quote!(#check(&self.body)?;),
    })
}

/// The parameters in the order in which they are sent.
fn ordered<'p, 'a>(plan: &'p Plan<'a>) -> impl Iterator<Item = &'p Argument<'a>> {
    plan.operation.sent_parameters().into_iter().filter_map(|parameter| {
        plan.fields()
            .find(|it| matches!(it.source, Source::Parameter(it) if std::ptr::eq(it, parameter)))
    })
}

/// The steps of the builder that write the path: fixed text as it is, a parameter where its name is in braces.
fn path(plan: &Plan<'_>) -> TokenStream {
    let mut steps = TokenStream::new();
    let mut fixed = String::new();
    for part in template::parts(&plan.operation.path) {
        match part {
            Part::Text(text) => fixed.push_str(text),
            Part::Parameter(name) => match parameter(plan, name) {
                Some(step) => {
                    let before = std::mem::take(&mut fixed);
                    steps.extend(quote!(.path(#before) #step));
                }
                None => fixed.push_str(&format!("{{{name}}}")),
            },
        }
    }
    if !fixed.is_empty() {
        steps.extend(quote!(.path(#fixed)));
    }
    steps
}

fn parameter(plan: &Plan<'_>, wire: &str) -> Option<TokenStream> {
    let argument = plan.fields().find(|it| {
        matches!(it.source, Source::Parameter(it) if it.location == Location::Path && it.name == wire)
    })?;
    let name = &argument.name;
    Some(match argument.is_optional_field() {
        true => quote!(.optional_segment(#wire, self.#name.as_ref())),
        false => quote!(.segment(#wire, &self.#name)),
    })
}

/// The step of the builder that writes a parameter outside of the path.
fn part(argument: &Argument<'_>) -> Option<TokenStream> {
    let Source::Parameter(parameter) = argument.source else { return None };
    let (name, wire) = (&argument.name, &parameter.name);
    if let Some(separator) = &parameter.separator {
        let value = match argument.is_optional_field() {
            true => quote!(self.#name.as_ref()),
            false => quote!(::std::option::Option::Some(&self.#name)),
        };
        return Some(quote!(.query_list(#wire, #separator, #value)));
    }
    match parameter.location {
        Location::Path => None,
        Location::Query => Some(quote!(.query(#wire, &self.#name))),
        Location::Header if argument.is_optional_field() => {
            Some(quote!(.optional_header(#wire, self.#name.as_ref())))
        }
        Location::Header => Some(quote!(.header(#wire, &self.#name))),
    }
}

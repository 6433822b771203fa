//! Emits the conversion of a call to a request: path, query, headers and body, in the order in which they are written.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Argument, Body, Plan, Source};
use super::{body, constraints};
use crate::emit::{Context, styles};
use crate::model::Location;
use crate::passes::{ident, path as rust_path};
use crate::template::{self, Part};

pub(super) fn build(context: &Context<'_>, plan: &Plan<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let call = &plan.call;
    let check = check(context, plan);
    let constraints = constraints::checks(context, plan);
    let path = path(context, plan);
    let parts = ordered(plan).filter_map(|argument| part(context, argument));
    let body = body::step(context, plan);
    quote! {
        impl #runtime::generated::BuildRequest for #call {
            fn request(&mut self, request: #runtime::generated::RequestBuilder)
                -> ::std::result::Result<#runtime::Request, #runtime::Error> {
                #constraints
                #check
                request #path #(#parts)* #body .finish()
            }
        }
    }
}

/// Emits the call to a hand-written function that checks the body before it is sent.
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

/// Returns the parameters in the order in which they are sent.
fn ordered<'p, 'a>(plan: &'p Plan<'a>) -> impl Iterator<Item = &'p Argument<'a>> {
    plan.operation.sent_parameters().into_iter().filter_map(|parameter| {
        plan.fields()
            .find(|it| matches!(it.source, Source::Parameter(it) if std::ptr::eq(it, parameter)))
    })
}

/// Returns the builder steps that write the path: fixed text unchanged, and a parameter for each
/// name in braces.
fn path(context: &Context<'_>, plan: &Plan<'_>) -> TokenStream {
    let mut steps = TokenStream::new();
    let mut fixed = String::new();
    for part in template::parts(&plan.operation.path) {
        match part {
            Part::Text(text) => fixed.push_str(text),
            Part::Parameter(name) => match parameter(context, plan, name) {
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

fn parameter(context: &Context<'_>, plan: &Plan<'_>, wire: &str) -> Option<TokenStream> {
    let argument = plan.fields().find(|it| {
        matches!(it.source, Source::Parameter(it) if it.location == Location::Path && it.name == wire)
    })?;
    let name = &argument.name;
    Some(match (in_style(context, argument), argument.is_optional_field()) {
        (Some(step), _) => step,
        (None, true) => quote!(.optional_segment(#wire, self.#name.as_ref())),
        (None, false) => quote!(.segment(#wire, &self.#name)),
    })
}

/// Returns the builder step that writes a parameter outside the path.
fn part(context: &Context<'_>, argument: &Argument<'_>) -> Option<TokenStream> {
    let Source::Parameter(parameter) = argument.source else { return None };
    let (name, wire) = (&argument.name, &parameter.name);
    match parameter.location {
        Location::Path => None,
        _ if !parameter.is_plain() => in_style(context, argument),
        Location::Query => Some(quote!(.query(#wire, &self.#name))),
        Location::Header if argument.is_optional_field() => {
            Some(quote!(.optional_header(#wire, self.#name.as_ref())))
        }
        Location::Header => Some(quote!(.header(#wire, &self.#name))),
        Location::Cookie => None,
    }
}

/// Returns the step that writes a parameter in its style, or `None` if there is a simpler step.
fn in_style(context: &Context<'_>, argument: &Argument<'_>) -> Option<TokenStream> {
    let Source::Parameter(parameter) = argument.source else { return None };
    if parameter.is_plain() {
        return None;
    }
    let step = ident(match parameter.location {
        Location::Path => "segment_as",
        Location::Query => "query_as",
        Location::Header => "header_as",
        Location::Cookie => "cookie_as",
    });
    let (name, wire, runtime) = (&argument.name, &parameter.name, &context.runtime);
    let style = styles::style(&quote!(#runtime::generated), parameter.style);
    let value = match argument.is_optional_field() {
        true => quote!(self.#name.as_ref()),
        false => quote!(::std::option::Option::Some(&self.#name)),
    };
    Some(quote!(.#step(#wire, #style, #value)))
}

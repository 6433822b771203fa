//! Emits the errors of an operation: an enum of the error bodies, if these have several types, and
//! a section of the documentation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::reasons::{reason, variant};
use crate::emit::{Context, choices};
use crate::model::{ErrorResponse, Group, Operation};
use crate::names;
use crate::passes::{docs, ident};

/// Returns the names of the error bodies' schemas.
fn bodies(operation: &Operation) -> BTreeSet<&str> {
    operation.errors.iter().filter_map(|error| error.body.as_deref()).collect()
}

/// Returns the name of the enum.
fn name(context: &Context<'_>, operation: &Operation) -> String {
    let name = format!("{}Error", operation.type_name.trim_end_matches('_'));
    let is_taken = context.model.groups.iter().any(|group| group.type_name == name)
        || context.model.operations().any(|it| choices::type_name(it).as_ref() == Some(&name));
    if is_taken { format!("{name}Body") } else { name }
}

/// Emits the enum, if the bodies have at least two types. A single type doesn't need an enum,
/// because `Error::body_as` reads a body of that type.
pub(super) fn definition(
    context: &Context<'_>,
    group: &Group,
    operation: &Operation,
) -> Option<TokenStream> {
    if bodies(operation).len() < 2 {
        return None;
    }
    let name = ident(&name(context, operation));
    let documentation = docs::as_written(&docs::wrapped(&format!(
        "The error bodies of [`{}::{}`], by status. {} returns them.",
        group.type_name,
        operation.function,
        method(context, "documented"),
    )));
    let variants = operation.errors.iter().filter_map(|error| {
        let ty = context.type_of(Some(error.body.as_ref()?));
        let documentation = docs::lines(&described(error));
        let variant = ident(&variant(&error.status));
        Some(quote!(#documentation #variant(#ty)))
    });
    let arms = arms(&operation.errors);
    let runtime = &context.runtime;
    let constant = ident(&names::constant(&operation.id));
    Some(quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
        impl #runtime::DocumentedError for #name {
            fn operation() -> &'static #runtime::Operation {
                &catalogue::#constant
            }
            fn read(body: #runtime::generated::ErrorBody<'_>) -> ::std::option::Option<Self> {
                match body.status() { #arms }
            }
        }
    })
}

/// Emits the match arms that read the body by status: exact statuses first, then ranges, then
/// `default`. `errors` has the same order.
fn arms(errors: &[ErrorResponse]) -> TokenStream {
    let default = errors.iter().any(|error| error.status == "default" && error.body.is_some());
    let covers = |range: &ErrorResponse, status: &str| {
        range.body.is_some()
            && range.status.strip_suffix("XX").is_some_and(|class| status.starts_with(class))
    };
    let (single, ranges): (Vec<_>, Vec<_>) =
        errors.iter().partition(|error| error.status.parse::<u16>().is_ok());
    // An error without a type matters only if a later error would otherwise cover its status.
    let barred = single.iter().filter(|error| {
        error.body.is_none() && (default || ranges.iter().any(|it| covers(it, &error.status)))
    });
    let barred: Vec<_> = barred.map(|error| pattern(&error.status)).collect();
    let barred = (!barred.is_empty()).then(|| quote!(#(#barred)|* => ::std::option::Option::None,));
    let typed = single.iter().chain(&ranges).filter_map(|error| {
        let pattern = pattern(&error.status);
        if error.body.is_some() {
            let variant = ident(&variant(&error.status));
            return Some(quote!(#pattern => body.read().map(Self::#variant),));
        }
        let is_range = error.status.ends_with("XX");
        (is_range && default).then(|| quote!(#pattern => ::std::option::Option::None,))
    });
    let rest = (!default).then(|| quote!(_ => ::std::option::Option::None,));
    quote!(#barred #(#typed)* #rest)
}

fn pattern(status: &str) -> TokenStream {
    match status {
        "4XX" => quote!(_ if body.is_client_error()),
        "5XX" => quote!(_ if body.is_server_error()),
        "default" => quote!(_),
        // This is an exact status of three digits.
        number => number.parse().unwrap_or_default(),
    }
}

/// Returns the `# Errors` section of the documentation. It is empty if the document doesn't
/// describe errors.
pub(super) fn documentation(context: &Context<'_>, operation: &Operation) -> String {
    if operation.errors.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        operation.errors.iter().map(|error| format!("* {}", described(error))).collect();
    let list = docs::readable(&lines.join("\n"));
    let bodies = bodies(operation);
    let types = |name: &str| {
        let ty = context.model.schema(name).map_or(name, |schema| &schema.ident);
        format!("[`types::{ty}`]({}::types::{ty})", context.settings.module)
    };
    let body = match (bodies.len(), bodies.first()) {
        (0, _) | (_, None) => String::new(),
        (1, Some(body)) => {
            format!("{} reads the documented body, {}.", method(context, "body_as"), types(body))
        }
        _ => format!(
            "{} returns the body as a [`{}`].",
            method(context, "documented"),
            name(context, operation)
        ),
    };
    let parts = ["# Errors".to_owned(), list, docs::wrapped(&body)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns a link to a method of the runtime's `Error`.
fn method(context: &Context<'_>, name: &str) -> String {
    let runtime = context.settings.runtime.trim_start_matches("::");
    format!("[`Error::{name}`]({runtime}::Error::{name})")
}

/// Returns a status with its description from the document, without repetition.
fn described(error: &ErrorResponse) -> String {
    let (status, reason) = (&error.status, reason(&error.status));
    let label = match reason {
        Some(reason) => format!("`{status} {reason}`"),
        None => format!("`{status}`"),
    };
    let description = docs::one_line(docs::first_sentence(&error.description));
    let says_more = |reason: &str| !description.trim_end_matches('.').eq_ignore_ascii_case(reason);
    match description.is_empty() || !reason.is_none_or(says_more) {
        true => format!("{label}."),
        false => format!("{label}: {description}"),
    }
}

/// Returns the paragraph on response headers. It is empty if the document doesn't describe any.
pub(super) fn headers(context: &Context<'_>, operation: &Operation) -> String {
    let links: Vec<String> = operation
        .headers
        .iter()
        .map(|header| {
            let module = &context.settings.module;
            format!("[`{}`]({module}::headers::{})", header.name, header.constant)
        })
        .collect();
    if links.is_empty() {
        return String::new();
    }
    let runtime = context.settings.runtime.trim_start_matches("::");
    docs::wrapped(&format!(
        "Headers of its responses, for [`Response::header`]({runtime}::Response::header): {}.",
        links.join(", ")
    ))
}

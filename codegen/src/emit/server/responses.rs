//! Emits response bodies: what the trait's methods return, and the call to the function of the
//! server's runtime that sends it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::Context;
use crate::model::{Operation, ResponseFormat};
use crate::passes::ident;

const JSON: &str = "application/json";

/// Returns the type of a success response.
pub(super) fn answer(
    context: &Context<'_>,
    runtime: &TokenStream,
    operation: &Operation,
) -> TokenStream {
    let item = || context.type_of(operation.answer.as_deref());
    let answer = match operation.answer_format {
        ResponseFormat::Json => item(),
        ResponseFormat::Text => quote!(::std::string::String),
        ResponseFormat::Bytes => quote!(#runtime::Bytes),
        ResponseFormat::Events => {
            let item = item();
            quote!(#runtime::Items<#runtime::Event<#item>>)
        }
        ResponseFormat::TextEvents => {
            quote!(#runtime::Items<#runtime::Event<::std::string::String>>)
        }
        ResponseFormat::Lines => {
            let item = item();
            quote!(#runtime::Items<#item>)
        }
    };
    match operation.answer_may_be_missing {
        true => quote!(::std::option::Option<#answer>),
        false => answer,
    }
}

/// Emits the call that runs the operation, in the `answer` variable, and sends its response.
pub(super) fn respond(runtime: &TokenStream, operation: &Operation) -> TokenStream {
    let media_type = media_type(operation);
    let (function, media_type) = match operation.answer_format {
        // A response declared without content has no body, and `null` would be a body.
        ResponseFormat::Json if operation.answer.is_none() => ("respond_empty", None),
        ResponseFormat::Json if media_type == JSON => ("respond", None),
        ResponseFormat::Json => ("respond_as", Some(media_type)),
        ResponseFormat::Text => ("respond_text", Some(media_type)),
        ResponseFormat::Bytes => ("respond_bytes", Some(media_type)),
        ResponseFormat::Events => ("respond_events", None),
        ResponseFormat::TextEvents => ("respond_text_events", None),
        ResponseFormat::Lines => ("respond_lines", Some(media_type)),
    };
    let (function, media_type) = (ident(function), media_type.into_iter());
    let is_empty = operation.answer_format == ResponseFormat::Json && operation.answer.is_none();
    let empty = operation.empty_statuses.as_deref().filter(|_| !is_empty);
    let statuses = operation.statuses.iter();
    let statuses = literals(statuses.filter(|it| !empty.is_some_and(|empty| empty.contains(it))));
    let respond = quote!(#runtime::#function(#(#media_type,)* #statuses, answer));
    match empty.filter(|_| operation.answer_may_be_missing) {
        Some(empty) => {
            let empty = literals(empty.iter());
            quote!(#runtime::respond_optional(#empty, answer, |answer| #respond).await)
        }
        None => quote!(#respond.await),
    }
}

fn literals<'s>(statuses: impl Iterator<Item = &'s u16>) -> TokenStream {
    let statuses = statuses.map(|status| Literal::u16_unsuffixed(*status));
    quote!(&[#(#statuses),*])
}

/// Returns a single media type for a response, even if the document allows a range.
fn media_type(operation: &Operation) -> &str {
    match (operation.accept.contains('*'), operation.answer_format) {
        (false, _) => &operation.accept,
        (true, ResponseFormat::Json) => JSON,
        (true, ResponseFormat::Text) => "text/plain",
        (true, _) => "application/octet-stream",
    }
}

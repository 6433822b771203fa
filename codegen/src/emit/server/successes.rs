//! Decides which statuses a success response can have, and which function of the server's runtime
//! sends the response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Plan;
use crate::emit::Context;
use crate::model::{Operation, ResponseFormat, Success};
use crate::passes::{ident, path};

const JSON: &str = "application/json";

/// The success responses of an operation.
pub(super) enum Successes<'a> {
    /// A single response. If its status is `None`, the server chooses the status.
    One(&'a Success),
    Several(&'a [Success]),
}

impl<'a> Successes<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        match operation.successes.as_slice() {
            [] => Successes::One(&Success { status: None, has_body: true }),
            [success] => Successes::One(success),
            several => Successes::Several(several),
        }
    }
}

/// Returns the type of a success response's body, or `()` if the response has no body.
pub(super) fn body(
    context: &Context<'_>,
    runtime: &TokenStream,
    operation: &Operation,
    success: &Success,
) -> TokenStream {
    if !has_body(operation, success) {
        return quote!(());
    }
    let item = context.type_of(operation.answer.as_deref());
    let body = match operation.answer_format {
        ResponseFormat::Json => item,
        ResponseFormat::Text => quote!(::std::string::String),
        ResponseFormat::Bytes => quote!(#runtime::Bytes),
        ResponseFormat::Events => quote!(#runtime::Items<#runtime::Event<#item>>),
        ResponseFormat::TextEvents => {
            quote!(#runtime::Items<#runtime::Event<::std::string::String>>)
        }
        ResponseFormat::Lines => quote!(#runtime::Items<#item>),
    };
    if operation.answer_format != ResponseFormat::Json {
        return body;
    }
    let body = match operation.answer_may_be_null {
        true => quote!(::std::option::Option<#body>),
        false => body,
    };
    match context.settings.server.as_ref().and_then(|server| server.json.as_deref()) {
        Some(json) => {
            let json = path(json);
            quote!(#json<#body>)
        }
        None => body,
    }
}

/// Returns whether a success response has a body. JSON without a schema isn't sent, not even as
/// `null`.
pub(super) fn has_body(operation: &Operation, success: &Success) -> bool {
    let is_json = operation.answer_format == ResponseFormat::Json;
    success.has_body && !(is_json && operation.answer.is_none())
}

/// Emits the expression that calls the operation and sends its response.
pub(super) fn respond(plan: &Plan<'_>, operation: &Operation, call: &TokenStream) -> TokenStream {
    let runtime = path(&plan.server.runtime);
    let send = |success: &Success, status: &TokenStream| match has_body(operation, success) {
        true => with_body(&runtime, operation, status),
        false => quote!(#runtime::respond_empty(#status)),
    };
    let pattern = |success: &Success| match has_body(operation, success) {
        true => quote!(body),
        false => quote!(()),
    };
    match Successes::of(operation) {
        Successes::One(success) => {
            let body = pattern(success);
            let Some(number) = success.status else {
                let sent = send(success, &quote!(status));
                return quote! {
                    let (status, #body) = #call.into_parts();
                    Ok(#sent)
                };
            };
            let sent = send(success, &status(number));
            let answer = match number {
                200 if !has_body(operation, success) => quote!(#call;),
                200 => quote!(let body = #call;),
                201 => quote!(let super::super::answers::Created(#body) = #call;),
                202 => quote!(let super::super::answers::Accepted(#body) = #call;),
                204 => quote!(let super::super::answers::NoContent = #call;),
                _ => quote!(let super::super::answers::WithStatus(#body) = #call;),
            };
            quote!(#answer Ok(#sent))
        }
        Successes::Several(several) => {
            let name = plan.answers.name_of(operation);
            let arms = several.iter().map(|success| {
                let name = quote!(super::super::answers::#name);
                let variant = ident(&variant(success));
                let body = has_body(operation, success);
                let Some(number) = success.status else {
                    let sent = send(success, &quote!(status));
                    let body = pattern(success);
                    return quote! {
                        #name::#variant(answer) => {
                            let (status, #body) = answer.into_parts();
                            #sent
                        }
                    };
                };
                let sent = send(success, &status(number));
                let bound = body.then(|| quote!((body)));
                quote!(#name::#variant #bound => #sent,)
            });
            quote!(Ok(match #call { #(#arms)* }))
        }
    }
}

/// Emits the call that sends the `body` variable.
fn with_body(runtime: &TokenStream, operation: &Operation, status: &TokenStream) -> TokenStream {
    let media_type = media_type(operation);
    let (function, media_type) = match operation.answer_format {
        ResponseFormat::Json if media_type == JSON => ("respond", None),
        ResponseFormat::Json => ("respond_as", Some(media_type)),
        ResponseFormat::Text => ("respond_text", Some(media_type)),
        ResponseFormat::Bytes => ("respond_bytes", Some(media_type)),
        ResponseFormat::Events => ("respond_events", None),
        ResponseFormat::TextEvents => ("respond_text_events", None),
        ResponseFormat::Lines => ("respond_lines", Some(media_type)),
    };
    let (function, media_type) = (ident(function), media_type.into_iter());
    quote!(#runtime::#function(#(#media_type,)* #status, body))
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

/// Names of success statuses, from the HTTP status code registry: for each, the constant in the
/// `http` crate and the variant.
const NAMES: &[(u16, &str, &str)] = &[
    (200, "OK", "Ok"),
    (201, "CREATED", "Created"),
    (202, "ACCEPTED", "Accepted"),
    (203, "NON_AUTHORITATIVE_INFORMATION", "NonAuthoritativeInformation"),
    (204, "NO_CONTENT", "NoContent"),
    (205, "RESET_CONTENT", "ResetContent"),
    (206, "PARTIAL_CONTENT", "PartialContent"),
    (207, "MULTI_STATUS", "MultiStatus"),
    (208, "ALREADY_REPORTED", "AlreadyReported"),
    (226, "IM_USED", "ImUsed"),
    (304, "NOT_MODIFIED", "NotModified"),
];

/// Returns the name of the variant for a success response, if an operation has several.
pub(super) fn variant(success: &Success) -> String {
    let Some(number) = success.status else { return "Other".to_owned() };
    let found = NAMES.iter().find(|(known, ..)| *known == number);
    found.map_or_else(|| format!("Status{number}"), |(.., name)| (*name).to_owned())
}

/// Emits a status.
fn status(number: u16) -> TokenStream {
    if let Some((_, name, _)) = NAMES.iter().find(|(known, ..)| *known == number) {
        let name = ident(name);
        return quote!(::axum::http::StatusCode::#name);
    }
    let number = Literal::u16_unsuffixed(number);
    // Numbers of three digits are always valid.
    quote!(::axum::http::StatusCode::from_u16(#number).unwrap_or_default())
}

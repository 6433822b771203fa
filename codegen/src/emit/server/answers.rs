//! Emits the `answers` module of the server: the types that the server's methods return. Returning
//! a status that the document doesn't declare is a compile error.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::successes::{Successes, body, has_body, variant};
use crate::Server;
use crate::emit::Context;
use crate::model::{Operation, Success};
use crate::names;
use crate::passes::{docs, ident, mentions, path};

/// The types that the module needs for a document.
pub(super) struct Answers {
    /// The enums for operations with several success responses, by operation name.
    enums: BTreeMap<String, String>,
    created: bool,
    accepted: bool,
    no_content: bool,
    with_status: bool,
    open: bool,
}

impl Answers {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut answers = Answers {
            enums: BTreeMap::new(),
            created: false,
            accepted: false,
            no_content: false,
            with_status: false,
            open: false,
        };
        let mut several = Vec::new();
        for operation in context.model.operations() {
            match Successes::of(operation) {
                Successes::One(success) => match success.status {
                    None => answers.open = true,
                    Some(200) => {}
                    Some(201) => answers.created = true,
                    Some(202) => answers.accepted = true,
                    Some(204) => answers.no_content = true,
                    Some(_) => answers.with_status = true,
                },
                Successes::Several(successes) => {
                    answers.open |= successes.iter().any(|success| success.status.is_none());
                    several.push((&operation.name, format!("{}Answer", operation.type_name)));
                }
            }
        }
        let numbered = names::numbered(several.iter().map(|(_, name)| name.as_str()));
        let operations = several.iter().map(|(operation, _)| (*operation).clone());
        answers.enums = operations.zip(numbered).collect();
        answers
    }

    pub(super) fn is_empty(&self) -> bool {
        let Answers { enums, created, accepted, no_content, with_status, open } = self;
        enums.is_empty() && ![created, accepted, no_content, with_status, open].contains(&&true)
    }

    /// Returns the name of the enum for an operation with several success responses.
    pub(super) fn name_of(&self, operation: &Operation) -> syn::Ident {
        ident(self.enums.get(&operation.name).map_or("Answer", String::as_str))
    }

    /// Returns the type of an operation's success response.
    pub(super) fn of_operation(
        &self,
        context: &Context<'_>,
        runtime: &TokenStream,
        operation: &Operation,
    ) -> TokenStream {
        let answers = quote!(super::super::answers);
        let success = match Successes::of(operation) {
            Successes::One(success) => success,
            Successes::Several(_) => {
                let name = self.name_of(operation);
                return quote!(#answers::#name);
            }
        };
        let body = body(context, runtime, operation, success);
        match success.status {
            None => quote!(#answers::Answer<#body>),
            Some(200) => body,
            Some(201) => quote!(#answers::Created<#body>),
            Some(202) => quote!(#answers::Accepted<#body>),
            Some(204) => quote!(#answers::NoContent),
            Some(status) => {
                let status = Literal::u16_unsuffixed(status);
                quote!(#answers::WithStatus<#status, #body>)
            }
        }
    }

    /// Emits the file, or returns `None` if 200 is the only success status of every operation.
    pub(super) fn file(&self, context: &Context<'_>, server: &Server) -> Option<TokenStream> {
        if self.is_empty() {
            return None;
        }
        let documentation = docs::inner(&format!(
            "The success responses of {}: each type allows only the statuses that the document \
             declares.",
            context.model.title
        ));
        let runtime = path(&server.runtime);
        let created = self.created.then(|| wrapper("Created", 201));
        let accepted = self.accepted.then(|| wrapper("Accepted", 202));
        let no_content = self.no_content.then(|| {
            quote! {
                /// A response with status 204, which has no body.
                #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
                pub struct NoContent;
            }
        });
        let with_status = self.with_status.then(|| {
            quote! {
                /// A response with this status.
                #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
                pub struct WithStatus<const STATUS: u16, T>(pub T);
            }
        });
        let open = self.open.then(open);
        let enums = context.model.operations().filter_map(|operation| {
            let Successes::Several(successes) = Successes::of(operation) else { return None };
            Some(self.definition(context, &runtime, operation, successes))
        });
        let enums: TokenStream = enums.collect();
        let client = path(&server.client);
        let types = mentions(&enums, "types").then(|| quote!(use #client::types;));
        Some(quote! {
            #documentation
            #types
            #created
            #accepted
            #no_content
            #with_status
            #open
            #enums
        })
    }

    fn definition(
        &self,
        context: &Context<'_>,
        runtime: &TokenStream,
        operation: &Operation,
        successes: &[Success],
    ) -> TokenStream {
        let name = self.name_of(operation);
        let about = docs::lines(&format!("A success response of `{}`.", operation.id));
        let variants = successes.iter().map(|success| {
            let variant = ident(&variant(success));
            let body = body(context, runtime, operation, success);
            match success.status {
                None => {
                    let about = docs::lines("Any other success status.");
                    quote!(#about #variant(Answer<#body>))
                }
                Some(status) => {
                    let about = docs::lines(&format!("Status {status}."));
                    let body = has_body(operation, success).then(|| quote!((#body)));
                    quote!(#about #variant #body)
                }
            }
        });
        quote! {
            #about
            #[allow(dead_code, reason = "a server need not return every status")]
            #[derive(Debug)]
            pub enum #name { #(#variants,)* }
        }
    }
}

fn wrapper(name: &str, status: u16) -> TokenStream {
    let name = ident(name);
    let about = docs::lines(&format!("A response with status {status}."));
    quote! {
        #about
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct #name<T>(pub T);
    }
}

/// Emits the type for operations whose success status the document leaves open.
fn open() -> TokenStream {
    quote! {
        /// A response with any success status, because the document leaves the status open.
        #[derive(Clone, Debug)]
        pub struct Answer<T> {
            status: ::axum::http::StatusCode,
            body: T,
        }
        #[allow(dead_code, reason = "a server need not call all methods")]
        impl<T> Answer<T> {
            /// Creates a response with status 200.
            pub fn ok(body: impl ::std::convert::Into<T>) -> Self {
                Answer { status: ::axum::http::StatusCode::OK, body: body.into() }
            }
            /// Creates a response with status 201.
            pub fn created(body: impl ::std::convert::Into<T>) -> Self {
                Answer { status: ::axum::http::StatusCode::CREATED, body: body.into() }
            }
            /// Creates a response with this status. Only statuses from 200 to 299 compile.
            pub fn with_status<const STATUS: u16>(body: impl ::std::convert::Into<T>) -> Self {
                const { assert!(STATUS >= 200 && STATUS <= 299, "a success status is from 200 to 299") };
                let status = ::axum::http::StatusCode::from_u16(STATUS).unwrap_or_default();
                Answer { status, body: body.into() }
            }
            /// Returns the value for the body, for callers that don't use HTTP.
            pub fn into_body(self) -> T {
                self.body
            }
            pub(super) fn into_parts(self) -> (::axum::http::StatusCode, T) {
                (self.status, self.body)
            }
        }
    }
}

//! Emits the call of an operation: a struct that owns all values, a setter for each optional value,
//! and the conversion to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Argument, Body, Plan, Source};
use super::request;
use crate::emit::Context;
use crate::model::{Group, Operation, ResponseFormat, SchemaKind};
use crate::names;
use crate::passes::arguments::NULL;
use crate::passes::{docs, ident};

pub(super) fn call(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let Plan { call, answer, .. } = plan;
    let documentation = docs::as_written(&format!(
        "The call that [`{group}::{function}`] returns. It is sent when it is awaited; options \
         set after that have no effect.",
        group = group.type_name,
        function = plan.operation.function,
    ));
    let fields = plan.fields().map(|it| {
        let (name, ty) = (&it.name, &it.ty);
        match it.is_optional_field() {
            true => quote!(#name: ::std::option::Option<#ty>,),
            false => quote!(#name: #ty,),
        }
    });
    let optional_body = matches!(plan.body, Some(Body::Optional(_)));
    let body = plan.body_type().map(|ty| match plan.body_may_be_missing() {
        _ if optional_body => quote!(body: ::std::option::Option<#ty>,),
        true => quote!(body: #runtime::generated::Draft<#ty>,),
        false => quote!(body: #ty,),
    });
    let raw = matches!(plan.body, Some(Body::Raw))
        .then(|| quote!(body: ::std::option::Option<#runtime::Body>,));
    let setters = plan.optional.iter().map(|it| setter(context, plan, it));
    let getter =
        plan.body_type().filter(|_| !optional_body).map(|ty| body_getter(context, plan, &ty));
    let methods: TokenStream = setters.chain(getter).collect();
    let methods = (!methods.is_empty()).then(|| quote!(impl #call { #methods }));
    let request = request::build(context, plan);
    let accessors = accessors(context, plan);
    let reading = reading(plan.operation);
    quote! {
        #documentation
        #[must_use = "a call is sent only when it is awaited: add `.await`"]
        pub struct #call {
            call: #runtime::generated::CallCore<#answer>,
            #(#fields)*
            #body
            #raw
        }
        #methods
        #request
        #runtime::call!(#call -> #answer #reading #accessors);
    }
}

/// Returns the runtime's function that reads the response, if the response isn't JSON.
fn reading(operation: &Operation) -> Option<TokenStream> {
    let function = match operation.answer_format {
        ResponseFormat::Json => return None,
        ResponseFormat::Text if operation.answer_may_be_missing => "optional_text",
        ResponseFormat::Text => "text",
        ResponseFormat::Bytes if operation.answer_may_be_missing => "optional_bytes",
        ResponseFormat::Bytes => "bytes",
        ResponseFormat::Events => "events",
        ResponseFormat::TextEvents => "text_events",
        ResponseFormat::Lines => "lines",
    };
    let function = ident(function);
    Some(quote!(as #function))
}

/// Returns the names of the response's accessors, except those that are also methods of the call.
/// If a program uses one of the returned accessors on the call instead of the response, rustc
/// suggests `.await`.
fn accessors(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let is_json = plan.operation.answer_format == ResponseFormat::Json;
    if plan.operation.answer_may_be_missing || !is_json {
        return None;
    }
    let schema = context.model.schema(plan.operation.answer.as_ref()?)?;
    let SchemaKind::Object(properties) = &schema.kind else { return None };
    let names = properties.iter().filter(|property| property.expected).map(|it| &it.ident);
    let free = |name: &&String| {
        names::beside_options(name) == **name && plan.optional.iter().all(|it| it.name != **name)
    };
    let names: Vec<_> = names.filter(free).map(|name| ident(name)).collect();
    (!names.is_empty()).then(|| quote!({ #(#names),* }))
}

fn setter(context: &Context<'_>, plan: &Plan<'_>, argument: &Argument<'_>) -> TokenStream {
    let runtime = &context.runtime;
    let name = &argument.name;
    let wire = name.to_string();
    let argument_name = match argument.source {
        Source::Body => ident("body"),
        _ => name.clone(),
    };
    let nullable = matches!(argument.source, Source::Property(property) if property.nullable);
    let (ty, value) = if nullable {
        let ty = &argument.ty;
        (quote!(impl ::std::convert::Into<#runtime::Nullable<#ty>>), quote!(#name.into()))
    } else {
        (argument.takes.argument(&argument.ty), argument.takes.value(&quote!(#argument_name)))
    };
    let can_fail = !nullable && argument.takes.can_fail();
    let assignment = match argument.source {
        Source::Property(property) => {
            let field = ident(&property.ident);
            let stored = |value: TokenStream| match nullable {
                true => value,
                false => quote!(::std::option::Option::Some(#value)),
            };
            in_body(plan, &field, can_fail.then_some(wire.as_str()), &value, stored)
        }
        Source::Body => quote!(self.body = ::std::option::Option::Some(#value);),
        _ if can_fail => quote!(self.#name = self.call.argument(#wire, #value);),
        _ => quote!(self.#name = ::std::option::Option::Some(#value);),
    };
    let more = match (nullable, can_fail) {
        (true, _) => NULL,
        (false, true) => "An invalid value is reported when the call is awaited.",
        (false, false) => "",
    };
    let documentation =
        docs::paragraphs(&[&docs::sentence(argument.description(plan.operation)), more]);
    quote! {
        #documentation
        pub fn #name(mut self, #argument_name: #ty) -> Self {
            #assignment
            self
        }
    }
}

/// Returns the statement that sets a property. At run time, the statement doesn't change the body
/// if the value is rejected, or if there is no body because a required value was rejected.
fn in_body(
    plan: &Plan<'_>,
    field: &syn::Ident,
    refusable_as: Option<&str>,
    value: &TokenStream,
    stored: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let local = stored(quote!(value));
    let direct = stored(value.clone());
    match (refusable_as, plan.body_may_be_missing()) {
        (None, false) => quote!(self.body.#field = #direct;),
        (None, true) => quote!(self.body.edit(|body| body.#field = #direct);),
        (Some(wire), false) => {
            quote!(self.call.apply(#wire, #value, |value| self.body.#field = #local);)
        }
        (Some(wire), true) => {
            let edit = quote!(self.body.edit(|body| body.#field = #local));
            quote!(self.call.apply(#wire, #value, |value| #edit);)
        }
    }
}

fn body_getter(context: &Context<'_>, plan: &Plan<'_>, ty: &TokenStream) -> TokenStream {
    let runtime = &context.runtime;
    let value = match plan.body_may_be_missing() {
        true => quote!(self.call.given_draft(&self.body)),
        false => quote!(self.call.given(&self.body)),
    };
    // This check also runs before a request is built, so a body that passes it here can be sent.
    let value = match request::check(context, plan) {
        Some(check) => quote!(#check #value),
        None => value,
    };
    quote! {
        /// Returns the body that will be sent, without the fields that [`body_field`](Self::body_field) adds.
        ///
        /// # Errors
        ///
        /// Returns an error if a value or an option of the call is invalid, or if the call was
        /// awaited before.
        pub fn body(&self) -> ::std::result::Result<&#ty, #runtime::Error> {
            #value
        }
    }
}

//! Emits the methods of an operation: one that takes the operation's values as arguments, and one
//! that takes an existing body.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use super::errors;
use super::plan::{Argument, Body, Plan, Source};
use crate::emit::{Context, examples};
use crate::model::{Group, Property, Schema, SchemaKind};
use crate::names;
use crate::passes::{docs, ident, lints, path};

pub(super) fn methods(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> TokenStream {
    let credential = path(&context.settings.credential_path());
    let name = ident(&group.type_name);
    let by_values = by_values(context, group, plan);
    let from = from_body(context, group, plan);
    quote! {
        impl<K: #credential> #name<'_, K> {
            #by_values
            #from
        }
    }
}

fn by_values(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> TokenStream {
    let operation = plan.operation;
    let (function, call) = (ident(&operation.function), &plan.call);
    let documentation = documentation(context, group, plan);
    let alias = docs::alias(&operation.id, &operation.function);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let named = lints::name(&operation.function);
    let bound = bound(context, plan);
    let given = match plan.named() {
        true => Given::ByName(plan.named_argument()),
        false => Given::AsArguments,
    };
    let (signature, _) = signature(plan);
    let body = construction(plan, given);
    let built = built(context, plan, given, body);
    quote! {
        #documentation
        #alias
        #deprecated
        #named
        pub fn #function(&self, #signature) -> #call #bound { #built }
    }
}

/// Returns the arguments with their types, and the arguments' names alone.
pub(super) fn signature(plan: &Plan<'_>) -> (TokenStream, Vec<Ident>) {
    if plan.named() {
        let (name, ty) = (ident(plan.named_argument()), plan.named_type());
        return (quote!(#name: #ty), vec![name]);
    }
    let arguments = plan.required.iter().map(parameter);
    (quote!(#(#arguments),*), plan.required.iter().map(|it| it.name.clone()).collect())
}

/// Emits the method that takes an existing body.
fn from_body(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> Option<TokenStream> {
    let function = ident(&plan.body_function(group)?);
    let (call, ty) = (&plan.call, plan.body_type()?);
    let original = &plan.operation.function;
    let filled: Vec<String> = filled(plan).map(|(field, _)| format!("`{field}`")).collect();
    let filled = match filled.is_empty() {
        true => String::new(),
        false => format!(" The client sets {} itself.", filled.join(" and ")),
    };
    let documentation = docs::as_written(&docs::wrapped(&format!(
        "Like [`{original}`](Self::{original}), but sends a copy of an existing body.{filled}"
    )));
    let deprecated = plan.operation.deprecated.then(|| quote!(#[deprecated]));
    let bound = bound(context, plan);
    let arguments = plan.outside().map(parameter);
    let body = match plan.body_may_be_missing() {
        true => {
            let runtime = &context.runtime;
            quote!(#runtime::generated::Draft::from(body.clone()))
        }
        false => quote!(body.clone()),
    };
    let many = lints::arguments(plan.outside().count() + 2);
    let built = built(context, plan, Given::AsArguments, Some(Field::new("body", body)));
    Some(quote! {
        #documentation
        #deprecated
        #many
        pub fn #function(&self, #(#arguments,)* body: &#ty) -> #call #bound { #built }
    })
}

/// How a method receives its required values.
#[derive(Clone, Copy)]
enum Given {
    AsArguments,
    /// As fields of the argument with this name. The fields have the types of the values, so no
    /// conversion is needed.
    ByName(&'static str),
}

impl Given {
    fn value(self, name: &Ident) -> TokenStream {
        match self {
            Given::AsArguments => quote!(#name),
            Given::ByName(argument) => {
                let argument = ident(argument);
                quote!(#argument.#name)
            }
        }
    }
}

/// A field of the call, and its value.
struct Field {
    name: Ident,
    value: TokenStream,
    /// Whether the value may be rejected. If so, the core of the call must be created first,
    /// because it records the error.
    may_be_refused: bool,
}

impl Field {
    fn new(name: &str, value: TokenStream) -> Self {
        Field { name: ident(name), value, may_be_refused: false }
    }

    fn refusable(name: &str, value: TokenStream) -> Self {
        Field { may_be_refused: true, ..Field::new(name, value) }
    }

    /// Returns whether the field's value needs a separate statement. It does if the value may be
    /// rejected, or if it is a body that the client partly fills in.
    fn is_made_before(&self, filled: bool) -> bool {
        self.may_be_refused || (filled && self.name == "body")
    }

    /// Returns `name: value`, or only `name` if both are the same.
    fn initialised(&self) -> TokenStream {
        let Field { name, value, .. } = self;
        match *name == value.to_string() {
            true => quote!(#name),
            false => quote!(#name: #value),
        }
    }
}

fn parameter(argument: &Argument<'_>) -> TokenStream {
    let (name, ty) = (&argument.name, argument.takes.argument(&argument.ty));
    quote!(#name: #ty)
}

/// Returns the bound, as the path of a trait. If the file imports the trait's module, the path
/// starts with the module's name.
pub(super) fn bound(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let bound = &context.bound(plan.operation)?.path;
    let written = match bound_module(bound) {
        Some((_, name)) => path(&name),
        None => path(bound),
    };
    Some(quote!(where K: #written))
}

/// Returns the import of the module that contains the operation's bound.
pub(super) fn bound_import(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let (module, _) = bound_module(&context.bound(plan.operation)?.path)?;
    let module = path(module);
    Some(quote!(use #module;))
}

/// Splits `::keys::scope::Normal` into `::keys::scope` and `scope::Normal`. Returns `None` if the
/// module is the crate itself or has the same name as another module that the file imports.
fn bound_module(bound: &str) -> Option<(&str, String)> {
    let (module, name) = bound.rsplit_once("::")?;
    let (_, last) = module.rsplit_once("::")?;
    let taken = ["", "catalogue", "crate", "generated", "self", "super", "types"].contains(&last);
    (!taken).then(|| (module, format!("{last}::{name}")))
}

/// Returns the body built from the required values.
fn construction(plan: &Plan<'_>, given: Given) -> Option<Field> {
    if let Some(Body::Raw) = plan.body {
        return Some(Field::new("body", raw(plan, given)));
    }
    let ty = plan.body_type()?;
    if let Some(Body::Optional(_)) = plan.body {
        return Some(Field::new("body", quote!(::std::option::Option::None)));
    }
    let Some(Body::Object { schema, named, fallible }) = &plan.body else {
        let whole = plan.required.iter().find(|it| matches!(it.source, Source::Body))?;
        return Some(Field::new("body", given.value(&whole.name)));
    };
    let body = if *named && plan.outside().next().is_none() {
        quote!(#ty::new(required))
    } else if *named {
        let required = format_ident!("{}Required", schema.ident);
        let fields = plan.inside().map(|it| {
            let (field, value) = (property(it), given.value(&it.name));
            quote!(#field: #value)
        });
        quote!(#ty::new(types::#required { #(#fields),* }))
    } else {
        let values = plan.inside().map(|it| given.value(&it.name));
        quote!(#ty::new(#(#values),*))
    };
    Some(match fallible {
        true => Field::refusable("body", quote!(call.draft(#body))),
        false => Field::new("body", body),
    })
}

/// Returns a body that is sent exactly as the caller passes it. The body's field is an `Option`,
/// because sending moves the body out of the call.
fn raw(plan: &Plan<'_>, given: Given) -> TokenStream {
    match plan.required.iter().find(|it| matches!(it.source, Source::Body)) {
        Some(body) => {
            let value = upload(body, given);
            quote!(::std::option::Option::Some(#value))
        }
        None => quote!(::std::option::Option::None),
    }
}

fn upload(argument: &Argument<'_>, given: Given) -> TokenStream {
    let value = given.value(&argument.name);
    match given {
        Given::AsArguments => argument.takes.value(&value),
        Given::ByName(_) => value,
    }
}

/// Returns the name of a property's field, which may differ from the name of its argument.
fn property(argument: &Argument<'_>) -> Ident {
    match argument.source {
        Source::Property(property) => ident(&property.ident),
        _ => argument.name.clone(),
    }
}

/// Returns the code that creates the call.
fn built(context: &Context<'_>, plan: &Plan<'_>, given: Given, body: Option<Field>) -> TokenStream {
    let mut fields: Vec<Field> = plan.fields().filter_map(|it| field(it, given)).collect();
    let filling = filling(plan);
    fields.extend(body);
    let core = core(context, plan, given);
    let call = &plan.call;
    let refusable = fields.iter().any(|field| field.may_be_refused);
    if filling.is_none() && !refusable {
        let initialised = fields.iter().map(Field::initialised);
        return quote!(#call { call: #core, #(#initialised),* });
    }
    let mutable = refusable.then(|| quote!(mut));
    let filled = filling.is_some();
    let made = fields.iter().filter(|field| field.is_made_before(filled));
    let made = made.map(|Field { name, value, .. }| {
        let mutable = (filled && name == "body").then(|| quote!(mut));
        quote!(let #mutable #name = #value;)
    });
    let initialised = fields.iter().map(|field| match field.is_made_before(filled) {
        true => field.name.to_token_stream(),
        false => field.initialised(),
    });
    quote! {
        let #mutable call = #core;
        #(#made)*
        #filling
        #call { call, #(#initialised),* }
    }
}

fn core(context: &Context<'_>, plan: &Plan<'_>, given: Given) -> TokenStream {
    let runtime = &context.runtime;
    let core = quote!(#runtime::generated::CallCore);
    let constant = ident(&names::constant(&plan.operation.id));
    match plan.required.iter().find(|it| matches!(it.source, Source::Server)) {
        None => quote!(#core::new(&self.client.core, &catalogue::#constant)),
        Some(server) => {
            let server = given.value(&server.name);
            quote!(#core::at(&self.client.core, &catalogue::#constant, #server.url()))
        }
    }
}

/// Returns the field of a parameter or a file.
fn field(argument: &Argument<'_>, given: Given) -> Option<Field> {
    let name = argument.name.to_string();
    if let Source::File(file) = argument.source {
        let value = file.required.then(|| upload(argument, given));
        return Some(Field::new(
            &name,
            match value {
                Some(value) => quote!(::std::option::Option::Some(#value)),
                None => quote!(::std::option::Option::None),
            },
        ));
    }
    let Source::Parameter(parameter) = argument.source else { return None };
    let value = given.value(&argument.name);
    if let Some(function) = &parameter.filled {
        let function = path(function);
        let value = quote!(#function(self.client));
        return Some(Field::new(
            &name,
            match argument.is_optional_field() {
                true => quote!(::std::option::Option::Some(#value)),
                false => value,
            },
        ));
    }
    if !parameter.required {
        return Some(Field::new(&name, quote!(::std::option::Option::None)));
    }
    let wire = &parameter.name;
    Some(match (given, argument.takes.can_fail()) {
        (Given::ByName(_), true) => Field::new(&name, quote!(::std::option::Option::Some(#value))),
        (Given::ByName(_), false) => Field::new(&name, value),
        (Given::AsArguments, true) => {
            let value = argument.takes.value(&value);
            Field::refusable(&name, quote!(call.argument(#wire, #value)))
        }
        (Given::AsArguments, false) => Field::new(&name, argument.takes.value(&value)),
    })
}

/// Returns the fields that the client fills in, and the functions that provide their values.
fn filled(plan: &Plan<'_>) -> impl Iterator<Item = (Ident, TokenStream)> {
    let properties = match &plan.body {
        Some(Body::Object {
            schema: Schema { kind: SchemaKind::Object(properties), .. }, ..
        }) => properties.as_slice(),
        _ => &[],
    };
    let filled =
        |property: &Property| Some((ident(&property.ident), path(property.filled.as_ref()?)));
    properties.iter().filter_map(filled)
}

/// Returns the code that sets the fields that the client fills in, or `None` if there are none.
fn filling(plan: &Plan<'_>) -> Option<TokenStream> {
    let filled: Vec<TokenStream> = filled(plan)
        .map(|(field, function)| {
            quote!(body.#field = ::std::option::Option::Some(#function(self.client));)
        })
        .collect();
    (!filled.is_empty()).then(|| match plan.body_may_be_missing() {
        true => quote!(body.edit(|body| { #(#filled)* });),
        false => quote!(#(#filled)*),
    })
}

fn documentation(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> TokenStream {
    let operation = plan.operation;
    let with = match (context.bound(operation), context.optional(operation)) {
        (Some(bound), _) => format!("with {}", bound.needs),
        (None, Some(optional)) => format!("without a key, or with {optional}"),
        (None, None) => "without a key".to_owned(),
    };
    let wire = format!("`{} {}`, {with}.", operation.method, operation.path);
    // The server isn't listed, because the enum of servers already describes each server.
    let given = plan.required.iter().filter(|it| !matches!(it.source, Source::Server));
    let given: String = given
        .map(|it| format!("\n* `{}`: {}", it.name, docs::one_line(it.description(operation))))
        .collect();
    let (given, refusable) = match given.is_empty() || plan.named() {
        true => (String::new(), false),
        false => {
            let refusable = plan.required.iter().any(|it| it.takes.can_fail());
            (format!("Arguments:\n{given}"), refusable)
        }
    };
    let invalid =
        if refusable { "An invalid value is reported when the call is awaited." } else { "" };
    let sections = [
        errors::headers(context, operation),
        errors::documentation(context, operation),
        examples::operation(context, group, plan),
    ];
    let sections: Vec<String> = sections.into_iter().filter(|it| !it.is_empty()).collect();
    let opening = docs::opening(&operation.summary, &operation.description);
    let siblings = group.operations.iter().filter(|it| it.id != operation.id);
    let links: Vec<(String, String)> = siblings
        .map(|it| (format!("`{}`", it.id), format!("[`{0}`](Self::{0})", it.function)))
        .collect();
    docs::with_links(&[&opening, &given, invalid, &wire], &sections.join("\n\n"), &links)
}

//! `operations/*.rs`: what users call. An accessor for each tag, a method for each operation with its scope as a bound.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::{Context, choices, examples, folder};
use crate::model::{Group, Operation, Parameter, SchemaKind, Servers};
use crate::names;
use crate::passes::std_types::option;
use crate::passes::{docs, ident, lints, mentions, path};

/// Files by their name inside `operations/`.
pub(crate) fn files(context: &Context<'_>) -> BTreeMap<String, TokenStream> {
    let groups = &context.model.groups;
    let names: Vec<String> = groups.iter().map(|group| group.accessor.clone()).collect();
    let documentation = "The operations, grouped by tag. Each asks for the scope that the document's `security` stands for.";
    let mut files = BTreeMap::from([("mod.rs".to_owned(), folder(documentation, &names, true))]);
    for group in groups {
        files.insert(format!("{}.rs", group.accessor), file(context, group));
    }
    files
}

fn file(context: &Context<'_>, group: &Group) -> TokenStream {
    let documentation = docs::inner(&format!("Operations of the tag `{}`.", group.tag));
    let credential = path(&context.settings.credential);
    let (name, accessor) = (ident(&group.type_name), ident(&group.accessor));
    let about = docs::lines(&docs::sentence(&group.description));
    let named = lints::name(&group.accessor);
    let leads = docs::lines(&format!("Operations of the tag `{}`.", group.tag));
    let methods = group.operations.iter().map(|operation| method(context, operation));
    let extras = group.operations.iter().map(|operation| extras(context, operation));
    let bodies: Vec<TokenStream> = methods.chain(extras).collect();
    let uses_types = bodies.iter().any(|tokens| mentions(tokens, "types"));
    let types = uses_types.then(|| {
        quote!(
            use super::super::types;
        )
    });
    let (methods, extras) = bodies.split_at(group.operations.len());
    let choices = choices::imported(context.model, group);
    quote! {
        #documentation
        use super::super::{catalogue, raw};
        #types
        #choices
        #about
        #[derive(Debug)]
        pub struct #name<'c, K: #credential> {
            client: &'c super::super::Client<K>,
        }
        impl<K: #credential> super::super::Client<K> {
            #leads
            #named
            pub fn #accessor(&self) -> #name<'_, K> {
                #name { client: self }
            }
        }
        impl<'c, K: #credential> #name<'c, K> { #(#methods)* }
        #(#extras)*
    }
}

/// The parts of an operation that its method and its request struct share.
struct Parts {
    answer: TokenStream,
    constant: syn::Ident,
    raw: syn::Ident,
    /// Arguments of the raw function, in its order.
    arguments: Vec<String>,
}

impl Parts {
    fn new(context: &Context<'_>, operation: &Operation) -> Self {
        let arguments = context.signatures.get(&operation.name).map(|it| it.arguments.as_slice());
        Parts {
            answer: schema_type(context, operation.answer.as_deref()),
            constant: ident(&names::constant(&operation.id)),
            raw: ident(&operation.name),
            arguments: arguments.unwrap_or_default().iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn call(
        &self,
        context: &Context<'_>,
        client: &TokenStream,
        operation: &Operation,
    ) -> TokenStream {
        let Parts { constant, raw, arguments, .. } = self;
        let values = arguments.iter().map(|name| value(operation, name, client));
        let before = before(context, operation, client);
        let build = if arguments.is_empty() {
            quote!(raw::#raw)
        } else if before.is_empty() {
            quote!(|base| raw::#raw(base, #(#values),*))
        } else {
            quote!(|base| { #before raw::#raw(base, #(#values),*) })
        };
        let generated = generated(context);
        match &operation.servers {
            Servers::Fixed(_) => {
                quote!(#generated::call(&#client.core, &catalogue::#constant, #build))
            }
            Servers::Choice { variable, .. } => {
                let variable = ident(&names::field(variable));
                quote!(#generated::call_at(&#client.core, &catalogue::#constant, #variable.url(), #build))
            }
        }
    }
}

/// The module of the runtime that only generated code calls.
fn generated(context: &Context<'_>) -> TokenStream {
    let runtime = &context.runtime;
    quote!(#runtime::generated)
}

/// What an argument of the raw function is given: what the user gave, or what is filled in for the user.
fn value(operation: &Operation, name: &str, client: &TokenStream) -> TokenStream {
    let parameter = operation.parameters.iter().find(|parameter| parameter.ident == name);
    let Some(function) = parameter.and_then(|parameter| parameter.filled.as_ref()) else {
        let name = ident(name);
        return quote!(#name);
    };
    let function = path(function);
    match parameter.is_some_and(|parameter| parameter.required) {
        true => quote!(#function(#client)),
        false => quote!(::std::option::Option::Some(#function(#client))),
    }
}

/// What happens to a body before its request is built: what users don't give is filled in, then the whole is checked.
fn before(context: &Context<'_>, operation: &Operation, client: &TokenStream) -> TokenStream {
    let Some(name) = &operation.body else { return TokenStream::new() };
    let check = context.settings.hooks.checks.get(name).map(|check| {
        let check = path(check);
        quote!(#check(body)?;)
    });
    let properties = match context.model.schema(name).map(|schema| &schema.kind) {
        Some(SchemaKind::Object(properties)) => properties.as_slice(),
        _ => &[],
    };
    let mut filled = properties
        .iter()
        .filter_map(|property| Some((ident(&property.ident), path(property.filled.as_ref()?))))
        .map(|(field, function)| {
            quote!(body.#field = ::std::option::Option::Some(#function(#client));)
        })
        .peekable();
    let fill = filled.peek().is_some().then(|| {
        quote! {
            let mut body = body.clone();
            #(#filled)*
            let body = &body;
        }
    });
    quote!(#fill #check)
}

fn method(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let parts = Parts::new(context, operation);
    let function = ident(&operation.function);
    let documentation = documentation(context, operation);
    let alias = docs::alias(&operation.id, &operation.function);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let bound = context.scope(operation).map(|scope| {
        let scope = path(&scope.path);
        quote!(where K: #scope)
    });
    let arguments = arguments(context, operation);
    let (many, named) = (lints::arguments(arguments.len() + 1), lints::name(&operation.function));
    let signature = arguments.iter().map(|(name, ty)| quote!(#name: #ty));
    let (answer, result) = (&parts.answer, ident(&operation.type_name));
    if operation.optional().next().is_none() {
        let call = parts.call(context, &quote!(self.client), operation);
        return quote! {
            #documentation
            #alias
            #deprecated
            #many
            #named
            pub fn #function(&self, #(#signature),*) -> #runtime::Call<#answer> #bound { #call }
        };
    }
    let lent = arguments.iter().map(|(name, ty)| {
        let ty = with_lifetime(ty);
        quote!(#name: #ty)
    });
    let given = arguments.iter().map(|(name, _)| name);
    let absent = operation.optional().map(|parameter| ident(&parameter.ident));
    quote! {
        #documentation
        #alias
        #deprecated
        #many
        #named
        pub fn #function(&self, #(#lent),*) -> #result<'c, K> #bound {
            #result { client: self.client, #(#given,)* #(#absent: ::std::option::Option::None,)* }
        }
    }
}

/// What stands beside the group: a request with optional parameters, or the choice of a server.
fn extras(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let request = operation.optional().next().map(|_| request(context, operation));
    let choice = choices::defined_by(context.model, operation).map(choices::definition);
    quote!(#request #choice)
}

/// A request whose optional parameters are chained; it awaits like a call.
fn request(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let credential = path(&context.settings.credential);
    let parts = Parts::new(context, operation);
    let (name, answer) = (ident(&operation.type_name), &parts.answer);
    let about = docs::lines(&format!(
        "`{} {}`, not sent yet: chain the optional parameters, then await it. Options of a single call, such as `timeout`, \
         come after `into_call()`.",
        operation.method, operation.path
    ));
    let arguments = arguments(context, operation);
    let required = arguments.iter().map(|(name, ty)| {
        let ty = with_lifetime(ty);
        quote!(#name: #ty)
    });
    let optional: Vec<(syn::Ident, Type, &Parameter)> = operation
        .optional()
        .filter_map(|parameter| {
            let ty = argument_type(context, operation, &parameter.ident)?;
            Some((ident(&parameter.ident), with_lifetime(option(&ty)?), parameter))
        })
        .collect();
    let fields = optional.iter().map(|(name, ty, _)| quote!(#name: ::std::option::Option<#ty>));
    let setters = optional.iter().map(|(name, ty, parameter)| {
        let documentation = docs::lines(&docs::sentence(&parameter.description));
        quote! {
            #documentation
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = ::std::option::Option::Some(#name);
                self
            }
        }
    });
    let names: Vec<syn::Ident> = arguments
        .iter()
        .map(|(name, _)| name.clone())
        .chain(optional.iter().map(|(name, ..)| name.clone()))
        .collect();
    let call = parts.call(context, &quote!(client), operation);
    quote! {
        #about
        #[derive(Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct #name<'c, K: #credential> {
            client: &'c super::super::Client<K>,
            #(#required,)*
            #(#fields,)*
        }
        impl<'c, K: #credential> #name<'c, K> {
            #(#setters)*
            /// Returns the call with the parameters set so far. Options of a single call, such as `timeout` and `header`,
            /// can then be set. It borrows nothing, so it can be sent from another task.
            pub fn into_call(self) -> #runtime::Call<#answer> {
                let Self { client, #(#names),* } = self;
                #call
            }
        }
        impl<'c, K: #credential> ::std::future::IntoFuture for #name<'c, K> {
            type Output = <#runtime::Call<#answer> as ::std::future::IntoFuture>::Output;
            type IntoFuture = <#runtime::Call<#answer> as ::std::future::IntoFuture>::IntoFuture;
            fn into_future(self) -> Self::IntoFuture {
                self.into_call().into_future()
            }
        }
    }
}

/// The required arguments as users give them: a server to pick, parameters in the order of the document, the body.
pub(super) fn arguments(context: &Context<'_>, operation: &Operation) -> Vec<(syn::Ident, Type)> {
    let server = match &operation.servers {
        Servers::Choice { variable, .. } => {
            let ty = ident(&names::pascal(variable));
            Some((ident(&names::field(variable)), syn::parse_quote!(#ty)))
        }
        Servers::Fixed(_) => None,
    };
    let parameters = operation.required().map(|parameter| parameter.ident.as_str());
    let body = operation.body.as_ref().map(|_| "body");
    let typed = parameters
        .chain(body)
        .filter_map(|name| Some((ident(name), argument_type(context, operation, name)?)));
    server.into_iter().chain(typed).collect()
}

fn argument_type(context: &Context<'_>, operation: &Operation, name: &str) -> Option<Type> {
    context.signatures.get(&operation.name)?.argument(name).cloned()
}

/// References live as long as the client is borrowed.
fn with_lifetime(ty: &Type) -> Type {
    let mut ty = ty.clone();
    if let Type::Reference(reference) = &mut ty {
        reference.lifetime = Some(syn::Lifetime::new("'c", proc_macro2::Span::call_site()));
    }
    ty
}

/// The Rust type of a schema, `()` where there is none.
pub(super) fn schema_type(context: &Context<'_>, name: Option<&str>) -> TokenStream {
    match name.and_then(|name| context.model.schema(name)) {
        Some(schema) => {
            let name = ident(&schema.ident);
            quote!(types::#name)
        }
        None => quote!(()),
    }
}

fn documentation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let wire =
        format!("`{} {}`, with {}.", operation.method, operation.path, context.needs(operation));
    let parameters: Vec<String> = operation
        .given()
        .map(|parameter| {
            format!("* `{}`: {}", parameter.ident, docs::one_line(&parameter.description))
        })
        .collect();
    let example = examples::operation(context, operation);
    let errors = "# Errors\n\nThe request could not be built or sent, was refused, or its answer could not be read: the \
                  error says which.";
    let paragraphs = [
        &docs::opening(&operation.summary, &operation.description),
        &wire,
        &parameters.join("\n"),
        errors,
    ];
    docs::with_example(&paragraphs, &example)
}

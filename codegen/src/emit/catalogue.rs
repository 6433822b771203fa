//! `catalogue.rs`: the operations and the security schemes as data.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::operations::arguments;
use crate::model::{Group, Location, Operation, Parameter, SchemaKind, Servers, Shape};
use crate::names;
use crate::passes::{docs, ident};

pub(crate) fn file(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(
        "The operations of the document as data: for documentation, tests, the server and the transport.",
    );
    let runtime = &context.runtime;
    let groups = &context.model.groups;
    let rows: Vec<TokenStream> = groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
        .map(|(group, operation)| row(context, group, operation))
        .collect();
    let constants =
        context.model.operations().map(|operation| ident(&names::constant(&operation.id)));
    let schemes =
        context.model.schemes.iter().map(
            |(name, header)| quote!(#runtime::SecurityScheme { name: #name, header: #header }),
        );
    let has_parameters = context.model.operations().any(|each| !each.parameters.is_empty());
    let (location, parameter) = match has_parameters {
        true => (quote!(Location,), quote!(Parameter,)),
        false => Default::default(),
    };
    quote! {
        #documentation
        use #runtime::{#location Method, Operation, #parameter SecurityScheme};
        /// All operations, in the order of the document.
        pub static OPERATIONS: &[&Operation] = &[#(&#constants),*];
        /// The security schemes that operations use, in the order of their names.
        pub static SECURITY_SCHEMES: &[SecurityScheme] = &[#(#schemes),*];
        #(#rows)*
    }
}

fn row(context: &Context<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let documentation = docs::lines(&format!(
        "`{} {}`, with {}. {}",
        operation.method,
        operation.path,
        context.needs(operation),
        docs::one_line(&operation.summary)
    ));
    let constant = ident(&names::constant(&operation.id));
    let method = ident(&operation.method);
    let Operation { id, function, path, security, deprecated, summary, line, .. } = operation;
    let Group { tag, accessor, .. } = group;
    let evidence = operation.evidence.split_whitespace().collect::<Vec<_>>().join(" ");
    let security = security.iter().map(|alternative| quote!(&[#(#alternative),*]));
    let scope = option(context.scope(operation).map(|scope| scope.name.as_str()));
    let (body, answer) = (option(operation.body.as_deref()), option(operation.answer.as_deref()));
    let idempotent = operation.idempotent();
    let servers: Vec<&String> = match &operation.servers {
        Servers::Fixed(urls) => urls.iter().collect(),
        Servers::Choice { choices, .. } => choices.iter().map(|choice| &choice.url).collect(),
    };
    let parameters = operation.parameters.iter().map(|each| parameter(context, each));
    let arguments = arguments(context, operation).into_iter().map(|(name, _)| name.to_string());
    quote! {
        #documentation
        pub static #constant: Operation = Operation {
            id: #id,
            tag: #tag,
            accessor: #accessor,
            function: #function,
            method: Method::#method,
            path: #path,
            servers: &[#(#servers),*],
            security: &[#(#security),*],
            scope: #scope,
            idempotent: #idempotent,
            deprecated: #deprecated,
            arguments: &[#(#arguments),*],
            parameters: &[#(#parameters),*],
            body: #body,
            answer: #answer,
            summary: #summary,
            evidence: #evidence,
            line: #line,
        };
    }
}

fn parameter(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let Parameter { name, required, shape, .. } = parameter;
    let values = match shape {
        Shape::Named(name) => match context.model.schema(name).map(|schema| &schema.kind) {
            Some(SchemaKind::Enum { values, .. }) => values.as_slice(),
            _ => &[],
        },
        _ => &[],
    };
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Header => quote!(Header),
    };
    quote!(Parameter {
        name: #name, location: Location::#location, required: #required, values: &[#(#values),*],
    })
}

fn option(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}

//! Emits `catalogue.rs`: the operations and the security schemes as data.
//!
//! Each row calls a constructor, and then a method for each optional property that is set. So a new
//! property changes only the rows of the operations that have the property.

mod literal;
mod securities;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::Plan;
use super::{Context, choices};
use crate::model::{
    BodyFormat, Group, KeyLocation, Location, Operation, Parameter, ResponseFormat, SchemaKind,
    SchemeKind, SecurityScheme, Servers, Shape,
};
use crate::names;
use crate::passes::arguments::Takes;
use crate::passes::{docs, ident, mentions};

use literal::broken;
use securities::{Securities, requirements};

/// The types that rows may use in addition to [`ALWAYS`].
const SOMETIMES: &[&str] =
    &["Location", "Method", "Parameter", "RequiredScheme", "SecurityRequirement", "Written"];

/// The types that every catalogue uses.
const ALWAYS: &[&str] = &["Operation", "SecurityScheme"];

pub(crate) fn file(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(
        "The operations of the document as data: for documentation, tests, the server and the transport.",
    );
    let runtime = &context.runtime;
    let groups = &context.model.groups;
    let securities = Securities::of(context);
    let rows: TokenStream = groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
        .map(|(group, operation)| row(context, &securities, group, operation))
        .collect();
    let constants =
        context.model.operations().map(|operation| ident(&names::constant(&operation.id)));
    let servers: BTreeSet<&String> = context.model.operations().flat_map(servers).collect();
    let servers = servers.into_iter();
    let schemes: Vec<TokenStream> = context.model.schemes.iter().map(scheme).collect();
    let securities = securities.definitions();
    let named = quote!(#securities #rows #(#schemes)*);
    let sometimes = SOMETIMES.iter().filter(|name| mentions(&named, name));
    let mut imports: Vec<&str> = ALWAYS.iter().chain(sometimes).copied().collect();
    imports.sort_unstable();
    let imports = imports.into_iter().map(ident);
    quote! {
        #documentation
        use #runtime::{#(#imports),*};
        /// All operations, in document order.
        pub static OPERATIONS: &[&Operation] = &[#(&#constants),*];
        /// The servers of all operations. The list doesn't refer to the operations themselves, so
        /// a small program links only the operations that it calls.
        pub static SERVERS: &[&str] = &[#(#servers),*];
        /// The security schemes that operations use, sorted by name.
        pub static SECURITY_SCHEMES: &[SecurityScheme] = &[#(#schemes),*];
        #securities
        #rows
    }
}

/// Returns the servers to which an operation may be sent.
fn servers(operation: &Operation) -> Vec<&String> {
    match &operation.servers {
        Servers::Fixed(urls) => urls.iter().collect(),
        Servers::Choice { choices, .. } => choices.iter().map(|choice| &choice.url).collect(),
    }
}

fn scheme(scheme: &SecurityScheme) -> TokenStream {
    let name = &scheme.name;
    match &scheme.kind {
        SchemeKind::ApiKey { location, name: wire } => {
            let location = match location {
                KeyLocation::Header => quote!(Header),
                KeyLocation::Query => quote!(Query),
                KeyLocation::Cookie => quote!(Cookie),
            };
            quote!(SecurityScheme::api_key(#name, Location::#location, #wire))
        }
        SchemeKind::Http { scheme } => quote!(SecurityScheme::http(#name, #scheme)),
        SchemeKind::OAuth2 => quote!(SecurityScheme::oauth2(#name)),
        SchemeKind::OpenIdConnect => quote!(SecurityScheme::open_id_connect(#name)),
        SchemeKind::MutualTls => quote!(SecurityScheme::mutual_tls(#name)),
    }
}

fn row(
    context: &Context<'_>,
    securities: &Securities,
    group: &Group,
    operation: &Operation,
) -> TokenStream {
    let needs = context.needs(operation);
    let documentation = docs::paragraphs(&[
        &docs::headline(&operation.summary, &operation.description),
        &format!("`{} {}`; needs {needs}.", operation.method, operation.path),
    ]);
    let constant = ident(&names::constant(&operation.id));
    let method = ident(&operation.method);
    let Operation { id, function, path, .. } = operation;
    let Group { tag, accessor, .. } = group;
    let servers = servers(operation);
    let (who, what) = (who(context, securities, operation), what(context, group, operation));
    quote! {
        #documentation
        pub static #constant: Operation = Operation::new(#id, Method::#method, #path)
            .tag(#tag)
            .accessor(#accessor)
            .function(#function)
            .servers(&[#(#servers),*])
            #who
            #what;
    }
}

/// Returns the steps that define who may call an operation.
fn who(context: &Context<'_>, securities: &Securities, operation: &Operation) -> TokenStream {
    let security = match securities.name(operation) {
        Some(name) => Some(quote!(.security(#name))),
        None => step(&operation.security, |it| {
            let requirements = requirements(it);
            quote!(.security(#requirements))
        }),
    };
    let bound = context.bound(operation).map(|bound| {
        let name = &bound.name;
        quote!(.bound(#name))
    });
    quote!(#security #bound)
}

/// Returns the steps for the parameters, bodies and description of an operation.
fn what(context: &Context<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let deprecated = operation.deprecated.then(|| quote!(.deprecated()));
    let plan = Plan::new(context, operation);
    let is_given = operation.body.is_some() || (operation.body_required && is_raw(operation));
    let body = is_given.then(|| "body".to_owned());
    let arguments: Vec<String> = plan.outside().map(|it| it.name.to_string()).chain(body).collect();
    let from = plan.body_function(group).map(|function| quote!(.from_function(#function)));
    let arguments = step(&arguments, |it| quote!(.arguments(&[#(#it),*])));
    let parameters: Vec<TokenStream> =
        operation.parameters.iter().map(|each| parameter(context, &plan, each)).collect();
    let server = server(operation).map(|path| quote!(.server(#path)));
    let parameters = step(&parameters, |it| quote!(.parameters(&[#(#it),*])));
    let body = match is_raw(operation) {
        true => Some(quote!(.body("Body"))),
        false => operation.body.as_ref().map(|body| quote!(.body(#body))),
    };
    let media_type = Some(&operation.body_media_type)
        .filter(|it| !it.is_empty() && *it != JSON)
        .map(|media_type| quote!(.content_type(#media_type)));
    let may_be_empty = operation.answer_may_be_missing.then(|| quote!(.may_be_empty()));
    let not_modified = operation.not_modified.then(|| quote!(.not_modified()));
    let answer = answer(operation).map(|answer| quote!(.answer(#answer) #may_be_empty));
    let accept = Some(&operation.accept)
        .filter(|accept| *accept != JSON)
        .map(|accept| quote!(.accept(#accept)));
    let summary = (!operation.summary.is_empty()).then(|| {
        let summary = broken(&operation.summary);
        quote!(.summary(#summary))
    });
    let evidence = operation.evidence.split_whitespace().collect::<Vec<_>>().join(" ");
    let evidence: Vec<_> =
        evidence.split("; ").filter(|text| !text.is_empty()).map(broken).collect();
    let evidence = step(&evidence, |it| quote!(.evidence(&[#(#it),*])));
    quote! {
        #deprecated #from #arguments #server #parameters #body #media_type #answer #not_modified #accept #summary
        #evidence
    }
}

/// Returns the type of the response, without paths.
fn answer(operation: &Operation) -> Option<String> {
    let inner = operation.answer.as_deref();
    Some(match operation.answer_format {
        ResponseFormat::Json => inner?.to_owned(),
        ResponseFormat::Text => "String".to_owned(),
        ResponseFormat::Bytes => "Bytes".to_owned(),
        ResponseFormat::Events => format!("EventStream<{}>", inner?),
        ResponseFormat::TextEvents => "EventStream<String>".to_owned(),
        ResponseFormat::Lines => format!("JsonLines<{}>", inner?),
    })
}

const JSON: &str = "application/json";

fn is_raw(operation: &Operation) -> bool {
    operation.body_format == Some(BodyFormat::Raw)
}

/// Returns the Rust path of the first server that the caller can choose.
fn server(operation: &Operation) -> Option<String> {
    let Servers::Choice { variable, choices, .. } = &operation.servers else { return None };
    let first = choices::variants(variable, choices).into_iter().next()?;
    Some(format!("operations::{}::{first}", names::pascal(variable)))
}

/// Returns the kind of Rust expression that a caller writes for a parameter.
fn written(context: &Context<'_>, parameter: &Parameter, takes: &Takes) -> TokenStream {
    let is_enum = |name: &str| {
        let schema = context.model.schema(name);
        schema.is_some_and(|schema| matches!(schema.kind, SchemaKind::Enum { .. }))
    };
    match (takes, &parameter.shape) {
        _ if !parameter.is_plain() => quote!(Structured),
        (Takes::Text | Takes::Converted(_), _) => quote!(Text),
        (_, Shape::Formatted(_)) => quote!(Parsed),
        (_, Shape::Named(name)) if is_enum(name) => quote!(Parsed),
        (_, Shape::Boolean | Shape::Integer(_) | Shape::Number(_)) => quote!(Literal),
        _ => quote!(Structured),
    }
}

fn parameter(context: &Context<'_>, plan: &Plan<'_>, parameter: &Parameter) -> TokenStream {
    let Parameter { name, required, shape, .. } = parameter;
    let values = match shape {
        // Values are listed only for a plain parameter, because other parameters might not be sent
        // exactly as the enum lists them.
        Shape::Named(name) if parameter.is_plain() => {
            match context.model.schema(name).map(|schema| &schema.kind) {
                Some(SchemaKind::Enum { values, .. }) => values.as_slice(),
                _ => &[],
            }
        }
        _ => &[],
    };
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Header => quote!(Header),
        Location::Cookie => quote!(Cookie),
    };
    let required = required.then(|| quote!(.required()));
    let values = step(values, |it| quote!(.values(&[#(#it),*])));
    let argument = plan.argument(parameter).map(|argument| {
        let (name, written) =
            (argument.name.to_string(), written(context, parameter, &argument.takes));
        quote!(.argument(#name, Written::#written))
    });
    quote!(Parameter::new(#name, Location::#location) #required #values #argument)
}

/// Returns the call to the builder that passes the list, or `None` if the list is empty.
fn step<T>(list: &[T], written: impl FnOnce(&[T]) -> TokenStream) -> Option<TokenStream> {
    (!list.is_empty()).then(|| written(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(kind: SchemeKind) -> String {
        scheme(&SecurityScheme { name: "key".to_owned(), kind }).to_string().replace(' ', "")
    }

    #[test]
    fn each_kind_of_scheme_has_its_constructor() {
        let key = |location| kind(SchemeKind::ApiKey { location, name: "k".to_owned() });
        let api_key =
            |place: &str| format!("SecurityScheme::api_key(\"key\",Location::{place},\"k\")");
        assert_eq!(key(KeyLocation::Header), api_key("Header"));
        assert_eq!(key(KeyLocation::Query), api_key("Query"));
        assert_eq!(key(KeyLocation::Cookie), api_key("Cookie"));
        for (of, expected) in [
            (SchemeKind::Http { scheme: "bearer".to_owned() }, "http(\"key\",\"bearer\")"),
            (SchemeKind::OAuth2, "oauth2(\"key\")"),
            (SchemeKind::OpenIdConnect, "open_id_connect(\"key\")"),
            (SchemeKind::MutualTls, "mutual_tls(\"key\")"),
        ] {
            assert_eq!(kind(of), format!("SecurityScheme::{expected}"));
        }
    }
}

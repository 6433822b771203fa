//! Emits `requirements.rs`: a sealed trait for each distinct security requirement. rustc checks and
//! explains these traits.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::RequiredScheme;
use crate::lower::credentials::{Generated, GeneratedRequirement, GeneratedScheme};
use crate::model::SchemeKind;
use crate::passes::{docs, ident};

pub(super) fn file(context: &Context<'_>, generated: &Generated) -> TokenStream {
    let documentation = docs::inner(&format!(
        "The security requirements of {}, as bounds of operations. Each trait is implemented for every `Credentials` that \
         meets the requirement, and nothing else can implement it. `do_not_recommend` makes rustc \
         show the message instead \
         of the formula.\n\nA function that calls an operation has the same bound: \
         `fn report<K: requirements::Name>(client: &Client<K>)`.",
        context.model.title
    ));
    let traits = generated.requirements.iter().map(|it| definition(context, generated, it));
    quote! {
        #documentation
        #(#traits)*
    }
}

fn definition(
    context: &Context<'_>,
    generated: &Generated,
    requirement: &GeneratedRequirement,
) -> TokenStream {
    let (runtime, root) = (&context.runtime, &context.module);
    let name = ident(&requirement.ident);
    let about = docs::as_written(&docs::wrapped(&format!("Requires {}.", requirement.needs)));
    let message =
        escaped(&format!("this operation needs {}, but the client holds ", requirement.needs));
    let message = format!("{message}`{{Self}}`");
    let label = escaped(&format!("needs {}", requirement.needs));
    let notes = notes(generated, requirement);
    let notes = notes.iter().map(|note| {
        let note = escaped(note);
        quote!(, note = #note)
    });
    let formula = formula(context, generated, requirement);
    quote! {
        #about
        #[diagnostic::on_unimplemented(message = #message, label = #label #(#notes)*)]
        pub trait #name: #root::credentials::Credential {}
        #[diagnostic::do_not_recommend]
        impl<K: #root::credentials::Credential> #name for K where #formula: #runtime::logic::IsTrue {}
    }
}

/// Escapes braces, because messages use them for placeholders.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Returns the notes: the document's description of each scheme, and what to add to a client that
/// doesn't meet the requirement.
fn notes(generated: &Generated, requirement: &GeneratedRequirement) -> Vec<String> {
    let required = || requirement.requirement.iter().flatten();
    let schemes: BTreeSet<&str> = required().map(|required| required.name.as_str()).collect();
    let schemes = schemes.into_iter().filter_map(|name| generated.scheme(name));
    let described = schemes.filter_map(|scheme| {
        let sentence = docs::first_sentence(&scheme.description);
        (!sentence.is_empty()).then(|| format!("`{}`: {sentence}", scheme.ident))
    });
    let mut notes: Vec<String> = described.collect();
    notes.extend(declarations(generated, requirement));
    let mut ways: Vec<String> = Vec::new();
    for alternative in &requirement.requirement {
        let steps: String = alternative
            .iter()
            .filter_map(|required| {
                generated.scheme(&required.name).map(|it| step(it, &required.scopes))
            })
            .collect();
        let way = format!("`{steps}`");
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let ways = ways.into_iter().enumerate().map(|(at, way)| match at {
        0 => format!("add to the client's `Credentials`: {way}"),
        _ => format!("or {way}"),
    });
    notes.extend(ways);
    notes
}

/// Returns notes on how to declare scopes. The first notes are for the first alternative that has
/// scopes. The notes for the other alternatives follow, and begin with "or".
fn declarations(generated: &Generated, requirement: &GeneratedRequirement) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut notes = Vec::new();
    let mut last = None;
    for alternative in &requirement.requirement {
        let declared = alternative.iter().filter_map(|required| declaration(generated, required));
        let new: Vec<_> = declared.filter(|(_, code)| seen.insert(code.clone())).collect();
        let first = notes.is_empty();
        for (module, code) in new {
            notes.push(match (first, last.as_ref() == Some(&module)) {
                (true, _) => {
                    format!("declare the scopes with the types in `scopes::{module}`: `{code}`")
                }
                (false, true) => format!("or `{code}`"),
                (false, false) => format!("or with those in `scopes::{module}`: `{code}`"),
            });
            last = Some(module);
        }
    }
    notes
}

/// Returns the module of a credential's scopes, and the code that declares them.
fn declaration(generated: &Generated, required: &RequiredScheme) -> Option<(String, String)> {
    let scheme = generated.scheme(&required.name)?;
    let scopes = required.scopes.iter().filter_map(|text| scheme.scope(text));
    let scopes: Vec<&str> = scopes.map(|scope| scope.ident.as_str()).collect();
    let (ident, declared) = (&scheme.ident, declared(scheme));
    let code = format!("scopes! {{ pub struct {declared} for {ident}: {}; }}", scopes.join(", "));
    (!scopes.is_empty()).then(|| (scheme.module(), code))
}

/// Returns the name that the notes use for the type that declares a scheme's scopes.
fn declared(scheme: &GeneratedScheme) -> String {
    format!("{}Scopes", scheme.ident)
}

/// Returns the call that adds a credential with these scopes.
pub(super) fn step(scheme: &GeneratedScheme, scopes: &BTreeSet<String>) -> String {
    let GeneratedScheme { ident, field, .. } = scheme;
    let declared = match (scheme.scopes.is_empty(), scopes.is_empty()) {
        (true, _) => String::new(),
        // Without a type, rustc can't infer which scopes are declared.
        (false, true) => "::<()>".to_owned(),
        (false, false) => format!("::<{}>", declared(scheme)),
    };
    let value = match &scheme.kind {
        SchemeKind::MutualTls => format!("{ident}::presented()"),
        SchemeKind::Http { scheme } if scheme == "basic" => {
            format!("{ident}::new(user, password)?")
        }
        SchemeKind::Http { scheme } if scheme != "bearer" => format!("{ident}::new(…)"),
        SchemeKind::ApiKey { .. } => format!("{ident}{declared}::new(secret)?"),
        // If the scheme has a token URL, a program usually has a client secret and not a token.
        _ if scheme.token_url.is_some() => {
            format!("{ident}{declared}::client_credentials(client_id, client_secret)?")
        }
        _ => format!("{ident}{declared}::new(token)?"),
    };
    format!(".{field}({value})")
}

/// Returns the requirement as a type-level boolean: an OR of ANDs.
fn formula(
    context: &Context<'_>,
    generated: &Generated,
    requirement: &GeneratedRequirement,
) -> TokenStream {
    let alternatives = requirement.requirement.iter().map(|alternative| {
        let terms =
            alternative.iter().flat_map(|required| match generated.scheme(&required.name) {
                Some(scheme) => terms(context, scheme, required),
                None => Vec::new(),
            });
        joined(context, "And", &terms.collect::<Vec<_>>())
    });
    joined(context, "Or", &alternatives.collect::<Vec<_>>())
}

/// Returns a balanced tree, `Or<Or<A, B>, Or<C, D>>`, so that hundreds of terms are nested only a
/// few levels deep.
fn joined(context: &Context<'_>, operator: &str, terms: &[TokenStream]) -> TokenStream {
    let runtime = &context.runtime;
    match terms {
        // Without terms the formula is false, so no operation is open by accident.
        [] => quote!(#runtime::logic::No),
        [one] => one.clone(),
        many => {
            let (one, other) = many.split_at(many.len() / 2);
            let (one, other) = (joined(context, operator, one), joined(context, operator, other));
            let operator = ident(operator);
            quote!(#runtime::logic::#operator<#one, #other>)
        }
    }
}

fn terms(
    context: &Context<'_>,
    scheme: &GeneratedScheme,
    required: &RequiredScheme,
) -> Vec<TokenStream> {
    let root = &context.module;
    let name = ident(&scheme.ident);
    if scheme.scopes.is_empty() {
        return vec![quote!(K::#name)];
    }
    if required.scopes.is_empty() {
        return vec![
            quote!(<K::#name as #root::credentials::Slot<#root::credentials::#name>>::Set),
        ];
    }
    let module = ident(&scheme.module());
    let scopes = required.scopes.iter().filter_map(|text| scheme.scope(text));
    scopes
        .map(|scope| {
            let scope = ident(&scope.ident);
            quote! {
                <K::#name as #root::credentials::ScopedSlot<#root::credentials::#name>>::Declares<
                    #root::scopes::#module::#scope
                >
            }
        })
        .collect()
}

//! `types/*.rs`: the schemas, a file for each tag and one for what they share.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use super::{Context, folder};
use crate::model::{Schema, SchemaKind};
use crate::passes::modules::{self, Definition, Module};
use crate::passes::{Unrecognized, docs, enums, ident, mentions, path, structs};

/// Files by their name inside `types/`.
pub(crate) fn files(
    context: &Context<'_>,
    items: Vec<Item>,
) -> Result<BTreeMap<String, TokenStream>, Unrecognized> {
    let definitions = definitions(context, items)?;
    let modules = modules::assign(definitions, context.model);
    let names: Vec<String> = modules.keys().cloned().collect();
    let mut files = BTreeMap::from([(
        "mod.rs".to_owned(),
        folder("Types of the requests and answers, from the schemas of the document.", &names),
    )]);
    for (name, module) in modules {
        files.insert(format!("{name}.rs"), file(context, &name, &module));
    }
    Ok(files)
}

fn file(context: &Context<'_>, name: &str, module: &Module) -> TokenStream {
    let tag = context.model.groups.iter().find(|group| group.accessor == name);
    let documentation = match tag {
        Some(group) => format!("Types that only operations of the tag `{}` use.", group.tag),
        None if name == modules::STANDALONE => {
            "Types that no operation's body mentions.".to_owned()
        }
        None => "Types that operations of several tags use.".to_owned(),
    };
    let documentation = docs::inner(&documentation);
    let imports: Vec<syn::Ident> = module.imports.iter().map(|name| ident(name)).collect();
    let imports = (!imports.is_empty()).then(|| quote!(use super::{#(#imports),*};));
    let definitions = &module.definitions;
    quote!(#documentation #imports #(#definitions)*)
}

/// Typify's items, grouped by the type that they define or implement something for.
fn definitions(context: &Context<'_>, items: Vec<Item>) -> Result<Vec<Definition>, Unrecognized> {
    let mut by_name: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        if let Some(name) = subject(&item) {
            by_name.entry(name).or_default().push(item);
        }
    }
    let mut definitions = Vec::new();
    for schema in &context.model.schemas {
        let items = by_name.remove(&schema.ident).unwrap_or_default();
        definitions.push(definition(context, schema, items)?);
    }
    // The module `error` of typify serves conversions of closed enums alone.
    let error = by_name.remove("error").unwrap_or_default();
    if definitions.iter().any(|definition| mentions(&definition.tokens, "error")) {
        definitions
            .push(Definition { names: vec!["error".to_owned()], tokens: quote!(#(#error)*) });
    }
    match by_name.into_keys().next() {
        Some(name) => Err(Unrecognized::new(name, "a type without a schema")),
        None => Ok(definitions),
    }
}

fn definition(
    context: &Context<'_>,
    schema: &Schema,
    items: Vec<Item>,
) -> Result<Definition, Unrecognized> {
    let mut names = vec![schema.ident.clone()];
    if let Some(hand_written) = context.settings.hooks.types.get(&schema.name) {
        let is_named_so = hand_written.rsplit("::").next() == Some(schema.ident.as_str());
        let (hand_written, name) = (path(hand_written), ident(&schema.ident));
        let tokens = match is_named_so {
            true => quote!(pub use #hand_written;),
            false => quote!(pub use #hand_written as #name;),
        };
        return Ok(Definition { names, tokens });
    }
    let tokens = match (&schema.kind, enums::open(schema)) {
        (_, Some(tokens)) => tokens,
        (SchemaKind::Object(properties), None) => {
            let structure = items.into_iter().find_map(|item| match item {
                Item::Struct(item) => Some(item),
                _ => None,
            });
            let structure =
                structure.ok_or_else(|| Unrecognized::new(&schema.name, "no struct"))?;
            if properties.iter().filter(|property| property.required).count()
                > structs::MOST_ARGUMENTS
            {
                names.push(format!("{}Required", schema.ident));
            }
            structs::object(structure, schema, context.settings)?
        }
        _ => as_it_is(schema, items),
    };
    Ok(Definition { names, tokens })
}

/// What no pass rewrites, but with the document's own description and with documentation everywhere.
fn as_it_is(schema: &Schema, items: Vec<Item>) -> TokenStream {
    let documentation =
        docs::paragraphs(&[&docs::sentence(&schema.description), &docs::source(&schema.evidence)]);
    let items = items.into_iter().map(|item| match item {
        Item::Enum(mut item) => {
            item.attrs.retain(|attribute| !docs::is_doc(attribute));
            item.variants.iter_mut().for_each(documented);
            quote!(#documentation #item)
        }
        Item::Struct(mut item) => {
            item.attrs.retain(|attribute| !docs::is_doc(attribute));
            quote!(#documentation #item)
        }
        Item::Type(mut item) => {
            item.attrs.retain(|attribute| !docs::is_doc(attribute));
            quote!(#documentation #item)
        }
        other => other.into_token_stream(),
    });
    quote!(#(#items)*)
}

/// The document's words for a variant as ours are, or its name.
fn documented(variant: &mut syn::Variant) {
    let told: Vec<String> = variant.attrs.iter().filter_map(docs::text).collect();
    let text = match told.is_empty() {
        true => format!("{}.", variant.ident),
        false => told.join("\n"),
    };
    variant.attrs.retain(|attribute| !docs::is_doc(attribute));
    variant.attrs.extend(docs::attributes(&docs::lines(&text)));
}

/// The type that an item is about.
fn subject(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Mod(item) => Some(item.ident.to_string()),
        Item::Impl(item) => match &*item.self_ty {
            // `impl From<Pets> for Vec<Pet>` is about the former.
            syn::Type::Path(path) if is_foreign(&path.path) => argument(item),
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// A type of the schemas is named without a path.
fn is_foreign(path: &syn::Path) -> bool {
    path.segments.len() > 1 || path.segments.first().is_some_and(|first| is_primitive(&first.ident))
}

fn is_primitive(name: &syn::Ident) -> bool {
    const PRIMITIVES: &[&str] =
        &["bool", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"];
    PRIMITIVES.iter().any(|primitive| name == primitive)
}

/// `Pets` of `impl From<Pets> for …`.
fn argument(item: &syn::ItemImpl) -> Option<String> {
    let (path, _) = item.trait_.as_ref()?;
    let syn::PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(syn::Type::Path(path)) => {
            path.path.segments.last().map(|last| last.ident.to_string())
        }
        _ => None,
    }
}

//! Emits `types/*.rs`: the schemas, each in its own file.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use super::{Context, Failure};
use crate::model::{Schema, SchemaKind};
use crate::passes::{
    Unrecognized, docs, enums, ident, mentions, numbers, path, siblings, structs, unions,
};
use crate::text::Printer;
use crate::{Files, names, parallel};

/// The module for the conversion error of closed enums, both in typify's code and in the generated
/// code.
const ERROR: &str = "error";

/// The type that is generated for a schema.
struct Definition {
    name: String,
    /// The struct of its required fields, if it has one.
    carrier: Option<String>,
    /// The text of its file.
    text: String,
}

/// Hand-written types, which are re-exported under the names of their schemas. The key is the path
/// of the types' module.
type Exports = BTreeMap<String, BTreeSet<String>>;

/// The result of processing typify's items.
struct Definitions {
    generated: Vec<Definition>,
    exports: Exports,
    /// The conversion error of closed enums, if there are any.
    error: Option<TokenStream>,
}

/// Returns the printed files of `types/`, by path.
pub(crate) fn files(
    context: &Context<'_>,
    items: Vec<Item>,
    printer: &Printer<'_>,
) -> Result<Files, Failure> {
    let Definitions { generated, exports, error } = definitions(context, items, printer)?;
    let mut modules: BTreeMap<String, Definition> = BTreeMap::new();
    for definition in generated {
        let module = free(&definition.name, |name| {
            modules.contains_key(name) || (name == ERROR && error.is_some())
        });
        modules.insert(module, definition);
    }
    let root = (file("mod"), root(&modules, &exports, &error));
    let error = error.map(|tokens| (file(ERROR), tokens));
    let mut files = printer.files(iter::once(root).chain(error))?;
    let texts = modules.into_iter().map(|(module, definition)| (file(&module), definition.text));
    files.extend(texts);
    Ok(files)
}

/// Returns the path to a module's file.
fn file(module: &str) -> String {
    format!("types/{module}.rs")
}

/// Returns an unused name for the module of a type. Module names leave out some characters, so
/// different types could otherwise get the same module name.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = names::module(name);
    while taken(&name) {
        name.push('_');
    }
    name
}

/// Emits `mod.rs`, which exports the types. A hand-written type gets the name of its schema.
fn root(
    modules: &BTreeMap<String, Definition>,
    exports: &Exports,
    error: &Option<TokenStream>,
) -> TokenStream {
    let documentation = docs::inner("The types of requests and responses.");
    let error = error.as_ref().map(|_| {
        quote!(
            pub mod error;
        )
    });
    let names = modules.keys().map(|module| ident(module));
    let types = modules.iter().map(|(module, definition)| {
        let module = ident(module);
        let name = ident(&definition.name);
        match definition.carrier.as_deref().map(ident) {
            Some(carrier) => quote!(pub use self::#module::{#name, #carrier};),
            None => quote!(pub use self::#module::#name;),
        }
    });
    let exports = exports.iter().map(|(module, names)| {
        let (module, names) = (path(module), names.iter().map(|name| path(name)));
        match names.len() {
            1 => quote!(pub use #module #(#names)*;),
            _ => quote!(pub use #module {#(#names),*};),
        }
    });
    quote!(#documentation #error #(mod #names;)* #(#types)* #(#exports)*)
}

/// Groups typify's items by type, and prints the code of each schema's type.
fn definitions(
    context: &Context<'_>,
    items: Vec<Item>,
    printer: &Printer<'_>,
) -> Result<Definitions, Failure> {
    let mut by_name: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        if let Some(name) = subject(&item) {
            by_name.entry(name).or_default().push(item);
        }
    }
    let known = context.model.schemas.iter().map(|schema| schema.ident.clone()).collect();
    let mut exports = Exports::new();
    // typify's `error` module is used only for conversions of closed enums.
    let mut uses_error = false;
    let jobs = context.model.schemas.iter().filter_map(|schema| {
        let items = by_name.remove(&schema.ident).unwrap_or_default();
        if let Some(hand_written) = context.settings.hooks.types.get(&schema.name) {
            let (module, name) = export(schema, hand_written);
            exports.entry(module).or_default().insert(name);
            return None;
        }
        Some(definition(context, schema, items).map(|(carrier, tokens)| {
            uses_error |= mentions(&tokens, ERROR);
            // Tokens can't be sent to another thread, but their text can.
            (schema.ident.clone(), carrier, tokens.to_string())
        }))
    });
    let print = |(name, carrier, tokens): (String, Option<String>, String)| {
        let mut tree = syn::parse_str(&tokens)
            .map_err(|_| Unrecognized::new(&name, "text that isn't an item"))?;
        siblings::locate(&mut tree, &known, &name);
        let text = printer.tree(&file(&name), tree);
        Ok(Definition { name, carrier, text })
    };
    let generated: Result<_, Unrecognized> = parallel::map(jobs, print)?.into_iter().collect();
    let generated = generated?;
    let error = by_name.remove(ERROR).unwrap_or_default();
    let error = error.into_iter().find_map(|item| match item {
        Item::Mod(module) if uses_error => module.content,
        _ => None,
    });
    let error = error.map(|(_, items)| {
        let documentation = docs::inner("The error of failed conversions.");
        quote!(#documentation #(#items)*)
    });
    match by_name.into_keys().next() {
        Some(name) => Err(Unrecognized::new(name, "a type without a schema").into()),
        None => Ok(Definitions { generated, exports, error }),
    }
}

/// Returns the module of a hand-written type that replaces a schema's type, and the name to import
/// from the module.
fn export(schema: &Schema, hand_written: &str) -> (String, String) {
    let at = hand_written.rfind("::").map_or(0, |at| at + 2);
    let (module, name) = hand_written.split_at(at);
    let name = match name == schema.ident {
        true => name.to_owned(),
        false => format!("{name} as {}", ident(&schema.ident)),
    };
    (module.to_owned(), name)
}

/// Returns the code of a schema's type, and the name of the struct of its required fields, if it
/// has one.
fn definition(
    context: &Context<'_>,
    schema: &Schema,
    items: Vec<Item>,
) -> Result<(Option<String>, TokenStream), Unrecognized> {
    let mut carrier = None;
    let tokens = match (&schema.kind, ours(context, schema)?) {
        (_, Some(tokens)) => tokens,
        (SchemaKind::Object(_), None) => {
            let structure = items.into_iter().find_map(|item| match item {
                Item::Struct(item) => Some(item),
                _ => None,
            });
            let structure = structure
                .ok_or_else(|| Unrecognized::new(&schema.name, "a schema without a struct"))?;
            let built = structs::object(structure, schema, context.settings)?;
            carrier = built.has_carrier.then(|| format!("{}Required", schema.ident));
            built.tokens
        }
        _ => as_it_is(schema, items),
    };
    Ok((carrier, tokens))
}

/// Emits an enum or union for which typify's output isn't used. Returns `None` for other schemas.
fn ours(context: &Context<'_>, schema: &Schema) -> Result<Option<TokenStream>, Unrecognized> {
    let enumeration =
        enums::open(schema).or_else(|| enums::closed(schema)).or_else(|| numbers::numbers(schema));
    match enumeration {
        Some(tokens) => Ok(Some(tokens)),
        None => unions::union(schema, context.fields, context.settings),
    }
}

/// Emits items that no pass rewrites, with the schema's description. Adds documentation where it is
/// missing.
fn as_it_is(schema: &Schema, items: Vec<Item>) -> TokenStream {
    let documentation = docs::lines(&docs::sentence(&schema.description));
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

/// Reformats a variant's documentation. A variant without documentation is documented with its
/// name.
fn documented(variant: &mut syn::Variant) {
    let told: Vec<String> = variant.attrs.iter().filter_map(docs::text).collect();
    let text = match told.is_empty() {
        true => format!("{}.", variant.ident),
        false => told.join("\n"),
    };
    variant.attrs.retain(|attribute| !docs::is_doc(attribute));
    variant.attrs.extend(docs::attributes(&docs::lines(&text)));
}

/// Returns the type that an item belongs to.
fn subject(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Mod(item) => Some(item.ident.to_string()),
        Item::Impl(item) => match &*item.self_ty {
            // `impl From<Pets> for Vec<Pet>` belongs to `Pets`.
            syn::Type::Path(path) if is_foreign(&path.path) => argument(item),
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether a type isn't one of the schemas. Schemas are named without a path.
fn is_foreign(path: &syn::Path) -> bool {
    path.segments.len() > 1 || path.segments.first().is_some_and(|first| is_primitive(&first.ident))
}

fn is_primitive(name: &syn::Ident) -> bool {
    const PRIMITIVES: &[&str] =
        &["bool", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"];
    PRIMITIVES.iter().any(|primitive| name == primitive)
}

/// Returns `Pets` for `impl From<Pets> for …`.
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

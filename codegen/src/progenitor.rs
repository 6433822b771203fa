//! Generates types with progenitor, and turns its errors and panics into diagnostics that name the
//! schema.

mod boxes;
mod fields;
mod input;

use std::collections::BTreeMap;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{OpenAPI, ReferenceOr};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars08::schema::{InstanceType, SchemaObject};
use syn::{Field, Item, ItemStruct, Type};

use crate::lower::schemas::references;
use crate::model::Model;
use crate::{Diagnostic, Document, Entry, Node, Settings, Strictness};

/// Progenitor's output: the contents of its `types` module.
pub(crate) struct Source {
    pub types: Vec<Item>,
}

impl Source {
    /// Returns the names and types of fields by struct name.
    pub(crate) fn fields(&self) -> BTreeMap<String, Vec<(String, Type)>> {
        let structs = self.types.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item),
            _ => None,
        });
        let fields = |item: &ItemStruct| {
            let field = |field: &Field| Some((field.ident.as_ref()?.to_string(), field.ty.clone()));
            item.fields.iter().filter_map(field).collect()
        };
        structs.map(|item| (item.ident.to_string(), fields(item))).collect()
    }
}

/// Returns the types of the document's schemas. Operations aren't passed to progenitor, because the
/// model has everything that their methods need.
pub(crate) fn generate(
    document: &Document,
    model: &Model,
    settings: &Settings,
) -> Result<Source, Vec<Diagnostic>> {
    let api = input::schemas(document, model)?;
    match attempt(api, settings) {
        Ok(types) => {
            let mut source = Source { types };
            fields::rename(&mut source.types, model);
            if settings.strictness != Strictness::Strict {
                source.types.iter_mut().for_each(boxes::inside);
            }
            Ok(source)
        }
        Err(reason) => Err(culprits(document, model, settings, &reason)),
    }
}

/// Runs progenitor, which panics for some documents.
fn attempt(api: OpenAPI, settings: &Settings) -> Result<Vec<Item>, String> {
    let mut generation = GenerationSettings::new();
    generation
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");
    for (format, path) in &settings.formats {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some(format.clone()),
            ..SchemaObject::default()
        };
        generation.with_conversion(
            schema,
            path,
            [TypeImpl::Display, TypeImpl::FromStr].into_iter(),
        );
    }
    let run = || Generator::new(&generation).generate_tokens(&api);
    let tokens = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|error| error.to_string())?,
        Err(payload) => return Err(panic_message(payload.as_ref())),
    };
    drop(api);
    items(types(tokens)).map_err(|error| format!("its output is not Rust: {error}"))
}

fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("it panicked without a message").lines().next().unwrap_or_default().to_owned()
}

/// Tries each schema separately to find the ones on which progenitor fails.
fn culprits(
    document: &Document,
    model: &Model,
    settings: &Settings,
    reason: &str,
) -> Vec<Diagnostic> {
    let api = match input::schemas(document, model) {
        Ok(api) => api,
        Err(mistakes) => return mistakes,
    };
    let schemas = document.get(&["components", "schemas"]).map_or(&[][..], Node::entries);
    let alone = |entry: &Entry| {
        let reason = attempt(alone(&api, entry)?, settings).err()?;
        Some(mistake(&reason).label(entry.key_span, "in this schema"))
    };
    let found: Vec<Diagnostic> = schemas.iter().filter_map(alone).collect();
    if found.is_empty() {
        let span = document.get(&["components", "schemas"]).unwrap_or(document.root()).span;
        return vec![mistake(reason).label(span, "in these schemas")];
    }
    found
}

/// Returns a document with only this schema. Each schema that it refers to is replaced by one that
/// accepts any JSON.
fn alone(api: &OpenAPI, entry: &Entry) -> Option<OpenAPI> {
    let schema = api.components.as_ref()?.schemas.get(&entry.key)?;
    let mut names = Vec::new();
    references(&entry.value, &mut names);
    let anything = |name: &str| (name.to_owned(), ReferenceOr::Item(input::anything()));
    let mut schemas: Vec<_> = names.into_iter().map(anything).collect();
    schemas.push((entry.key.clone(), schema.clone()));
    Some(input::with_schemas(schemas))
}

fn mistake(reason: &str) -> Diagnostic {
    Diagnostic::new("progenitor", format!("progenitor can't generate types from this: {reason}"))
        .help("simplify the schema; see the limits in docs/documents.md")
}

/// Returns the contents of the `types` module in progenitor's output.
fn types(output: TokenStream) -> TokenStream {
    let mut after_types = false;
    for token in output {
        match token {
            TokenTree::Group(module) if after_types => return module.stream(),
            token => after_types = matches!(&token, TokenTree::Ident(name) if name == "types"),
        }
    }
    TokenStream::new()
}

/// Parses items one by one. To parse a file, syn copies all of its tokens, which takes a lot of
/// memory for a large document.
fn items(tokens: TokenStream) -> syn::Result<Vec<Item>> {
    let (mut items, mut item) = (Vec::new(), TokenStream::new());
    // Braces between `<` and `>` are an argument, not the end of an item.
    let (mut angles, mut after_minus) = (0_usize, false);
    for token in tokens {
        let is_last = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => angles += 1,
                '>' if !after_minus => angles = angles.saturating_sub(1),
                _ => {}
            }
        }
        after_minus = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '-');
        item.extend([token]);
        if is_last && angles == 0 {
            items.push(syn::parse2(mem::take(&mut item))?);
        }
    }
    if !item.is_empty() {
        items.push(syn::parse2(item)?);
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    //! Tests a document that the rules would reject. It stands for documents that the rules miss.

    use super::*;
    use crate::lower;

    #[test]
    fn the_error_for_a_panic_in_progenitor_names_the_schema() {
        let text = "\
openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Fine: { type: object, properties: { odd: { $ref: '#/components/schemas/Odd' } } }
    Odd: { not: { type: integer } }
";
        let document = Document::parse("odd.yaml", text).unwrap();
        let settings = Settings::new("", "odd.yaml");
        let model = lower::lower(&document, &settings);
        let mistakes = generate(&document, &model, &settings).err().unwrap();
        assert_eq!(mistakes.len(), 1);
        assert_eq!(mistakes[0].code, "progenitor");
        assert_eq!(document.line_column(mistakes[0].labels[0].span.start).0, 7, "Odd");
    }

    #[test]
    fn items_are_parsed_one_by_one() {
        let output = quote::quote! {
            use progenitor_client::{ByteStream, Error};
            pub mod types {
                #[derive(Clone)]
                pub struct Book { title: String }
                pub struct Pages(pub u32);
                impl From<crate::Fixed<{ 3 }>> for Book {}
                impl AsRef<fn(u8) -> u8> for Pages {}
                type Alias = Book;
            }
        };
        let items = items(types(output)).unwrap();
        let kinds: Vec<_> = items
            .iter()
            .map(|item| match item {
                Item::Struct(item) => item.ident.to_string(),
                Item::Impl(_) => "impl".to_owned(),
                Item::Type(item) => item.ident.to_string(),
                _ => "another item".to_owned(),
            })
            .collect();
        assert_eq!(kinds, ["Book", "Pages", "impl", "impl", "Alias"]);
        assert!(
            types(quote::quote!(
                mod other {}
            ))
            .is_empty()
        );
    }
}

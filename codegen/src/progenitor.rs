//! Asks progenitor for types and methods, and turns its errors and panics into diagnostics that name the culprit.

mod input;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{OpenAPI, ReferenceOr};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars08::schema::{InstanceType, SchemaObject};
use syn::{Field, ImplItem, ImplItemFn, Item, ItemStruct, Type};

use crate::{Diagnostic, Document, Settings};

/// Progenitor's output, taken apart.
pub(crate) struct Source {
    /// What stands in its module `types`.
    pub types: Vec<Item>,
    /// One for each operation, under the name of the operation.
    pub methods: Vec<ImplItemFn>,
}

impl Source {
    /// The names and types of fields by the names of structs.
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

pub(crate) fn generate(
    document: &Document,
    api: OpenAPI,
    settings: &Settings,
) -> Result<Source, Vec<Diagnostic>> {
    let api = input::plain(api);
    match attempt(&api, settings) {
        Ok(file) => Ok(take_apart(file)),
        Err(reason) => Err(culprits(document, &api, settings, &reason)),
    }
}

/// Runs progenitor, which answers some documents with a panic.
fn attempt(api: &OpenAPI, settings: &Settings) -> Result<syn::File, String> {
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
    let run = || Generator::new(&generation).generate_tokens(api);
    let tokens = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|error| error.to_string())?,
        Err(payload) => return Err(panic_message(payload.as_ref())),
    };
    syn::parse2(tokens).map_err(|error| format!("its output is not Rust: {error}"))
}

fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("it gave up without a reason").lines().next().unwrap_or_default().to_owned()
}

/// Tries each operation alone to find those that progenitor fails on. If none fails alone, it is the schemas.
fn culprits(
    document: &Document,
    api: &OpenAPI,
    settings: &Settings,
    reason: &str,
) -> Vec<Diagnostic> {
    let mut bare = api.clone();
    bare.paths.paths.clear();
    if attempt(&bare, settings).is_err() {
        let span = document.get(&["components", "schemas"]).unwrap_or(document.root()).span;
        return vec![mistake(reason).label(span, "in one of these schemas")];
    }
    let mut found = Vec::new();
    for (path, item) in &api.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        let mut alone = bare.clone();
        alone.paths.paths.insert(path.clone(), ReferenceOr::Item(item.clone()));
        if let Err(reason) = attempt(&alone, settings) {
            let span = document.get(&["paths", path]).unwrap_or(document.root()).span;
            found.push(mistake(&reason).label(span, "in an operation of this path"));
        }
    }
    if found.is_empty() {
        found.push(mistake(reason).label(document.root().span, "somewhere in this document"));
    }
    found
}

fn mistake(reason: &str) -> Diagnostic {
    Diagnostic::new("progenitor", format!("progenitor cannot generate from this: {reason}"))
        .help("say it in a simpler way; see the limits in docs/extending.md")
}

fn take_apart(file: syn::File) -> Source {
    let mut source = Source { types: Vec::new(), methods: Vec::new() };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                source.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            Item::Impl(item) if is_client(&item) => {
                source.methods.extend(item.items.into_iter().filter_map(asynchronous));
            }
            _ => {}
        }
    }
    source
}

fn is_client(item: &syn::ItemImpl) -> bool {
    item.trait_.is_none()
        && matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident("Client"))
}

/// Operations are the methods of the client that wait; its constructors don't.
fn asynchronous(item: ImplItem) -> Option<ImplItemFn> {
    match item {
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    //! What the rules refuse never gets here; this is for what they might miss.

    use super::*;

    #[test]
    fn a_panic_of_progenitor_names_the_path() {
        let text = "\
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /fine: { get: { operationId: fine, responses: { '200': { description: Fine. } } } }
  /odd:
    get:
      operationId: odd
      responses:
        '200':
          description: One body.
          content: { application/json: { schema: { type: string } } }
        default:
          description: Another.
          content: { application/json: { schema: { type: integer } } }
";
        let document = Document::parse("odd.yaml", text).unwrap();
        let settings = Settings::new("", "odd.yaml");
        let api = document.to_openapi().unwrap();
        let mistakes = generate(&document, api, &settings).err().unwrap();
        assert_eq!(mistakes.len(), 1);
        assert_eq!(mistakes[0].code, "progenitor");
        assert_eq!(document.line_column(mistakes[0].labels[0].span.start).0, 6, "the path /odd");
        assert!(mistakes[0].message.contains("assertion failed"), "{}", mistakes[0].message);
    }
}

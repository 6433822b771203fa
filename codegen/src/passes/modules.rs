//! Which file a type goes to: that of the only tag that reaches it, else the shared one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};

use crate::model::Model;

/// The module of types that several tags reach.
const SHARED: &str = "shared";

/// The module of types that no operation reaches.
pub(crate) const STANDALONE: &str = "standalone";

/// A named type, with all that belongs to it.
pub(crate) struct Definition {
    /// The names that it defines; the first is the schema's.
    pub names: Vec<String>,
    pub tokens: TokenStream,
}

/// A file of types: what it defines and what it takes from elsewhere.
#[derive(Default)]
pub(crate) struct Module {
    pub definitions: Vec<TokenStream>,
    pub names: BTreeSet<String>,
    pub imports: BTreeSet<String>,
}

/// The modules by name.
pub(crate) fn assign(definitions: Vec<Definition>, model: &Model) -> BTreeMap<String, Module> {
    let known: BTreeSet<String> =
        definitions.iter().flat_map(|definition| definition.names.iter().cloned()).collect();
    let mentions: Vec<BTreeSet<String>> =
        definitions.iter().map(|definition| mentioned(&definition.tokens, &known)).collect();
    let tags = reaching_tags(&definitions, &mentions, model);
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    for ((definition, mentioned), tags) in definitions.into_iter().zip(mentions).zip(tags) {
        let mut tags = tags.into_iter();
        let name = match (tags.next(), tags.next()) {
            (Some(only), None) => only,
            (None, _) => STANDALONE.to_owned(),
            _ => SHARED.to_owned(),
        };
        let module = modules.entry(name).or_default();
        module.names.extend(definition.names);
        module.imports.extend(mentioned);
        module.definitions.push(definition.tokens);
    }
    for module in modules.values_mut() {
        module.imports = module.imports.difference(&module.names).cloned().collect();
    }
    modules
}

/// For each definition the tags whose operations reach it.
fn reaching_tags(
    definitions: &[Definition],
    mentions: &[BTreeSet<String>],
    model: &Model,
) -> Vec<BTreeSet<String>> {
    let index: BTreeMap<&str, usize> = definitions
        .iter()
        .enumerate()
        .flat_map(|(i, definition)| definition.names.iter().map(move |name| (name.as_str(), i)))
        .collect();
    let mut reached = vec![BTreeSet::new(); definitions.len()];
    for group in &model.groups {
        let schemas =
            group.operations.iter().flat_map(|operation| [&operation.body, &operation.answer]);
        let idents = schemas
            .flatten()
            .filter_map(|name| model.schema(name))
            .map(|schema| schema.ident.as_str());
        let mut open: Vec<usize> = idents.filter_map(|ident| index.get(ident).copied()).collect();
        while let Some(i) = open.pop() {
            if reached[i].insert(group.accessor.clone()) {
                open.extend(
                    mentions[i].iter().filter_map(|name| index.get(name.as_str()).copied()),
                );
            }
        }
    }
    reached
}

/// The known names that the code refers to. Fields and variants of such a name, and what stands behind `::`, are others.
fn mentioned(tokens: &TokenStream, known: &BTreeSet<String>) -> BTreeSet<String> {
    struct Mentions<'k> {
        known: &'k BTreeSet<String>,
        found: BTreeSet<String>,
    }
    impl<'a> Visit<'a> for Mentions<'_> {
        fn visit_path(&mut self, path: &'a syn::Path) {
            let mut segments = path.segments.iter().map(|segment| segment.ident.to_string());
            let first = match segments.next() {
                // typify writes `self::error::ConversionError`; a plain `error` is a variable.
                Some(first) if first == "self" => segments.next(),
                first => first.filter(|it| path.leading_colon.is_none() && it != "error"),
            };
            self.found.extend(first.filter(|name| self.known.contains(name)));
            visit::visit_path(self, path);
        }
    }
    let mut mentions = Mentions { known, found: BTreeSet::new() };
    if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
        mentions.visit_file(&file);
    }
    mentions.found
}

//! Collects what the sources contain: items by module or type, all words, and all string literals.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Fields, ImplItem, Item, Type, UseTree};

/// The content of the sources.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Names by owner. A module owns its items and imports; a type owns its fields, variants and functions.
    members: BTreeMap<String, BTreeSet<String>>,
    /// For each name in a macro call, the modules that contain the call. If the macro defines a type with this name,
    /// the type's members are in `members` under these modules.
    by_macro: BTreeMap<String, BTreeSet<String>>,
    /// For each module, the modules whose items it imports with `use …::*`.
    globs: BTreeMap<String, BTreeSet<String>>,
    /// Function names.
    functions: BTreeSet<String>,
    /// All identifiers, and the words in literals and in files that aren't Rust.
    words: BTreeSet<String>,
    /// String literals and the text of files that aren't Rust, in lower case.
    texts: String,
}

impl Sources {
    /// Adds a Rust file. `module` is the file's module name.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be parsed.
    pub fn add_rust(&mut self, module: &str, source: &str) -> Result<(), String> {
        let file = syn::parse_file(source).map_err(|error| error.to_string())?;
        self.add_items(module, &file.items);
        let tokens = TokenStream::from_str(source).map_err(|error| error.to_string())?;
        self.add_tokens(tokens);
        Ok(())
    }

    /// Adds the words and the text of a string literal or of a file that isn't Rust.
    pub fn add_text(&mut self, text: &str) {
        self.add_words(text);
        self.texts.push_str(&plain(text));
        self.texts.push('\n');
    }

    /// Returns whether `name` is in the module or type `owner`.
    #[must_use]
    pub fn has(&self, owner: &str, name: &str) -> bool {
        let own = |owner: &str| self.members.get(owner).is_some_and(|names| names.contains(name));
        let makers = self.by_macro.get(owner).into_iter().flatten();
        own(owner)
            || makers.into_iter().any(|maker| own(maker))
            || self.globbed(owner).into_iter().any(own)
    }

    /// Returns the modules whose items a module imports with `use …::*`, directly or through other
    /// modules.
    fn globbed<'s>(&'s self, owner: &'s str) -> BTreeSet<&'s str> {
        let (mut all, mut next) = (BTreeSet::new(), vec![owner]);
        while let Some(module) = next.pop() {
            let found = self.globs.get(module).into_iter().flatten().map(String::as_str);
            next.extend(found.filter(|each| all.insert(*each)));
        }
        all
    }

    /// Returns whether there is a function with this name.
    #[must_use]
    pub fn has_function(&self, name: &str) -> bool {
        self.functions.contains(name)
    }

    /// Returns whether any source contains this word.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Returns whether any source contains this text, ignoring case and whitespace.
    #[must_use]
    pub fn has_text(&self, text: &str) -> bool {
        self.texts.contains(plain(text).as_str())
    }

    fn insert(&mut self, owner: &str, name: &impl ToString) {
        self.members.entry(owner.to_owned()).or_default().insert(name.to_string());
    }

    fn function(&mut self, owner: &str, name: &syn::Ident) {
        self.insert(owner, name);
        self.functions.insert(name.to_string());
    }

    fn add_items(&mut self, module: &str, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(inner) => {
                    self.insert(module, &inner.ident);
                    let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                    self.add_items(&inner.ident.to_string(), items);
                }
                Item::Use(item) => self.add_use(module, &item.tree),
                Item::Impl(item) => self.add_impl(item),
                Item::Macro(item) => {
                    if let Some(name) = &item.ident {
                        self.insert(module, name);
                    }
                    self.add_macro(module, item.mac.tokens.clone());
                }
                _ => self.add_item(module, item),
            }
        }
    }

    fn add_item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Const(item) => self.insert(module, &item.ident),
            Item::Static(item) => self.insert(module, &item.ident),
            Item::Type(item) => self.insert(module, &item.ident),
            Item::Fn(item) => self.function(module, &item.sig.ident),
            Item::Struct(item) => {
                self.insert(module, &item.ident);
                self.add_fields(&item.ident.to_string(), &item.fields);
            }
            Item::Enum(item) => {
                self.insert(module, &item.ident);
                for variant in &item.variants {
                    self.insert(&item.ident.to_string(), &variant.ident);
                    self.add_fields(&variant.ident.to_string(), &variant.fields);
                }
            }
            Item::Trait(item) => {
                self.insert(module, &item.ident);
                let owner = item.ident.to_string();
                for inner in &item.items {
                    match inner {
                        syn::TraitItem::Fn(inner) => self.function(&owner, &inner.sig.ident),
                        syn::TraitItem::Const(inner) => self.insert(&owner, &inner.ident),
                        syn::TraitItem::Type(inner) => self.insert(&owner, &inner.ident),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn add_fields(&mut self, owner: &str, fields: &Fields) {
        for field in fields.iter().filter_map(|field| field.ident.as_ref()) {
            self.insert(owner, field);
        }
    }

    fn add_use(&mut self, module: &str, tree: &UseTree) {
        match tree {
            UseTree::Path(path) if matches!(*path.tree, UseTree::Glob(_)) => {
                self.globs.entry(module.to_owned()).or_default().insert(path.ident.to_string());
            }
            UseTree::Path(path) => self.add_use(module, &path.tree),
            UseTree::Name(name) => self.insert(module, &name.ident),
            UseTree::Rename(name) => self.insert(module, &name.rename),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(module, tree)),
            _ => {}
        }
    }

    fn add_impl(&mut self, item: &syn::ItemImpl) {
        let Type::Path(path) = &*item.self_ty else { return };
        let Some(owner) = path.path.segments.last().map(|last| last.ident.to_string()) else {
            return;
        };
        for inner in &item.items {
            match inner {
                ImplItem::Fn(inner) => self.function(&owner, &inner.sig.ident),
                ImplItem::Const(inner) => self.insert(&owner, &inner.ident),
                ImplItem::Type(inner) => self.insert(&owner, &inner.ident),
                _ => {}
            }
        }
    }

    fn add_macro(&mut self, module: &str, tokens: TokenStream) {
        let mut names = Vec::new();
        flatten(tokens, &mut |tree| {
            if let TokenTree::Ident(name) = tree {
                names.push(name.to_string());
            }
        });
        for name in names {
            self.insert(module, &name);
            self.functions.insert(name.clone());
            self.by_macro.entry(name).or_default().insert(module.to_owned());
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        let (mut names, mut texts) = (Vec::new(), Vec::new());
        flatten(tokens, &mut |tree| match tree {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Literal(literal) => texts.push(literal.to_string()),
            _ => {}
        });
        self.words.extend(names);
        for text in texts {
            match syn::parse_str::<syn::Lit>(&text) {
                Ok(syn::Lit::Str(text)) => self.add_text(&text.value()),
                _ => self.add_words(&text),
            }
        }
    }

    fn add_words(&mut self, text: &str) {
        let words = text.split(|each: char| !each.is_alphanumeric() && each != '_');
        self.words.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Passes all tokens to `take`, except those of doc comments.
fn flatten(tokens: TokenStream, take: &mut impl FnMut(&TokenTree)) {
    for tree in tokens {
        match &tree {
            TokenTree::Group(group) => {
                let first = group.stream().into_iter().next();
                let is_doc = matches!(&first, Some(TokenTree::Ident(name)) if name == "doc");
                if !(is_doc && group.delimiter() == Delimiter::Bracket) {
                    flatten(group.stream(), take);
                }
            }
            other => take(other),
        }
    }
}

/// Returns the module name of a file. The module name of `lib.rs` and `src/main.rs` is the name of the crate.
#[must_use]
pub fn module(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let stem = parts.last().map_or("", |name| name.trim_end_matches(".rs"));
    let parent = |steps: usize| parts.len().checked_sub(steps).map_or("", |at| parts[at]);
    match stem {
        // The generator's folder and its crate have different names.
        "lib" if parent(3) == "codegen" => "openapi_keys".to_owned(),
        "lib" => parent(3).replace('-', "_"),
        "main" if parent(2) == "src" => parent(3).replace('-', "_"),
        "mod" | "main" => parent(2).to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests;

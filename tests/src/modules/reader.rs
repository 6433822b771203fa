//! Reads the files of a crate into a tree of modules, starting with `lib.rs` and following `mod` declarations.

use proc_macro2::TokenStream;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit as _};
use syn::{Item, TraitItem, UseTree, Visibility};

use super::Files;
use super::tokens::Shown;
use super::tree::{Glob, Kind, Meaning, Mention, Name, Segments, Tree};

/// Reads the modules of a crate.
///
/// # Errors
///
/// Returns an error if a file is missing, isn't Rust, or contains `#[path]`, which isn't supported.
pub(super) fn read(files: &Files) -> Result<Tree, String> {
    let mut tree = Tree::default();
    let root = tree.add("crate", "lib.rs", None);
    let mut reader = Reader {
        files,
        tree,
        module: root,
        file: String::new(),
        folder: String::new(),
        block: 0,
        error: None,
    };
    reader.read("lib.rs");
    reader.error.map_or(Ok(reader.tree), Err)
}

pub(super) struct Reader<'f> {
    files: &'f Files,
    pub(super) tree: Tree,
    pub(super) module: usize,
    file: String,
    /// The folder with the files of child modules, with a trailing `/`.
    folder: String,
    /// The number of enclosing code blocks. Items that a block defines aren't names of the module.
    pub(super) block: usize,
    error: Option<String>,
}

impl Reader<'_> {
    fn read(&mut self, file: &str) {
        let Some(text) = self.files.get(file) else {
            return self.fail(format!("{file} is missing"));
        };
        match syn::parse_file(text) {
            Ok(parsed) => {
                let outer = std::mem::replace(&mut self.file, file.to_owned());
                self.visit_file(&parsed);
                self.file = outer;
            }
            Err(error) => self.fail(format!("{file} line {}: {error}", error.span().start().line)),
        }
    }

    /// Records the error, unless there was an earlier error.
    fn fail(&mut self, error: String) {
        self.error.get_or_insert(error);
    }

    pub(super) fn name(&mut self, name: &syn::Ident, vis: &Visibility, methods: Vec<String>) {
        if self.block == 0 {
            self.insert(self.module, &name.to_string(), is_public(vis), Meaning::Item { methods });
        }
    }

    fn insert(&mut self, module: usize, name: &str, public: bool, meaning: Meaning) {
        let names = &mut self.tree.modules[module].names;
        names.entry(name.to_owned()).or_default().push(Name { public, meaning });
    }

    pub(super) fn mention(&mut self, line: usize, path: Segments, kind: Kind) {
        self.tree.modules[self.module].mentions.push(Mention { line, path, kind });
    }

    pub(super) fn module(&mut self, item: &syn::ItemMod) {
        let name = item.ident.to_string();
        let module = self.tree.add(&name, &self.file, Some(self.module));
        let inner = format!("{}{name}/", self.folder);
        let outer = (
            std::mem::replace(&mut self.module, module),
            std::mem::replace(&mut self.folder, inner.clone()),
        );
        if item.content.is_some() {
            visit::visit_item_mod(self, item);
        } else if item.attrs.iter().any(|each| each.path().is_ident("path")) {
            let line = item.ident.span().start().line;
            self.fail(format!("{} line {line}: `#[path]` isn't supported", self.file));
        } else {
            let nested = format!("{inner}mod.rs");
            let file = if self.files.contains_key(&nested) {
                nested
            } else {
                format!("{}{name}.rs", outer.1)
            };
            self.tree.place(module, &file);
            self.read(&file);
        }
        (self.module, self.folder) = outer;
    }

    pub(super) fn import(&mut self, prefix: &[String], tree: &UseTree, public: bool) {
        let with = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&with(&path.ident), &path.tree, public),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(prefix, tree, public));
            }
            UseTree::Name(name) => {
                let path = with(&name.ident);
                let path = if name.ident == "self" { prefix.to_vec() } else { path };
                let last = path.last().cloned().unwrap_or_default();
                self.import_name(&last, path, name.ident.span().start().line, public);
            }
            UseTree::Rename(name) => {
                let path = if name.ident == "self" { prefix.to_vec() } else { with(&name.ident) };
                let line = name.ident.span().start().line;
                self.import_name(&name.rename.to_string(), path, line, public);
            }
            UseTree::Glob(glob) => {
                let path = prefix.to_vec();
                let line = glob.span().start().line;
                self.mention(line, path.clone(), Kind::Glob { public });
                self.tree.modules[self.module].globs.push(Glob { public, path });
            }
        }
    }

    fn import_name(&mut self, name: &str, path: Segments, line: usize, public: bool) {
        self.insert(self.module, name, public, Meaning::Path(path.clone()));
        self.mention(line, path, Kind::Path);
    }

    pub(super) fn tokens(&mut self, tokens: TokenStream) {
        let mut shown = Shown::default();
        shown.add(tokens);
        self.tree.modules[self.module].words.extend(shown.words);
        for (line, path) in shown.paths {
            self.mention(line, path, Kind::Path);
        }
        for (line, path) in shown.texts {
            self.mention(line, path, Kind::Attribute);
        }
    }

    pub(super) fn define(&mut self, item: &Item) {
        let none = Vec::new();
        match item {
            Item::Const(it) => self.name(&it.ident, &it.vis, none),
            Item::Enum(it) => self.name(&it.ident, &it.vis, none),
            Item::Fn(it) => self.name(&it.sig.ident, &it.vis, none),
            Item::Static(it) => self.name(&it.ident, &it.vis, none),
            Item::Struct(it) => self.name(&it.ident, &it.vis, none),
            Item::Trait(it) => self.name(&it.ident, &it.vis, methods(it)),
            Item::TraitAlias(it) => self.name(&it.ident, &it.vis, none),
            Item::Type(it) => self.name(&it.ident, &it.vis, none),
            Item::Union(it) => self.name(&it.ident, &it.vis, none),
            Item::ExternCrate(it) if it.ident == "self" => {
                if let Some((_, name)) = &it.rename {
                    let path = Meaning::Path(vec!["crate".to_owned()]);
                    self.insert(self.module, &name.to_string(), is_public(&it.vis), path);
                }
            }
            Item::Macro(it) => self.define_macro(it),
            _ => {}
        }
    }

    fn define_macro(&mut self, item: &syn::ItemMacro) {
        let Some(name) = &item.ident else { return };
        self.tree.modules[self.module].macros.insert(name.to_string());
        self.name(name, &Visibility::Inherited, Vec::new());
        if item.attrs.iter().any(|each| each.path().is_ident("macro_export")) {
            self.insert(0, &name.to_string(), true, Meaning::Exported(self.module));
        }
    }
}

pub(super) fn is_public(vis: &Visibility) -> bool {
    !matches!(vis, Visibility::Inherited)
}

fn methods(item: &syn::ItemTrait) -> Vec<String> {
    let methods = item.items.iter().filter_map(|item| match item {
        TraitItem::Fn(it) => Some(it.sig.ident.to_string()),
        _ => None,
    });
    methods.collect()
}

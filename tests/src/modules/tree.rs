//! The modules of a crate with the names that each has, before any path is followed.

use std::collections::{BTreeMap, BTreeSet};

/// A path without its `::`.
pub(super) type Segments = Vec<String>;

/// All modules. The first is the crate's root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) modules: Vec<Module>,
}

/// A file, or a module written inside a file.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The file that it is in.
    pub(super) file: String,
    /// What counts as one file: the file, or an entry of the folder of generated files, such as its types.
    pub(super) unit: String,
    /// `None`: the root.
    pub(super) parent: Option<usize>,
    pub(super) children: BTreeMap<String, usize>,
    /// A name can mean a type and a function at once, hence the list.
    pub(super) names: BTreeMap<String, Vec<Name>>,
    pub(super) globs: Vec<Glob>,
    /// The macros that `macro_rules!` makes here: child modules see them without a path.
    pub(super) macros: BTreeSet<String>,
    /// The paths in its code.
    pub(super) mentions: Vec<Mention>,
    /// Every identifier in its code: shows which names of a glob import are used.
    pub(super) words: BTreeSet<String>,
}

/// What a name stands for in a module.
#[derive(Debug)]
pub(super) struct Name {
    /// Visible outside of the module.
    pub(super) public: bool,
    pub(super) meaning: Meaning,
}

#[derive(Debug)]
pub(super) enum Meaning {
    /// Defined here. A trait has methods, which show its use where its name doesn't occur.
    Item { methods: Vec<String> },
    /// Imported by `use`.
    Path(Segments),
    /// A macro that `#[macro_export]` puts into the root, with the module that defines it.
    Exported(usize),
}

/// `use path::*`
#[derive(Debug)]
pub(super) struct Glob {
    pub(super) public: bool,
    pub(super) path: Segments,
}

/// A path in code.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) line: usize,
    pub(super) path: Segments,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In `use`, or in place.
    Path,
    /// `use path::*`
    Glob { public: bool },
    /// A path as text in an attribute: `#[serde(with = "…")]` names a module.
    Attribute,
    /// A macro that is called by its bare name.
    Macro,
}

impl Tree {
    /// Adds a module and returns its place.
    pub(super) fn add(&mut self, name: &str, file: &str, parent: Option<usize>) -> usize {
        let place = self.modules.len();
        self.modules.push(Module { parent, ..Module::default() });
        self.place(place, file);
        if let Some(parent) = parent {
            self.modules[parent].children.insert(name.to_owned(), place);
        }
        place
    }

    /// Says which file a module is in.
    pub(super) fn place(&mut self, module: usize, file: &str) {
        self.modules[module].file = file.to_owned();
        self.modules[module].unit = unit(file);
    }

    /// The module and those around it, from the inside out.
    pub(super) fn around(&self, module: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(module), |&module| self.modules[module].parent)
    }
}

/// The file itself, or the file or folder below `generated` that it is in.
fn unit(file: &str) -> String {
    let mut parts = file.split('/');
    let mut unit: Vec<&str> = parts.by_ref().take_while(|part| *part != "generated").collect();
    if unit.len() < file.split('/').count() {
        unit.push("generated");
        unit.extend(parts.next().map(|entry| entry.trim_end_matches(".rs")));
    }
    unit.join("/")
}

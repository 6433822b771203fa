//! The modules of a crate and their names, before any path is resolved.

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
    /// The file that contains the module.
    pub(super) file: String,
    /// The unit that counts as one file: the file, or an entry of a `generated` folder, such as
    /// `types`.
    pub(super) unit: String,
    /// The parent module; `None` for the root.
    pub(super) parent: Option<usize>,
    pub(super) children: BTreeMap<String, usize>,
    /// The meanings of each name. There can be several, because a name can be both a type and a function.
    pub(super) names: BTreeMap<String, Vec<Name>>,
    pub(super) globs: Vec<Glob>,
    /// The macros that `macro_rules!` defines in the module. Child modules can use them without a path.
    pub(super) macros: BTreeSet<String>,
    /// The paths in its code.
    pub(super) mentions: Vec<Mention>,
    /// Every identifier in its code, to see which names from a glob import are used.
    pub(super) words: BTreeSet<String>,
}

/// The meaning of a name in a module.
#[derive(Debug)]
pub(super) struct Name {
    /// Whether the name is visible outside the module.
    pub(super) public: bool,
    pub(super) meaning: Meaning,
}

#[derive(Debug)]
pub(super) enum Meaning {
    /// Defined here. A trait's methods are listed, because code can use the trait without naming it.
    Item { methods: Vec<String> },
    /// Imported by `use`.
    Path(Segments),
    /// A macro that `#[macro_export]` adds to the root. Contains the module that defines the macro.
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
    /// A path in `use` or in an expression or type.
    Path,
    /// `use path::*`
    Glob { public: bool },
    /// A path in a string in an attribute. It can name a module, as in `#[serde(with = "…")]`.
    Attribute,
    /// A macro call without a path.
    Macro,
}

impl Tree {
    /// Adds a module and returns its index.
    pub(super) fn add(&mut self, name: &str, file: &str, parent: Option<usize>) -> usize {
        let place = self.modules.len();
        self.modules.push(Module { parent, ..Module::default() });
        self.place(place, file);
        if let Some(parent) = parent {
            self.modules[parent].children.insert(name.to_owned(), place);
        }
        place
    }

    /// Sets the file of a module.
    pub(super) fn place(&mut self, module: usize, file: &str) {
        self.modules[module].file = file.to_owned();
        self.modules[module].unit = unit(file);
    }

    /// Returns the module and its enclosing modules, from the inside out.
    pub(super) fn around(&self, module: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(module), |&module| self.modules[module].parent)
    }
}

/// Returns the file itself, or the entry of the `generated` folder that contains the file.
fn unit(file: &str) -> String {
    let mut parts = file.split('/');
    let mut unit: Vec<&str> = parts.by_ref().take_while(|part| *part != "generated").collect();
    if unit.len() < file.split('/').count() {
        unit.push("generated");
        unit.extend(parts.next().map(|entry| entry.trim_end_matches(".rs")));
    }
    unit.join("/")
}

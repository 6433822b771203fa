//! Prints the files of a client or server.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::Provenance;
use crate::Files;
use crate::passes::{docs, imports, lints};

/// Prints each file as soon as it has been emitted, because the tokens of a file need many times
/// the memory of its text.
pub(crate) struct Printer<'a> {
    provenance: &'a Provenance,
    /// The names that a glob import of the document's types may bring into scope.
    types: &'a BTreeSet<String>,
    /// The file whose header contains the document's hash.
    hashed: Option<&'a str>,
}

/// A file whose tokens aren't Rust.
#[derive(Debug)]
pub(crate) struct NotRust {
    pub file: String,
    pub reason: syn::Error,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(
        provenance: &'a Provenance,
        types: &'a BTreeSet<String>,
        hashed: Option<&'a str>,
    ) -> Self {
        Printer { provenance, types, hashed }
    }

    /// Prints files, each with its path and tokens.
    pub(crate) fn files(
        &self,
        files: impl IntoIterator<Item = (String, TokenStream)>,
    ) -> Result<Files, NotRust> {
        let text =
            |(path, tokens): (String, _)| self.tokens(&path, tokens).map(|text| (path, text));
        files.into_iter().map(text).collect()
    }

    /// Prints the file at this path.
    pub(crate) fn tokens(&self, path: &str, tokens: TokenStream) -> Result<String, NotRust> {
        match syn::parse2(tokens) {
            Ok(tree) => Ok(self.tree(path, tree)),
            Err(reason) => Err(NotRust { file: path.to_owned(), reason }),
        }
    }

    /// Prints the file at this path from its syntax tree.
    pub(crate) fn tree(&self, path: &str, mut tree: syn::File) -> String {
        docs::wrap(&mut tree);
        // In other files, the nesting of types doesn't depend on the document.
        if ["types/", "operations/"].iter().any(|folder| path.starts_with(folder)) {
            lints::complex_types(&mut tree);
        }
        imports::shorten(&mut tree, self.types);
        self.provenance.rust(tree, self.hashed == Some(path))
    }
}

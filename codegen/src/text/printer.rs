//! Prints the files of a client or server.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::Provenance;
use crate::passes::{docs, imports, lints};
use crate::{Files, parallel};

/// Prints each file as soon as it has been emitted, because the tokens of a file need many times
/// the memory of its text.
pub(crate) struct Printer<'a> {
    provenance: &'a Provenance,
    /// The names that a glob import of the document's types may bring into scope.
    types: &'a BTreeSet<String>,
    /// The file whose header contains the document's hash.
    hashed: Option<&'a str>,
}

/// A file whose tokens aren't valid Rust.
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

    /// Prints files on all cores. Each item is the path and the tokens of a file.
    pub(crate) fn files(
        &self,
        files: impl IntoIterator<Item = (String, TokenStream)>,
    ) -> Result<Files, NotRust> {
        // Tokens can't be sent to another thread, but their text can.
        let jobs = files.into_iter().map(|(path, tokens)| Ok((path, tokens.to_string())));
        let print = |(path, tokens): (String, String)| match syn::parse_str(&tokens) {
            Ok(tree) => {
                let text = self.tree(&path, tree);
                Ok((path, text))
            }
            Err(reason) => Err(NotRust { file: path, reason }),
        };
        parallel::map(jobs, print)?.into_iter().collect()
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

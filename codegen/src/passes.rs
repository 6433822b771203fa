//! What is done to progenitor's output, on syn's trees.

pub(crate) mod docs;
pub(crate) mod enums;
pub(crate) mod lints;
pub(crate) mod modules;
pub(crate) mod prose;
pub(crate) mod requests;
pub(crate) mod structs;

/// Something in progenitor's output that a pass doesn't know. It is refused, for guessing would lose something.
#[derive(Debug)]
pub(crate) struct Unrecognized {
    /// The operation or type.
    pub name: String,
    /// What was not recognized.
    pub what: &'static str,
}

impl Unrecognized {
    pub(crate) fn new(name: impl ToString, what: &'static str) -> Self {
        Unrecognized { name: name.to_string(), what }
    }
}

/// The identifier, or a raw one for a keyword.
pub(crate) fn ident(name: &str) -> syn::Ident {
    quote::format_ident!("{}", name)
}

/// A path of the settings, as tokens. The rule `settings` has seen that it is one.
pub(crate) fn path(text: &str) -> proc_macro2::TokenStream {
    text.parse().unwrap_or_default()
}

//! Rewrites progenitor's output in passes over syn's syntax trees.

pub(crate) mod arguments;
pub(crate) mod docs;
pub(crate) mod enums;
pub(crate) mod imports;
pub(crate) mod lints;
pub(crate) mod numbers;
pub(crate) mod prose;
pub(crate) mod siblings;
pub(crate) mod std_types;
pub(crate) mod structs;
pub(crate) mod unions;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// A part of progenitor's output that a pass doesn't recognise. Such a part is an error, because
/// ignoring it could lose part of the client.
#[derive(Debug)]
pub(crate) struct Unrecognized {
    /// The name of the operation or type.
    pub name: String,
    /// The part that was not recognised.
    pub what: &'static str,
}

impl Unrecognized {
    pub(crate) fn new(name: impl ToString, what: &'static str) -> Self {
        Unrecognized { name: name.to_string(), what }
    }
}

/// Returns a name as an identifier.
pub(crate) fn ident(name: &str) -> syn::Ident {
    quote::format_ident!("{}", name)
}

/// Returns whether the code contains a path that begins with this name or, in typify's notation,
/// with `self` and this name.
pub(crate) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    // Both characters must be colons, because a single colon doesn't separate segments.
    let is_separator = |at: Option<usize>| match at.and_then(|at| tokens.get(at..at + 2)) {
        Some([TokenTree::Punct(first), TokenTree::Punct(second)]) => {
            first.spacing() == Spacing::Joint
                && [first, second].iter().all(|it| it.as_char() == ':')
        }
        _ => false,
    };
    let is_self = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(TokenTree::Ident(ident)) => ident == "self",
        _ => false,
    };
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => {
            let begins = !is_separator(at.checked_sub(2)) || is_self(at.checked_sub(3));
            ident == name && begins && is_separator(Some(at + 1))
        }
        _ => false,
    })
}

/// Returns a path from the settings as tokens. The `settings` rule has already checked that the
/// text is a path.
pub(crate) fn path(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Returns whether a type is the one at this path from the settings.
pub(crate) fn is_path(ty: &syn::Type, text: &str) -> bool {
    ty.to_token_stream().to_string() == path(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_mentioned_if_a_path_begins_with_it() {
        for code in ["x: types::Book", "f::<types::Book>()", "self::types::Book", "(a, [types::A])"]
        {
            assert!(mentions(&code.parse().unwrap(), "types"), "{code}");
        }
        for code in [
            "crate::types::Book",
            "::types::Book",
            "types.len()",
            "types: Book",
            "subtypes::Book",
            r#"#[doc = "types :: Book"]"#,
        ] {
            assert!(!mentions(&code.parse().unwrap(), "types"), "{code}");
        }
    }
}

//! Finds paths in tokens that `syn` doesn't parse: the contents of macro calls and attributes.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};

use super::tree::Segments;

/// The paths found in tokens.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Paths of at least two segments, with their lines.
    pub(super) paths: Vec<(usize, Segments)>,
    /// Paths in string literals that are the value of a serde attribute such as `with`.
    pub(super) texts: Vec<(usize, Segments)>,
    pub(super) words: Vec<String>,
}

/// The serde attributes whose value is a path in a string literal.
const PATHS_AS_TEXT: [&str; 9] = [
    "default",
    "deserialize_with",
    "from",
    "into",
    "remote",
    "serialize_with",
    "skip_serializing_if",
    "try_from",
    "with",
];

impl Shown {
    /// Reads tokens and the groups in them.
    pub(super) fn add(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.add(group.stream()),
                TokenTree::Ident(first) => {
                    let (path, end) = path(first, &tokens, at);
                    self.words.extend(path.iter().cloned());
                    // A path after `::` belongs to another crate, or is the end of a path with generic arguments.
                    if path.len() > 1 && !is_separator(&tokens, at.wrapping_sub(2)) {
                        self.paths.push((first.span().start().line, path));
                    }
                    at = end;
                }
                TokenTree::Literal(literal) => self.add_text(literal, &tokens[..at]),
                TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    fn add_text(&mut self, literal: &Literal, before: &[TokenTree]) {
        let [.., TokenTree::Ident(name), TokenTree::Punct(equals)] = before else { return };
        if equals.as_char() != '=' || !PATHS_AS_TEXT.iter().any(|known| name == known) {
            return;
        }
        if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
            let path = text.value().split("::").map(|part| part.trim().to_owned()).collect();
            self.texts.push((literal.span().start().line, path));
        }
    }
}

/// Returns the segments of the path that starts at a token, and the position of its last token.
fn path(first: &Ident, tokens: &[TokenTree], start: usize) -> (Segments, usize) {
    let mut path = vec![first.to_string()];
    let mut end = start;
    while is_separator(tokens, end + 1) {
        let Some(TokenTree::Ident(next)) = tokens.get(end + 3) else { break };
        path.push(next.to_string());
        end += 3;
    }
    (path, end)
}

/// Returns whether the tokens at a position are `::`.
fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(each)) if each.as_char() == ':');
    is_colon(at) && at.checked_add(1).is_some_and(is_colon)
}

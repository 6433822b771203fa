//! Turns text from the document into Rust documentation.

mod long;
mod opening;
mod wrap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, parse_quote};

use super::prose::{harmless, marked};
use crate::Settings;

pub(crate) use long::wrap;
pub(crate) use opening::{first_sentence, headline, opening};
pub(crate) use wrap::{wrapped, wrapped_to};

/// Returns a doc attribute for each line. Each line starts with a space, like the text after `///`.
pub(crate) fn lines(text: &str) -> TokenStream {
    as_written(&readable(text))
}

/// Returns text from the document as Markdown that is safe for rustdoc.
pub(crate) fn readable(text: &str) -> String {
    wrapped(&marked(&harmless(text.trim())))
}

/// Returns doc attributes for the generator's own text, which may link to generated items.
pub(crate) fn as_written(text: &str) -> TokenStream {
    let lines = spaced(text);
    quote!(#(#[doc = #lines])*)
}

/// Does the same as `lines`, but returns inner attributes, for the documentation of a file.
pub(crate) fn inner(text: &str) -> TokenStream {
    let text = readable(text);
    let lines = spaced(&text);
    quote!(#(#![doc = #lines])*)
}

/// Returns a comment before an item in a file. rustdoc doesn't show such comments.
pub(crate) fn comment(text: &str) -> TokenStream {
    const WIDTH: usize = 97;
    let text = wrapped_to(text, WIDTH);
    let lines = text.lines();
    quote!(#(#[__comment = #lines])*)
}

fn spaced(text: &str) -> impl Iterator<Item = String> {
    let line = |line: &str| match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    };
    text.lines().map(line)
}

/// Returns documentation with these paragraphs. Empty paragraphs are left out.
pub(crate) fn paragraphs(paragraphs: &[&str]) -> TokenStream {
    with_example(paragraphs, "")
}

/// Returns documentation with these paragraphs, followed by an example that is compiled.
pub(crate) fn with_example(paragraphs: &[&str], example: &str) -> TokenStream {
    with_links(paragraphs, example, &[])
}

/// Does the same as `with_example`, and replaces these names in backticks with links.
pub(crate) fn with_links(
    paragraphs: &[&str],
    example: &str,
    links: &[(String, String)],
) -> TokenStream {
    let linked = |text: String| {
        let replaced = |text: String, (from, to): &(String, String)| text.replace(from, to);
        wrapped(&links.iter().fold(text, replaced))
    };
    let paragraphs = paragraphs.iter().map(|text| linked(readable(text)));
    let all = paragraphs.chain([example.to_owned()]);
    let kept: Vec<String> = all.filter(|text| !text.is_empty()).collect();
    as_written(kept.join("\n\n").trim_end())
}

/// Returns text from the document, followed by the generator's own paragraph, which may link to
/// generated items.
pub(crate) fn with_link(text: &str, ours: &str) -> TokenStream {
    with_example(&[text], ours)
}

/// Returns a link to one of the runtime's error kinds. The link uses the runtime's path, because
/// the generator doesn't know where the client's crate exports the kind.
pub(crate) fn error_kind(settings: &Settings, kind: &str) -> String {
    let runtime = settings.runtime.trim_start_matches("::");
    format!("[`ErrorKind::{kind}`]({runtime}::ErrorKind::{kind})")
}

/// Returns the text as a sentence, with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    // A fence with a full stop after it wouldn't close the code block.
    let last = text.lines().next_back().unwrap_or_default().trim_start();
    let fenced = last.starts_with("```") || last.starts_with("~~~");
    if text.is_empty() || fenced || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Returns the text as a sentence on one line, for lists and tables.
pub(crate) fn one_line(text: &str) -> String {
    sentence(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the operation's name as an alias for rustdoc's search, if its method has a different
/// name.
pub(crate) fn alias(operation: &str, function: &str) -> Option<TokenStream> {
    (operation != function).then(|| quote!(#[doc(alias = #operation)]))
}

pub(crate) fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

/// Returns the text of a doc attribute.
pub(crate) fn text(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if is_doc(attribute) => {
            Some(text.value())
        }
        _ => None,
    }
}

/// Parses tokens as attributes.
pub(crate) fn attributes(tokens: &TokenStream) -> Vec<Attribute> {
    let item: syn::ItemStruct = parse_quote!(#tokens struct Carrier;);
    item.attrs
}

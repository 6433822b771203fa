//! Text of the document as documentation in Rust.

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

/// A doc attribute for each line, with the space that rustdoc's own comments have.
pub(crate) fn lines(text: &str) -> TokenStream {
    as_written(&readable(text))
}

/// Text of the document as Markdown that rustdoc can have.
pub(crate) fn readable(text: &str) -> String {
    wrapped(&marked(&harmless(text.trim())))
}

/// Text of ours, which may link to what is generated.
pub(crate) fn as_written(text: &str) -> TokenStream {
    let lines = spaced(text);
    quote!(#(#[doc = #lines])*)
}

/// The same for the file that it stands in.
pub(crate) fn inner(text: &str) -> TokenStream {
    let text = readable(text);
    let lines = spaced(&text);
    quote!(#(#![doc = #lines])*)
}

/// A comment in front of an item of a file, which rustdoc doesn't show.
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

/// Paragraphs, empty ones left out.
pub(crate) fn paragraphs(paragraphs: &[&str]) -> TokenStream {
    with_example(paragraphs, "")
}

/// Paragraphs, and behind them what is meant to be compiled.
pub(crate) fn with_example(paragraphs: &[&str], example: &str) -> TokenStream {
    with_links(paragraphs, example, &[])
}

/// The same, with links in place of these texts in backticks.
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

/// Text of the document, and behind it a paragraph of ours, which may link to what is generated.
pub(crate) fn with_link(text: &str, ours: &str) -> TokenStream {
    with_example(&[text], ours)
}

/// A link to a kind of the runtime's errors: where the client's crate exports it isn't known here.
pub(crate) fn error_kind(settings: &Settings, kind: &str) -> String {
    let runtime = settings.runtime.trim_start_matches("::");
    format!("[`ErrorKind::{kind}`]({runtime}::ErrorKind::{kind})")
}

/// As a sentence: with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    // A full stop behind a fence would open it again.
    let last = text.lines().next_back().unwrap_or_default().trim_start();
    let fenced = last.starts_with("```") || last.starts_with("~~~");
    if text.is_empty() || fenced || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// As a sentence on one line, for lists and tables.
pub(crate) fn one_line(text: &str) -> String {
    sentence(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The operation's own name for rustdoc's search, if its method is called otherwise.
pub(crate) fn alias(operation: &str, function: &str) -> Option<TokenStream> {
    (operation != function).then(|| quote!(#[doc(alias = #operation)]))
}

pub(crate) fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

/// The text of a doc attribute.
pub(crate) fn text(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if is_doc(attribute) => {
            Some(text.value())
        }
        _ => None,
    }
}

/// Tokens of attributes as such.
pub(crate) fn attributes(tokens: &TokenStream) -> Vec<Attribute> {
    let item: syn::ItemStruct = parse_quote!(#tokens struct Carrier;);
    item.attrs
}

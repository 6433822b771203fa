//! Text of the document as documentation in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

/// A doc attribute for each line, with the space that rustdoc's own comments have.
pub(crate) fn lines(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| {
        let line = line.trim_end();
        if line.is_empty() { String::new() } else { format!(" {line}") }
    });
    quote!(#(#[doc = #lines])*)
}

/// Paragraphs, empty ones left out.
pub(crate) fn paragraphs(paragraphs: &[&str]) -> TokenStream {
    let kept: Vec<&str> =
        paragraphs.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    lines(&kept.join("\n\n"))
}

/// As a sentence: with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The line that names the evidence; folded text of YAML may hold line breaks.
pub(crate) fn source(evidence: &str) -> String {
    let evidence = evidence.split_whitespace().collect::<Vec<_>>().join(" ");
    if evidence.is_empty() { evidence } else { format!("Source: {}", sentence(&evidence)) }
}

pub(crate) fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

//! Documentation that emitters write line by line, wrapped like that of the document.

use syn::visit_mut::VisitMut;
use syn::{AttrStyle, Attribute, parse_quote};

use super::{is_doc, spaced, text, wrapped};

/// Wraps the long lines of all documentation of a file.
pub(crate) fn wrap(file: &mut syn::File) {
    Wrap.visit_file_mut(file);
}

struct Wrap;

impl VisitMut for Wrap {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let is_neighbour = |one: &Attribute, other: &Attribute| {
            is_line(one) && is_line(other) && is_inner(one) == is_inner(other)
        };
        *attributes = attributes.chunk_by(is_neighbour).flat_map(rewritten).collect();
    }
}

/// Whether an attribute is a line of documentation, and not e.g. `doc(hidden)`.
fn is_line(attribute: &Attribute) -> bool {
    is_doc(attribute) && text(attribute).is_some()
}

fn is_inner(attribute: &Attribute) -> bool {
    matches!(attribute.style, AttrStyle::Inner(_))
}

fn rewritten(attributes: &[Attribute]) -> Vec<Attribute> {
    let lines: Option<Vec<String>> = attributes.iter().map(text).collect();
    let (Some(first), Some(lines)) = (attributes.first(), lines) else {
        return attributes.to_vec();
    };
    let lines: Vec<&str> = lines.iter().map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
    let attribute = |line: String| -> Attribute {
        match is_inner(first) {
            true => parse_quote!(#![doc = #line]),
            false => parse_quote!(#[doc = #line]),
        }
    };
    spaced(&wrapped(&lines.join("\n"))).map(attribute).collect()
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::wrap;

    #[test]
    fn long_lines_are_wrapped_wherever_they_are() {
        let long = format!(" {}", "word ".repeat(30).trim_end());
        let (first, second) = (" word".repeat(18), " word".repeat(12));
        let mut file: syn::File = parse_quote! {
            #![doc = #long]
            #[doc = #long]
            #[doc(hidden)]
            #[must_use]
            fn f() {}
            impl S {
                #[doc = " # Errors"]
                #[doc = ""]
                #[doc = #long]
                fn g() {}
            }
        };
        let expected: syn::File = parse_quote! {
            #![doc = #first]
            #![doc = #second]
            #[doc = #first]
            #[doc = #second]
            #[doc(hidden)]
            #[must_use]
            fn f() {}
            impl S {
                #[doc = " # Errors"]
                #[doc = ""]
                #[doc = #first]
                #[doc = #second]
                fn g() {}
            }
        };
        wrap(&mut file);
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }
}

//! Wraps all documentation in a file to the width available at its indentation.

use syn::visit_mut::{self, VisitMut};
use syn::{
    AttrStyle, Attribute, Field, ForeignItem, ImplItem, ItemMod, TraitItem, Variant, parse_quote,
};

use super::{is_doc, spaced, text, wrapped_to};

/// The maximum width of a line, including its indentation and slashes.
const COLUMNS: usize = 100;

/// The width of the slashes and the space after them.
const SLASHES: usize = 4;

/// The indentation of one level of braces.
const INDENT: usize = 4;

/// Wraps the paragraphs of all documentation in a file.
pub(crate) fn wrap(file: &mut syn::File) {
    Wrap { indent: 0 }.visit_file_mut(file);
}

struct Wrap {
    indent: usize,
}

impl Wrap {
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.indent += INDENT;
        visit(self);
        self.indent -= INDENT;
    }

    fn rewritten(&self, attributes: &[Attribute]) -> Vec<Attribute> {
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
        let width = COLUMNS.saturating_sub(self.indent + SLASHES);
        spaced(&wrapped_to(&lines.join("\n"), width)).map(attribute).collect()
    }
}

impl VisitMut for Wrap {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let is_neighbour = |one: &Attribute, other: &Attribute| {
            is_line(one) && is_line(other) && is_inner(one) == is_inner(other)
        };
        let runs = attributes.chunk_by(is_neighbour);
        *attributes = runs.flat_map(|run| self.rewritten(run)).collect();
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        self.inside(|this| visit_mut::visit_impl_item_mut(this, item));
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        self.inside(|this| visit_mut::visit_trait_item_mut(this, item));
    }

    fn visit_foreign_item_mut(&mut self, item: &mut ForeignItem) {
        self.inside(|this| visit_mut::visit_foreign_item_mut(this, item));
    }

    fn visit_variant_mut(&mut self, variant: &mut Variant) {
        self.inside(|this| visit_mut::visit_variant_mut(this, variant));
    }

    fn visit_field_mut(&mut self, field: &mut Field) {
        self.inside(|this| visit_mut::visit_field_mut(this, field));
    }

    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        self.visit_attributes_mut(&mut module.attrs);
        let items = module.content.iter_mut().flat_map(|(_, items)| items);
        self.inside(|this| items.for_each(|item| this.visit_item_mut(item)));
    }
}

/// Returns whether an attribute is a line of documentation and not e.g. `doc(hidden)`.
fn is_line(attribute: &Attribute) -> bool {
    is_doc(attribute) && text(attribute).is_some()
}

fn is_inner(attribute: &Attribute) -> bool {
    matches!(attribute.style, AttrStyle::Inner(_))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::wrap;

    #[test]
    fn lines_end_at_the_same_column_at_any_indentation() {
        let long = format!(" {}", "word ".repeat(30).trim_end());
        let (first, second) = (" word".repeat(19), " word".repeat(11));
        let (inner_first, inner_second) = (" word".repeat(18), " word".repeat(12));
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
                #[doc = #inner_first]
                #[doc = #inner_second]
                fn g() {}
            }
        };
        wrap(&mut file);
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }
}

//! Adds comments, and empty lines between items and between methods, because prettyplease writes
//! neither.
//!
//! Items that need an empty line or a comment before them get an attribute, which prettyplease
//! writes on a separate line. This module then replaces these lines.

use syn::{
    Attribute, ImplItem, Item, ItemUse, LitStr, TraitItem, UseTree, Visibility, parse_quote,
};

use crate::passes::imports;

/// The attribute for an empty line, as prettyplease writes it.
const MARK: &str = "#[__empty_line]";

/// The beginning of the attribute for a comment line.
const COMMENT: &str = "#[__comment = ";

/// Returns the text of a file.
pub(super) fn unparse(mut file: syn::File) -> String {
    if let (false, Some(first)) = (file.attrs.is_empty(), file.items.first_mut()) {
        mark_item(first);
    }
    space(&mut file.items);
    let text = prettyplease::unparse(&file);
    let line = |line: &str| match line.trim() {
        MARK => "\n".to_owned(),
        mark => comment(mark).unwrap_or_else(|| line.to_owned()) + "\n",
    };
    text.lines().map(line).collect()
}

/// Returns the comment that an attribute of an item represents.
fn comment(line: &str) -> Option<String> {
    let literal = line.strip_prefix(COMMENT)?.strip_suffix(']')?;
    let text = syn::parse_str::<LitStr>(literal).ok()?.value();
    // Text after a line break would be code.
    Some(format!("// {}", text.replace(char::is_control, " ")))
}

fn space(items: &mut [Item]) {
    for at in 1..items.len() {
        let apart = match items.get(at - 1..=at) {
            Some([before, item]) => !belong_together(before, item),
            _ => false,
        };
        if apart && let Some(item) = items.get_mut(at) {
            mark_item(item);
        }
    }
    for item in items {
        match item {
            Item::Impl(item) => space_members(item.items.iter_mut().filter_map(implemented)),
            Item::Trait(item) => space_members(item.items.iter_mut().filter_map(declared)),
            Item::Mod(item) => {
                item.content.iter_mut().for_each(|(_, items)| space(items));
            }
            _ => {}
        }
    }
}

/// Returns whether two items stay together, without an empty line between them. Module declarations
/// do, and so do imports from the same kind of source.
fn belong_together(before: &Item, item: &Item) -> bool {
    match (before, item) {
        (Item::Mod(before), Item::Mod(item)) => before.content.is_none() && item.content.is_none(),
        (Item::Use(before), Item::Use(item)) => kind(before) == kind(item),
        _ => false,
    }
}

fn kind(item: &ItemUse) -> (u8, bool) {
    let root = match &item.tree {
        UseTree::Path(path) => path.ident.to_string(),
        _ => String::new(),
    };
    (imports::group(&root), matches!(item.vis, Visibility::Inherited))
}

/// The attributes of a member of a trait or an implementation, and whether it is a method.
type Member<'a> = (&'a mut Vec<Attribute>, bool);

fn implemented(item: &mut ImplItem) -> Option<Member<'_>> {
    Some(match item {
        ImplItem::Const(item) => (&mut item.attrs, false),
        ImplItem::Fn(item) => (&mut item.attrs, true),
        ImplItem::Macro(item) => (&mut item.attrs, false),
        ImplItem::Type(item) => (&mut item.attrs, false),
        _ => return None,
    })
}

fn declared(item: &mut TraitItem) -> Option<Member<'_>> {
    Some(match item {
        TraitItem::Const(item) => (&mut item.attrs, false),
        TraitItem::Fn(item) => (&mut item.attrs, true),
        TraitItem::Macro(item) => (&mut item.attrs, false),
        TraitItem::Type(item) => (&mut item.attrs, false),
        _ => return None,
    })
}

/// Marks the members that get an empty line. Constants and types without documentation stay
/// together.
fn space_members<'a>(members: impl Iterator<Item = Member<'a>>) {
    // There is no empty line before the first member.
    let mut after_method = None;
    for (attributes, is_method) in members {
        if after_method.is_some_and(|after| after || is_method || !attributes.is_empty()) {
            mark(attributes);
        }
        after_method = Some(is_method);
    }
}

fn mark(attributes: &mut Vec<Attribute>) {
    attributes.insert(0, parse_quote!(#[__empty_line]));
}

fn mark_item(item: &mut Item) {
    let attributes = match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::ExternCrate(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::ForeignMod(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::TraitAlias(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return,
    };
    mark(attributes);
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::unparse;

    #[test]
    fn each_comment_is_one_line() {
        let text = unparse(parse_quote! {
            struct S;
            #[__comment = "Says \"why\"."]
            #[__comment = "No code\nfn f() {}"]
            #[allow(dead_code)]
            trait T {}
        });
        let expected = "struct S;\n\n// Says \"why\".\n// No code fn f() {}\n#[allow(dead_code)]\ntrait T {}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn empty_lines_are_only_between_items_and_methods() {
        let text = unparse(parse_quote! {
            //! A file.
            mod a;
            mod b;
            use std::fmt;
            use std::mem;
            use crate::A;
            pub use self::a::B;
            /// A struct.
            struct S { a: u8, b: u8 }
            impl S {
                fn a(&self) {}
                /// Second.
                fn b(&self) { let x = "#[__empty_line]"; }
            }
            impl T for S {
                type A = u8;
                type B = u8;
                fn c() {}
            }
            mod c {
                fn a() {}
                fn b() {}
            }
        });
        let expected = r##"//! A file.

mod a;
mod b;

use std::fmt;
use std::mem;

use crate::A;

pub use self::a::B;

/// A struct.
struct S {
    a: u8,
    b: u8,
}

impl S {
    fn a(&self) {}

    /// Second.
    fn b(&self) {
        let x = "#[__empty_line]";
    }
}

impl T for S {
    type A = u8;
    type B = u8;

    fn c() {}
}

mod c {
    fn a() {}

    fn b() {}
}
"##;
        assert_eq!(text, expected);
    }
}

//! Turns `Box<Option<T>>`, which typify generates for some recursive properties, into
//! `Option<Box<T>>`.

use syn::{Item, parse_quote};

use crate::passes::std_types::{boxed, option};

/// Changes the fields of a struct.
pub(super) fn inside(item: &mut Item) {
    let Item::Struct(item) = item else { return };
    for field in &mut item.fields {
        if let Some(inner) = boxed(&field.ty).and_then(option) {
            field.ty = parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    #[test]
    fn the_option_is_moved_outside() {
        let mut item: Item = parse_quote!(
            struct A {
                a: ::std::boxed::Box<::std::option::Option<A>>,
                b: ::std::boxed::Box<A>,
            }
        );
        super::inside(&mut item);
        let expected: Item = parse_quote!(
            struct A {
                a: ::std::option::Option<::std::boxed::Box<A>>,
                b: ::std::boxed::Box<A>,
            }
        );
        assert_eq!(item.to_token_stream().to_string(), expected.to_token_stream().to_string());
    }
}

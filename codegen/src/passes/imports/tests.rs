//! Tests files before and after the pass.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::shorten;

#[track_caller]
fn check(before: TokenStream, after: TokenStream) {
    check_with(&[], before, after);
}

#[track_caller]
fn check_with(types: &[&str], before: TokenStream, after: TokenStream) {
    let types: BTreeSet<String> = types.iter().map(|&name| name.to_owned()).collect();
    let mut file: syn::File = syn::parse2(before).unwrap();
    shorten(&mut file, &types);
    let after: syn::File = syn::parse2(after).unwrap();
    assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&after));
}

#[test]
fn prelude_names_are_not_imported() {
    check(
        quote! {
            fn f(a: impl ::std::convert::Into<::std::string::String>) -> ::std::option::Option<::std::vec::Vec<u8>> {
                match ::std::result::Result::Ok(a.into()) {
                    ::std::result::Result::Ok(a) => ::std::option::Option::Some(::core::default::Default::default()),
                    ::std::result::Result::Err(()) => ::std::option::Option::None,
                }
            }
        },
        quote! {
            fn f(a: impl Into<String>) -> Option<Vec<u8>> {
                match Ok(a.into()) {
                    Ok(a) => Some(Default::default()),
                    Err(()) => None,
                }
            }
        },
    );
}

#[test]
fn imports_are_merged_and_sorted() {
    check(
        quote! {
            //! A file.
            mod own;
            use super::super::types;
            use ::runtime::Error;
            use super::super::{catalogue, raw};
            struct A<K: ::keys::Credential> {
                a: crate::Amount,
                b: ::std::collections::BTreeMap<u8, ::runtime::Call<types::B>>,
                c: super::super::Client<K>,
                d: Error,
            }
        },
        quote! {
            //! A file.
            mod own;
            use std::collections::BTreeMap;
            use keys::Credential;
            use runtime::{Call, Error};
            use super::super::{Client, catalogue, raw, types};
            use crate::Amount;
            struct A<K: Credential> {
                a: Amount,
                b: BTreeMap<u8, Call<types::B>>,
                c: Client<K>,
                d: Error,
            }
        },
    );
}

#[test]
fn functions_and_constants_are_qualified_by_their_module() {
    check(
        quote! {
            static A: u8 = super::catalogue::NUMBER;
            fn f() {
                ::runtime::generated::call(crate::held(), ::runtime::help(), ::runtime::Method::GET);
            }
        },
        quote! {
            use runtime::{Method, generated};
            use super::catalogue;
            static A: u8 = catalogue::NUMBER;
            fn f() {
                generated::call(crate::held(), runtime::help(), Method::GET);
            }
        },
    );
}

#[test]
fn items_of_fmt_are_qualified_by_their_module() {
    check(
        quote! {
            impl ::std::fmt::Display for A {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { self.0.fmt(f) }
            }
            fn g() -> ::std::result::Result<(), ()> { Ok(()) }
        },
        quote! {
            use std::fmt;
            impl fmt::Display for A {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
            }
            fn g() -> Result<(), ()> { Ok(()) }
        },
    );
}

#[test]
fn a_module_and_its_items_are_imported_on_one_line() {
    check(
        quote! { fn f(a: crate::runtime::Response) { crate::runtime::respond(crate::runtime::Answer) } },
        quote! {
            use crate::runtime::{self, Answer, Response};
            fn f(a: Response) { runtime::respond(Answer) }
        },
    );
}

#[test]
fn derives_and_serde_options_are_shortened() {
    check(
        quote! {
            #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
            struct A {
                #[serde(rename = "a::b", skip_serializing_if = "::std::option::Option::is_none")]
                a: ::std::option::Option<u8>,
                #[serde(default, deserialize_with = "::runtime::generated::null_as_default")]
                b: u8,
            }
        },
        quote! {
            use runtime::generated;
            use serde::{Deserialize, Serialize};
            #[derive(Clone, Deserialize, Serialize)]
            struct A {
                #[serde(rename = "a::b", skip_serializing_if = "Option::is_none")]
                a: Option<u8>,
                #[serde(default, deserialize_with = "generated::null_as_default")]
                b: u8,
            }
        },
    );
}

#[test]
fn a_name_defined_in_the_file_is_not_imported() {
    check(
        quote! {
            #[derive(::serde::Serialize)]
            pub struct String(pub ::std::string::String);
            pub enum Some { A(::std::option::Option<u8>) }
            impl<Error> ::std::convert::From<::std::string::String> for A<Error> {
                fn from(e: ::runtime::Error) -> Self { ::std::option::Option::Some(Serialize) }
            }
        },
        quote! {
            #[derive(serde::Serialize)]
            pub struct String(pub std::string::String);
            pub enum Some { A(Option<u8>) }
            impl<Error> From<std::string::String> for A<Error> {
                fn from(e: runtime::Error) -> Self { Option::Some(Serialize) }
            }
        },
    );
}

#[test]
fn an_import_keeps_its_name() {
    check(
        quote! {
            use super::{Option, other::Error as Mistake};
            fn f(a: ::std::option::Option<Option>, b: super::Option, c: ::b::Mistake, d: crate::Error) {}
        },
        quote! {
            use super::Option;
            use super::other::Error as Mistake;
            use crate::Error;
            fn f(a: std::option::Option<Option>, b: Option, c: b::Mistake, d: Error) {}
        },
    );
}

#[test]
fn the_more_frequent_of_two_paths_with_the_same_name_is_shortened() {
    check(
        quote! {
            fn f(a: ::a::Error, b: ::std::error::Error, c: ::b::x::Error, d: ::b::x::Error) {}
        },
        quote! {
            use b::x::Error;
            fn f(a: a::Error, b: std::error::Error, c: Error, d: Error) {}
        },
    );
}

#[test]
fn names_from_glob_imports_are_not_used() {
    check_with(
        &["Vec", "Call", "Other"],
        quote! {
            use super::*;
            fn f(a: ::std::vec::Vec<::runtime::Call<Other>>, b: ::std::option::Option<Mine>, c: ::a::Mine) {}
        },
        quote! {
            use super::*;
            fn f(a: std::vec::Vec<runtime::Call<Other>>, b: Option<Mine>, c: a::Mine) {}
        },
    );
}

#[test]
fn a_re_export_defines_its_name() {
    check_with(
        &["Credential"],
        quote! {
            mod get;
            pub use self::get::*;
            pub use self::other::Client;
            struct A<K: crate::Credential>(::runtime::Client<K>, ::runtime::Call);
        },
        quote! {
            mod get;
            use runtime::Call;
            pub use self::get::*;
            pub use self::other::Client;
            struct A<K: crate::Credential>(runtime::Client<K>, Call);
        },
    );
}

#[test]
fn modules_and_re_exports_are_sorted() {
    check(
        quote! {
            pub mod c;
            mod a;
            pub use self::c::D;
            pub use self::a::B;
            fn f() {}
            mod b {}
        },
        quote! {
            mod a;
            pub mod c;
            pub use self::a::B;
            pub use self::c::D;
            fn f() {}
            mod b {}
        },
    );
}

#[test]
fn a_crate_is_not_mistaken_for_a_name_in_the_file() {
    check(
        quote! {
            mod std;
            fn f(a: ::std::path::PathBuf, b: ::std::option::Option<::serde::de::Error>, c: ::runtime::Error) {
                crate::serde::go();
                crate::serde::go();
            }
        },
        quote! {
            mod std;
            use ::std::path::PathBuf;
            use serde::de::Error;
            fn f(a: PathBuf, b: Option<Error>, c: runtime::Error) {
                crate::serde::go();
                crate::serde::go();
            }
        },
    );
}

#[test]
fn names_in_macros_and_inner_functions_keep_their_meaning() {
    check(
        quote! {
            fn f(a: ::a::Call, b: ::a::Reply) -> bool {
                use other::Reply;
                matches!(a, Call::New)
            }
        },
        quote! {
            fn f(a: a::Call, b: a::Reply) -> bool {
                use other::Reply;
                matches!(a, Call::New)
            }
        },
    );
}

#[test]
fn traits_in_qualified_paths_are_shortened() {
    check(
        quote! {
            type A = <::a::Call<u8> as ::std::future::IntoFuture>::Output;
            fn f() { <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(<u8>::MAX) }
        },
        quote! {
            use std::borrow::Cow;
            use a::Call;
            use serde::Deserialize;
            type A = <Call<u8> as IntoFuture>::Output;
            fn f() { <Cow<'de, str> as Deserialize>::deserialize(<u8>::MAX) }
        },
    );
}

#[test]
fn a_module_has_its_own_imports() {
    check(
        quote! {
            fn f(a: ::a::B) {}
            mod inner { fn f(a: ::a::C) {} }
        },
        quote! {
            use a::B;
            fn f(a: B) {}
            mod inner { use a::C; fn f(a: C) {} }
        },
    );
}

#[test]
fn a_function_that_exists_only_for_some_targets_keeps_its_paths() {
    check(
        quote! {
            impl A {
                #[cfg(unix)]
                fn f(a: ::a::B) {}
                fn g(a: ::a::C, b: ::b::B) {}
            }
        },
        quote! {
            use a::C;
            impl A {
                #[cfg(unix)]
                fn f(a: ::a::B) {}
                fn g(a: C, b: b::B) {}
            }
        },
    );
}

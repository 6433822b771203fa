//! Tests reading parameters, including parameters that other clients write.

use super::*;
use crate::style::read;

const QUERY: &str = "page=2&color=blue,black&x%5By%5D=1&R=1&shade=&R2=%ff&G=2&B=3&twice=1&twice=2";

fn query<T: serde::de::DeserializeOwned>(name: &str, style: Style) -> Result<Option<T>, String> {
    read::query(name, style, QUERY).map_err(|error| error.to_string())
}

#[test]
fn a_parameter_is_found_among_others() {
    assert_eq!(query("page", Style::FORM), Ok(Some(2)));
    assert_eq!(query("pag", Style::FORM), Ok(None::<u8>));
    assert_eq!(query("color", Style::FORM), Ok(Some(vec!["blue".to_owned(), "black".to_owned()])));
    assert_eq!(query("twice", Style::FORM.explode()), Ok(Some(vec![1, 2])));
    assert_eq!(query("shade", Style::FORM), Ok(Some(String::new())));
    assert_eq!(query("shade", Style::FORM), Ok(Some(Vec::<u8>::new())));
    assert_eq!(query("shade", Style::FORM.explode()), Ok(Some(vec![String::new()])));
    assert_eq!(query("shade", Style::FORM.explode().allow_empty()), Ok(Some(Vec::<u8>::new())));
    assert_eq!(query("any", Style::FORM.explode()), Ok(Some(Color { red: 1, green: 2, blue: 3 })));
    assert_eq!(query("x", Style::DEEP_OBJECT.explode()), Ok(Some(texts(&[("y", "1")]))));
    assert_eq!(query("z", Style::DEEP_OBJECT.explode()), Ok(None::<Texts>));
}

#[test]
fn invalid_values_are_rejected() {
    let refused = |result: Result<Option<u8>, String>, expected: &str| {
        assert_eq!(result, Err(expected.to_owned()))
    };
    refused(query("twice", Style::FORM), "is given more than once");
    refused(query("R2", Style::FORM), "isn't UTF-8 after decoding");
    refused(query("color", Style::FORM), "isn't valid: invalid digit found in string");
    let odd = read::header::<Color>(Style::SIMPLE, "R,1,G").unwrap_err();
    assert_eq!(odd.to_string(), "has a property without a value");
    let odd = read::header::<Color>(Style::SIMPLE.explode(), "R=1,G").unwrap_err();
    assert_eq!(odd.to_string(), "has a property without `=`");
    let odd = read::path::<String>("color", Style::LABEL, "blue").unwrap_err();
    assert_eq!(odd.to_string(), "doesn't begin with `.`");
    let odd = read::path::<String>("color", Style::MATRIX, "color=blue").unwrap_err();
    assert_eq!(odd.to_string(), "doesn't begin with `;`");
    let odd = read::path::<String>("color", Style::MATRIX, ";shade=blue").unwrap_err();
    assert_eq!(odd.to_string(), "is missing");
}

#[test]
fn separators_that_other_clients_write_are_also_read() {
    let colors = ["blue", "black", "brown"].map(str::to_owned).to_vec();
    for (style, text) in [
        (Style::SPACE_DELIMITED, "c=blue+black%20brown"),
        (Style::PIPE_DELIMITED, "c=blue|black%7cbrown"),
        (Style::FORM.explode(), "c=blue&&c=black&c=brown&"),
    ] {
        assert_eq!(read::query::<Vec<String>>("c", style, text).unwrap(), Some(colors.clone()));
    }
    assert_eq!(read::header::<Vec<String>>(Style::SIMPLE, "blue, black ,brown").unwrap(), colors);
    let color = read::header::<Color>(Style::SIMPLE.explode(), "R=100, G=200, B=150").unwrap();
    assert_eq!(color, COLOR);
    let color =
        read::cookie::<Color>("c", Style::FORM.explode(), "a=1;R=100; G=200; B=150; z").unwrap();
    assert_eq!(color, Some(COLOR));
}

#[test]
fn a_path_parameters_segment_is_found_by_name() {
    for (template, path, expected) in [
        ("/a/{b}/{c}", "/a/1%2F2/3", Some("1%2F2")),
        ("/a/{b}.json", "/a/.x.json", Some(".x")),
        ("/a/v{b}", "/a/w1", None),
        ("/a/{c}/b", "/a/1/b", None),
        ("/a/{b}", "/a", None),
        ("/a/{b}-{c}", "/a/1-2", None),
    ] {
        assert_eq!(read::part_of_path(template, path, "b"), expected, "{template} {path}");
    }
}

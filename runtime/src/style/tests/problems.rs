//! Checks that a value that a style can't represent is either escaped or rejected, and never
//! changed.

use serde_json::json;

use super::*;

const PATH: Place = Place::Path;
const QUERY: Place = Place::Query;
const HEADER: Place = Place::Header;
const COOKIE: Place = Place::Cookie;

#[track_caller]
fn refused(place: Place, style: Style, value: &(impl Serialize + ?Sized), expected: Problem) {
    check(place, style, value, Err(expected));
}

#[track_caller]
fn written(place: Place, style: Style, value: &(impl Serialize + ?Sized), expected: &str) {
    check(place, style, value, Ok(Some(expected)));
}

#[test]
fn separators_inside_values_are_escaped_if_the_style_can_escape_them() {
    written(PATH, Style::SIMPLE, &["a,b", "c=d;e.f/g"], "a%2Cb,c%3Dd%3Be.f%2Fg");
    written(PATH, Style::SIMPLE.explode(), &texts(&[("a=b", "c,d")]), "a%3Db=c%2Cd");
    written(PATH, Style::MATRIX.explode(), &["a;b", "c=d"], ";color=a%3Bb;color=c%3Dd");
    written(PATH, Style::LABEL, &["a.b", "c"], ".a.b,c");
    written(QUERY, Style::FORM, &["a,b", "c d+é"], "color=a%2Cb,c+d%2B%C3%A9");
    written(QUERY, Style::FORM.explode(), &["a&b", "c=d#"], "color=a%26b&color=c%3Dd%23");
    written(QUERY, Style::FORM.explode(), &texts(&[("a&b", "c=d")]), "a%26b=c%3Dd");
    written(QUERY, Style::DEEP_OBJECT.explode(), &texts(&[("a b", "c&d")]), "color%5Ba+b%5D=c%26d");
    written(QUERY, Style::SPACE_DELIMITED, &["a|b,c", "d"], "color=a%7Cb%2Cc%20d");
    written(QUERY, Style::PIPE_DELIMITED, &["a b", "c,d"], "color=a+b%7Cc%2Cd");
    written(HEADER, Style::SIMPLE.explode(), &texts(&[("a", "b=c")]), "a=b=c");
}

#[test]
fn separators_inside_values_are_rejected_if_the_style_cannot_escape_them() {
    refused(PATH, Style::LABEL.explode(), &["a.b", "c"], Problem::Separator("."));
    refused(PATH, Style::LABEL.explode(), &texts(&[("a", "1.5")]), Problem::Separator("."));
    refused(PATH, Style::LABEL.explode(), &texts(&[("a.b", "1")]), Problem::Separator("."));
    refused(QUERY, Style::SPACE_DELIMITED, &["a b"], Problem::Separator(" "));
    refused(QUERY, Style::PIPE_DELIMITED, &["a|b", "c"], Problem::Separator("|"));
    refused(QUERY, Style::PIPE_DELIMITED, &texts(&[("a|b", "c")]), Problem::Separator("|"));
    refused(QUERY, Style::DEEP_OBJECT.explode(), &texts(&[("a]", "c")]), Problem::Separator("[]"));
    for style in [Style::SIMPLE, Style::SIMPLE.explode()] {
        refused(HEADER, style, &["a,b"], Problem::Separator(","));
        refused(HEADER, style, &texts(&[("a", "b,c")]), Problem::Separator(","));
        refused(HEADER, style, &texts(&[("a,b", "c")]), Problem::Separator(","));
    }
    refused(HEADER, Style::SIMPLE.explode(), &texts(&[("a=b", "c")]), Problem::Separator("="));
    refused(COOKIE, Style::FORM, &["a,b"], Problem::Separator(","));
}

#[test]
fn empty_strings_are_rejected_if_only_separators_would_remain() {
    for style in [
        Style::SIMPLE,
        Style::SIMPLE.explode(),
        Style::LABEL,
        Style::LABEL.explode(),
        Style::MATRIX,
    ] {
        refused(PATH, style, &["a", "", "b"], Problem::Empty);
    }
    for style in [Style::FORM, Style::SPACE_DELIMITED, Style::PIPE_DELIMITED] {
        refused(QUERY, style, &[""], Problem::Empty);
        refused(QUERY, style, &texts(&[("a", "")]), Problem::Empty);
    }
    written(PATH, Style::MATRIX.explode(), &["", "a"], ";color;color=a");
    written(PATH, Style::SIMPLE.explode(), &texts(&[("a", ""), ("b", "1")]), "a=,b=1");
    written(QUERY, Style::FORM.explode(), &["", "&"], "color=&color=%26");
    written(QUERY, Style::DEEP_OBJECT.explode(), &texts(&[("a", "")]), "color%5Ba%5D=");
    for style in [Style::FORM, Style::FORM.explode(), Style::DEEP_OBJECT.explode()] {
        refused(QUERY, style, &texts(&[("", "a")]), Problem::Nameless);
    }
}

#[test]
fn an_empty_list_is_absent_unless_the_document_allows_it() {
    let empty: [u8; 0] = [];
    for style in [Style::FORM, Style::FORM.explode(), Style::PIPE_DELIMITED] {
        check(QUERY, style, &empty, Ok(None));
        check(QUERY, style, &None::<Vec<u8>>, Ok(None));
        check(QUERY, style, &Texts::new(), Ok(None));
    }
    written(QUERY, Style::FORM.allow_empty(), &empty, "color=");
    written(QUERY, Style::FORM.explode().allow_empty(), &empty, "color=");
    check(QUERY, Style::FORM.allow_empty(), &None::<Vec<u8>>, Ok(None));
    refused(QUERY, Style::FORM.explode().allow_empty(), &[""], Problem::Empty);
    for style in [Style::SIMPLE, Style::LABEL, Style::MATRIX.explode()] {
        check(PATH, style, &empty, Ok(None));
    }
}

#[test]
fn reserved_characters_are_kept_if_every_server_reads_them_correctly() {
    let text = ":/?#[]@!$&'()*+,;=% é";
    written(
        QUERY,
        Style::FORM.allow_reserved(),
        text,
        "color=:/?%23%5B%5D@!$%26'()*%2B%2C;=%25+%C3%A9",
    );
    written(
        QUERY,
        Style::FORM.explode().allow_reserved(),
        text,
        "color=:/?%23%5B%5D@!$%26'()*%2B,;=%25+%C3%A9",
    );
    written(QUERY, Style::FORM.allow_reserved(), &["a,b", "c/d"], "color=a%2Cb,c/d");
    written(QUERY, Style::FORM.explode().allow_reserved(), &["a,b", "c/d"], "color=a,b&color=c/d");
    written(
        QUERY,
        Style::FORM.explode(),
        text,
        "color=%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29*%2B%2C%3B%3D%25+%C3%A9",
    );
}

#[test]
fn invalid_characters_are_rejected_in_headers_and_cookies() {
    let visible = Problem::Character("a header; use visible ASCII, spaces and tabs");
    for text in ["é", "a\r\nb: c", "\0", "\u{7f}"] {
        refused(HEADER, Style::SIMPLE, &[text], visible);
        refused(HEADER, Style::SIMPLE.explode(), &texts(&[(text, "a")]), visible);
    }
    refused(HEADER, Style::SIMPLE, &["a", " b"], Problem::Space);
    let octets = "a cookie; use visible ASCII except `\"`, `,`, `;` and `\\`";
    for text in ["é", "a b", "a;b", "\"", "\\", "\n", "a,b"] {
        refused(COOKIE, Style::FORM, text, Problem::Character(octets));
    }
    written(
        COOKIE,
        Style::FORM,
        "!#$%&'()*+-./:<=>?@[]^_`{|}~",
        "color=!#$%&'()*+-./:<=>?@[]^_`{|}~",
    );
    let named = texts(&[("a=b", "c")]);
    refused(COOKIE, Style::FORM.explode(), &named, Problem::Character("the name of a cookie"));
}

#[test]
fn nested_lists_and_objects_are_rejected() {
    for value in
        [json!([[1]]), json!([{ "a": 1 }]), json!({ "a": [1] }), json!({ "a": { "b": 1 } })]
    {
        for style in [Style::FORM, Style::FORM.explode(), Style::DEEP_OBJECT.explode()] {
            refused(QUERY, style, &value, Problem::Deep);
        }
    }
    refused(QUERY, Style::FORM, &json!([1, null]), Problem::Null);
    refused(QUERY, Style::FORM, &json!({ "a": null }), Problem::Null);
    refused(QUERY, Style::FORM, &[Some(1), None], Problem::Null);
    refused(QUERY, Style::FORM, &[f64::NAN], Problem::NoText);
    refused(QUERY, Style::FORM, &f64::INFINITY, Problem::NoText);
}

#[test]
fn single_values_of_every_type_are_written_as_text() {
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Shade {
        LightBlue,
    }
    written(QUERY, Style::FORM, &[true, false], "color=true,false");
    written(
        QUERY,
        Style::FORM,
        &[i64::MIN, 0, i64::MAX],
        "color=-9223372036854775808,0,9223372036854775807",
    );
    written(QUERY, Style::FORM, &[1.0, 0.1, -2.5e30], "color=1.0,0.1,-2.5e30");
    written(QUERY, Style::FORM, &[Shade::LightBlue], "color=light-blue");
    written(QUERY, Style::FORM, &['a'], "color=a");
    written(QUERY, Style::FORM, &json!(["a", 1, 1.5, true]), "color=a,1,1.5,true");
    written(QUERY, Style::FORM, &("a", 1), "color=a,1");
    written(QUERY, Style::FORM, &Some(Some(vec![1])), "color=1");
    written(QUERY, Style::FORM, &json!(12), "color=12");
}

#[test]
fn the_types_own_error_is_not_quoted() {
    struct Broken;
    impl Serialize for Broken {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("hunter2"))
        }
    }
    refused(QUERY, Style::FORM, &[Broken], Problem::NoText);
    refused(QUERY, Style::JSON, &Broken, Problem::NoText);
}

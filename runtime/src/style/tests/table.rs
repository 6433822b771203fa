//! Tests each row and each column of the "Style Examples" table of OpenAPI 3.0.4 and 3.1.1.

use super::*;

/// A cell. `None` means "n/a".
type Cell = Option<&'static str>;

/// A row of the table: the style, then `empty`, `string`, `array` and `object`.
type Row = (Style, [Cell; 4]);

const COLORS: [&str; 3] = ["blue", "black", "brown"];

#[track_caller]
fn check_row(place: Place, (style, [empty, string, array, object]): Row) {
    let expected = |cell: Cell| match cell {
        Some(text) => Ok(Some(text)),
        None => Err(Problem::Kind),
    };
    check(place, style, "", expected(empty));
    check(place, style, "blue", expected(string));
    check(place, style, &COLORS, expected(array));
    check(place, style, &COLOR, expected(object));
}

#[test]
fn paths_are_written_as_openapi_specifies() {
    let (matrix, label, simple) = (Style::MATRIX, Style::LABEL, Style::SIMPLE);
    for row in [
        (
            matrix,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue,black,brown"),
                Some(";color=R,100,G,200,B,150"),
            ],
        ),
        (
            matrix.explode(),
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue;color=black;color=brown"),
                Some(";R=100;G=200;B=150"),
            ],
        ),
        (label, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")]),
        (
            label.explode(),
            [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")],
        ),
        // In the `simple` rows, the "empty" cell is an empty string. The request builder rejects this string, because
        // the request would call a different operation.
        (simple, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        (
            simple.explode(),
            [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")],
        ),
    ] {
        check_row(Place::Path, row);
    }
}

#[test]
fn headers_are_written_as_openapi_specifies() {
    let simple = Style::SIMPLE;
    for row in [
        (simple, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        (
            simple.explode(),
            [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")],
        ),
    ] {
        check_row(Place::Header, row);
    }
}

#[test]
fn queries_are_written_as_openapi_specifies() {
    for row in [
        (
            Style::FORM,
            [
                Some("color="),
                Some("color=blue"),
                Some("color=blue,black,brown"),
                Some("color=R,100,G,200,B,150"),
            ],
        ),
        (
            Style::FORM.explode(),
            [
                Some("color="),
                Some("color=blue"),
                Some("color=blue&color=black&color=brown"),
                Some("R=100&G=200&B=150"),
            ],
        ),
        (
            Style::SPACE_DELIMITED,
            [
                None,
                None,
                Some("color=blue%20black%20brown"),
                Some("color=R%20100%20G%20200%20B%20150"),
            ],
        ),
        (Style::SPACE_DELIMITED.explode(), [None, None, None, None]),
        (
            Style::PIPE_DELIMITED,
            [
                None,
                None,
                Some("color=blue%7Cblack%7Cbrown"),
                Some("color=R%7C100%7CG%7C200%7CB%7C150"),
            ],
        ),
        (Style::PIPE_DELIMITED.explode(), [None, None, None, None]),
        (
            Style::DEEP_OBJECT.explode(),
            [None, None, None, Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")],
        ),
    ] {
        check_row(Place::Query, row);
    }
}

/// Follows Appendix D of OpenAPI 3.1.1: a cookie header contains `; ` where a query contains `&`, and cookies with the
/// same name can't be distinguished.
#[test]
fn cookies_are_written_as_openapi_specifies() {
    for row in [
        (
            Style::FORM,
            [
                Some("color="),
                Some("color=blue"),
                Some("color=blue,black,brown"),
                Some("color=R,100,G,200,B,150"),
            ],
        ),
        (
            Style::FORM.explode(),
            [Some("color="), Some("color=blue"), None, Some("R=100; G=200; B=150")],
        ),
    ] {
        check_row(Place::Cookie, row);
    }
}

#[test]
fn json_is_written_as_a_single_string() {
    let value = texts(&[("a", "é, \u{1f600}"), ("b", "\"")]);
    let ascii = r#"{"a":"\u00e9, \ud83d\ude00","b":"\""}"#;
    check(Place::Header, Style::JSON, &value, Ok(Some(ascii)));
    check(
        Place::Query,
        Style::JSON,
        &COLOR,
        Ok(Some("color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D")),
    );
    check(Place::Path, Style::JSON, &[[1, 2], [3, 4]], Ok(Some("%5B%5B1%2C2%5D%2C%5B3%2C4%5D%5D")));
    check(Place::Query, Style::JSON, "a b", Ok(Some("color=%22a+b%22")));
}

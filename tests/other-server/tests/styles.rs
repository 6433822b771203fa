//! Tests parameters of every style: the client sends exactly the bytes in OpenAPI's table "Style
//! Examples", and the server reads the original values.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod echo;

use std::collections::BTreeMap;

use echo::InProcess;
use openapi_keys_runtime::{Error, ErrorKind, Outcome};
use other_api::small::styles::Client;
use other_api::small::styles::credentials::{Credentials, Session};
use other_api::small::styles::types::{Grade, Hue, Rgb, RgbRequired, Seen};
use serde_json::json;

fn rgb() -> Rgb {
    Rgb::new(RgbRequired { r: 100, g: 200, b: 150 })
}

fn hues() -> Vec<Hue> {
    vec![Hue::Blue, Hue::Black, Hue::Brown]
}

fn open(server: &InProcess) -> Client<Credentials> {
    server.client(Credentials::new())
}

/// Checks the request, and the values that the server read.
#[track_caller]
fn check(
    server: &InProcess,
    seen: Result<Seen, Error>,
    target: &str,
    headers: &[(&str, &str)],
    parts: [bool; 3],
) {
    let seen = seen.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.uri().to_string(), format!("https://styles.example{target}"));
    for (name, value) in headers {
        let found: Vec<_> = request.headers().get_all(*name).iter().collect();
        assert_eq!(found, [value], "{name}");
    }
    let [text, list, object] = parts;
    let expected = [
        text.then(|| ("text", json!("blue"))),
        list.then(|| ("list", json!(["blue", "black", "brown"]))),
        object.then(|| ("object", json!({ "R": 100, "G": 200, "B": 150 }))),
    ];
    let expected: serde_json::Map<_, _> =
        expected.into_iter().flatten().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut seen = serde_json::to_value(seen).unwrap();
    seen.as_object_mut().unwrap().retain(|_, value| *value != json!([]));
    assert_eq!(seen, json!(expected), "{target}");
}

const ALL: [bool; 3] = [true; 3];

#[tokio::test]
async fn path_parameters_can_have_every_style() {
    let server = &InProcess::default();
    let client = open(server);
    let paths = client.paths();
    let seen = paths.get_matrix("blue", hues(), rgb()).await;
    let target = "/matrix/;text=blue/;list=blue,black,brown/;object=R,100,G,200,B,150";
    check(server, seen, target, &[], ALL);
    let seen = paths.get_matrix_exploded("blue", hues(), rgb()).await;
    let target = "/matrix-exploded/;text=blue/;list=blue;list=black;list=brown/;R=100;G=200;B=150";
    check(server, seen, target, &[], ALL);
    let seen = paths.get_label("blue", hues(), rgb()).await;
    check(server, seen, "/label/.blue/.blue,black,brown/.R,100,G,200,B,150", &[], ALL);
    let seen = paths.get_label_exploded("blue", hues(), rgb()).await;
    check(server, seen, "/label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150", &[], ALL);
    let seen = paths.get_simple("blue", hues(), rgb()).await;
    check(server, seen, "/simple/blue/blue,black,brown/R,100,G,200,B,150", &[], ALL);
    let seen = paths.get_simple_exploded("blue", hues(), rgb()).await;
    check(server, seen, "/simple-exploded/blue/blue,black,brown/R=100,G=200,B=150", &[], ALL);
}

#[tokio::test]
async fn query_parameters_can_have_every_style() {
    let server = &InProcess::default();
    let client = open(server);
    let queries = client.queries();
    let seen = queries.get_form().text("blue").list(hues()).object(rgb()).await;
    let target = "/form?list=blue,black,brown&object=R,100,G,200,B,150&text=blue";
    check(server, seen, target, &[], ALL);
    let seen = queries.get_form_exploded().text("blue").list(hues()).object(rgb()).await;
    let target = "/form-exploded?list=blue&list=black&list=brown&R=100&G=200&B=150&text=blue";
    check(server, seen, target, &[], ALL);
    let both = [false, true, true];
    let seen = queries.get_space().list(hues()).object(rgb()).await;
    let target = "/space?list=blue%20black%20brown&object=R%20100%20G%20200%20B%20150";
    check(server, seen, target, &[], both);
    let seen = queries.get_pipe().list(hues()).object(rgb()).await;
    let target = "/pipe?list=blue%7Cblack%7Cbrown&object=R%7C100%7CG%7C200%7CB%7C150";
    check(server, seen, target, &[], both);
    let seen = queries.get_deep().object(rgb()).await;
    let target = "/deep?object%5BR%5D=100&object%5BG%5D=200&object%5BB%5D=150";
    check(server, seen, target, &[], [false, false, true]);
    // A parameter without a value isn't sent. An empty list is sent only if the parameter allows
    // empty values.
    check(server, queries.get_form().list(Vec::new()).await, "/form", &[], [false; 3]);
    check(server, queries.get_form_exploded().await, "/form-exploded", &[], [false; 3]);
    check(server, queries.get_deep().await, "/deep", &[], [false; 3]);
    let seen = queries.get_reserved().list(Vec::new()).await;
    check(server, seen, "/reserved?list=", &[], [false; 3]);
}

#[tokio::test]
async fn header_parameters_can_have_every_style() {
    let server = &InProcess::default();
    let client = open(server);
    let others = client.others();
    let seen = others.get_headers().x_text("blue").x_list(hues()).x_object(rgb()).await;
    let headers =
        [("x-text", "blue"), ("x-list", "blue,black,brown"), ("x-object", "R,100,G,200,B,150")];
    check(server, seen, "/headers", &headers, ALL);
    let seen = others.get_headers_exploded().x_text("blue").x_list(hues()).x_object(rgb()).await;
    let headers =
        [("x-text", "blue"), ("x-list", "blue,black,brown"), ("x-object", "R=100,G=200,B=150")];
    check(server, seen, "/headers-exploded", &headers, ALL);
}

#[tokio::test]
async fn cookies_share_one_header_with_a_credential() {
    let server = &InProcess::default();
    let session = Session::new("fake-session").unwrap();
    let client = server.client(Credentials::new().session(session));
    let seen = client.others().get_cookies().text("blue").list(hues()).object(rgb()).await;
    let cookies = "list=blue,black,brown; object=R,100,G,200,B,150; text=blue; sid=fake-session";
    check(server, seen, "/cookies", &[("cookie", cookies)], ALL);
    let seen = client.others().get_cookies().await;
    check(server, seen, "/cookies", &[("cookie", "sid=fake-session")], [false; 3]);
    let client = open(server);
    let seen = client.others().get_cookies_exploded("blue", rgb()).await;
    let cookies = "R=100; G=200; B=150; text=blue";
    check(server, seen, "/cookies-exploded", &[("cookie", cookies)], [true, false, true]);
}

#[tokio::test]
async fn json_is_read_back() {
    let server = &InProcess::default();
    let seen = open(server).others().get_json("blue", hues(), rgb()).await;
    let target = "/json/%22blue%22?list=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D";
    check(server, seen, target, &[("x-object", r#"{"R":100,"G":200,"B":150}"#)], ALL);
}

#[tokio::test]
async fn list_elements_can_have_any_type() {
    let server = &InProcess::default();
    let time = |text: &str| text.parse().unwrap();
    let labels = BTreeMap::from([("a b".to_owned(), 1), ("c".to_owned(), -2)]);
    let seen = open(server)
        .queries()
        .get_elements(vec![-1, 0, 7])
        .numbers(vec![0.5, 1e300])
        .flags(vec![true, false])
        .times(vec![time("2031-01-31T00:00:00Z"), time("2031-03-01T12:00:00+00:00Z")])
        .grades(vec![Grade::Value3, Grade::Value1])
        .labels(labels)
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].uri(),
        "https://styles.example/elements?flags=true&flags=false&grades=3,1&integers=-1%7C0%7C7\
         &labels%5Ba+b%5D=1&labels%5Bc%5D=-2&numbers=0.5,1e300\
         &times=2031-01-31T00%3A00%3A00Z,2031-03-01T12%3A00%3A00%2B00%3A00Z"
    );
    let expected = json!([
        [-1, 0, 7],
        [0.5, 1e300],
        [true, false],
        ["2031-01-31T00:00:00Z", "2031-03-01T12:00:00+00:00Z"],
        [3, 1],
        { "a b": 1, "c": -2 }
    ]);
    assert_eq!(seen.text.unwrap(), expected.to_string());
}

/// Sends values with all characters that separate values or end a part of a URL.
#[tokio::test]
async fn unusual_values_arrive_or_are_rejected() {
    let server = &InProcess::default();
    let client = open(server);
    let odd = |text: &str| vec![Hue::from(text), Hue::Blue];
    for text in ["a,b", "a b", "a|b", "a.b", "a;b=c&d", "/?#%2C", "é+", "..", "[a]"] {
        let calls = [
            client.paths().get_matrix(text, odd(text), rgb()).await,
            client.paths().get_matrix_exploded(text, odd(text), rgb()).await,
            client.paths().get_label(text, odd(text), rgb()).await,
            client.paths().get_label_exploded(text, odd(text), rgb()).await,
            client.paths().get_simple_exploded(text, odd(text), rgb()).await,
            client.queries().get_form().text(text).list(odd(text)).await,
            client.queries().get_form_exploded().text(text).list(odd(text)).await,
            client.queries().get_reserved().text(text).list(odd(text)).await,
            client.others().get_headers().x_text(text).x_list(odd(text)).await,
            client.others().get_json(text, odd(text), rgb()).await,
        ];
        for (at, seen) in calls.into_iter().enumerate() {
            match seen {
                Ok(seen) => {
                    assert_eq!(seen.text.as_deref(), Some(text), "{at}");
                    assert_eq!(seen.list, [text, "blue"], "{at}");
                }
                Err(error) => {
                    assert_eq!(error.outcome(), Outcome::NotSent, "{at} {error}");
                    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{at} {error}");
                }
            }
        }
    }
    let error = client.paths().get_label_exploded("a", odd("b.c"), rgb()).await.unwrap_err();
    let expected = "the argument `list` contains `.`, which separates values and can't be escaped in the parameter's `style`";
    assert!(error.to_string().contains(expected), "{error}");
    assert!(!error.to_string().contains("b.c"), "{error}");
    assert!(client.paths().get_simple("..", hues(), rgb()).await.is_err());
    assert!(client.paths().get_simple("a", Vec::new(), rgb()).await.is_err());
}

#[tokio::test]
async fn the_server_rejects_a_value_of_the_wrong_type() {
    let server = &InProcess::default();
    let error = open(server).queries().get_form().query("R", "x").await.unwrap();
    assert_eq!(error, Seen::default(), "`R` isn't a parameter of this operation");
    let error = open(server).queries().get_form_exploded().query("R", "1").await.unwrap_err();
    assert!(error.to_string().contains("missing field `G`"), "{error}");
}

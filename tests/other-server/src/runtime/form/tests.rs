//! Tests forms of every style in OpenAPI's table "Style Examples", and unreadable forms.

use serde_json::{Value, json};

use super::{Field, Kind, Pair, read};

const TEXTS: Kind = Kind::List(&Kind::Text);
const RGB: Kind = Kind::Object(&[("R", Kind::Number), ("G", Kind::Number), ("B", Kind::Number)]);

#[track_caller]
fn check(field: Field, form: &str, expected: Result<Value, &str>) {
    let pairs: Result<Vec<Pair>, _> = form.split('&').map(Pair::escaped).collect();
    let found = pairs.and_then(|pairs| read::<Value>(&[field], pairs));
    let found = found.map_err(|refusal| refusal.1);
    assert_eq!(
        found.as_ref().map_err(String::as_str),
        expected.as_ref().map_err(|it| *it),
        "{form}"
    );
}

#[test]
fn every_style_is_read() {
    let list = json!({ "color": ["blue", "black", "brown"] });
    let object = json!({ "color": { "R": 100, "G": 200, "B": 150 } });
    let (texts, rgb) = (Field::new("color", TEXTS), Field::new("color", RGB));
    check(texts, "color=blue&color=black&color=brown", Ok(list.clone()));
    check(texts.exploded(), "color=blue&color=black&color=brown", Ok(list.clone()));
    check(rgb.exploded(), "R=100&G=200&B=150", Ok(object.clone()));
    check(texts.delimited(','), "color=blue,black,brown", Ok(list.clone()));
    check(rgb.delimited(','), "color=R,100,G,200,B,150", Ok(object.clone()));
    check(texts.delimited(' '), "color=blue%20black+brown", Ok(list.clone()));
    check(rgb.delimited('|'), "color=R%7C100%7CG%7C200%7CB%7C150", Ok(object.clone()));
    check(rgb.deep(), "color%5BR%5D=100&color[G]=200&color[B]=150", Ok(object));
    check(texts.deep(), "color[2]=brown&color[0]=blue&color[1]=black", Ok(list));
    check(texts.delimited(','), "color=a%2Cb,c", Ok(json!({ "color": ["a,b", "c"] })));
}

#[test]
fn a_value_has_the_type_of_its_field() {
    let field = |kind| Field::new("a", kind);
    check(field(Kind::Text), "a=7", Ok(json!({ "a": "7" })));
    check(field(Kind::Number), "a=-1.5", Ok(json!({ "a": -1.5 })));
    check(field(Kind::Boolean), "a=true", Ok(json!({ "a": true })));
    check(field(Kind::Json), "a=%7B%22b%22%3A1%7D", Ok(json!({ "a": { "b": 1 } })));
    check(field(Kind::Text), "a=&b=7", Ok(json!({ "a": "", "b": "7" })));
    check(field(Kind::Map(&Kind::Number)).deep(), "a[x]=1", Ok(json!({ "a": { "x": 1 } })));
}

#[test]
fn the_error_for_an_unreadable_field_does_not_contain_its_value() {
    let field = |kind| Field::new("a", kind);
    check(field(Kind::Number), "a=hunter2", Err("`a` isn't a number"));
    check(field(Kind::Number), "a=", Err("`a` isn't a number"));
    check(field(Kind::Boolean), "a=1", Err("`a` isn't `true` or `false`"));
    check(field(Kind::Json), "a=%7B", Err("`a` isn't JSON"));
    check(field(Kind::Text), "a=1&a=2", Err("`a` occurs more than once"));
    check(field(Kind::Text), "a=%FF", Err("the form isn't UTF-8"));
    check(field(RGB).delimited(','), "a=R,1,G", Err("`a` has a name without a value"));
    check(field(RGB).deep(), "a=1", Err("`a` has no name in brackets"));
    check(field(RGB).deep(), "a[R=1", Err("`a` has a `[` without its `]`"));
    check(field(RGB).deep(), "a[R][x]=1", Err("`a` must have one value in each place"));
    check(field(TEXTS).deep(), "a[x]=1", Err("`a` has an index that isn't a number"));
}

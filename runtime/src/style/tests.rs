//! Tests the styles against the specification.

mod problems;
mod reading;
mod round_trip;
mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Place, Problem, Style, write};

/// `{ "R": 100, "G": 200, "B": 150 }`, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Color {
    #[serde(rename = "R")]
    red: u8,
    #[serde(rename = "G")]
    green: u8,
    #[serde(rename = "B")]
    blue: u8,
}

const COLOR: Color = Color { red: 100, green: 200, blue: 150 };

type Texts = BTreeMap<String, String>;

fn texts(pairs: &[(&str, &str)]) -> Texts {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[track_caller]
fn check(
    place: Place,
    style: Style,
    value: &(impl Serialize + ?Sized),
    expected: Result<Option<&str>, Problem>,
) {
    let found = write(place, "color", style, value);
    assert_eq!(found, expected.map(|text| text.map(str::to_owned)), "{place:?} {style:?}");
}

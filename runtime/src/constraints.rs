//! Checks values against the constraints in an OpenAPI document before the values are sent.
//!
//! A value is checked in the form in which it is sent: as JSON. Errors contain the path to the value, such as
//! `items[2].name`, and never quote the value.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::Error;

/// The constraints on a value and on the values inside it.
#[derive(Debug)]
pub struct Constraints {
    /// The limits on the value itself.
    pub limits: &'static [Limit],
    /// The constraints on an object's properties.
    pub properties: &'static [(&'static str, Constraints)],
    /// The constraints on a list's items.
    pub items: Option<&'static Constraints>,
    /// The constraints on an object's values whose keys aren't listed in `properties`.
    pub entries: Option<&'static Constraints>,
    /// The constraints of the schema that the value's own schema refers to.
    pub schema: Option<&'static Constraints>,
}

/// A limit on a value. Each limit applies only to values of one type, e.g. [`MinLength`](Limit::MinLength) to strings,
/// and never to `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// The minimum number of characters.
    MinLength(u64),
    /// The maximum number of characters.
    MaxLength(u64),
    /// The minimum number of items of a list.
    MinItems(u64),
    /// The maximum number of items of a list.
    MaxItems(u64),
    /// The minimum number of entries of an object.
    MinProperties(u64),
    /// The maximum number of entries of an object.
    MaxProperties(u64),
    /// The smallest number that is allowed.
    Minimum(Number),
    /// The largest number that is allowed.
    Maximum(Number),
    /// The value must be greater than this number.
    ExclusiveMinimum(Number),
    /// The value must be less than this number.
    ExclusiveMaximum(Number),
    /// The value must be a multiple of this number.
    MultipleOf(Number),
    /// No item may occur twice in a list.
    UniqueItems,
}

/// The number in a limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer.
    Integer(i128),
    /// Any other number.
    Decimal(f64),
}

impl Constraints {
    /// No constraints.
    pub const NONE: Constraints =
        Constraints { limits: &[], properties: &[], items: None, entries: None, schema: None };

    /// Checks a value. `name` is the name of a parameter, or empty for a body.
    ///
    /// # Errors
    ///
    /// Returns an error with the path to the first violation, if there is one.
    pub fn check(&self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        // A value that can't be written as JSON is reported when the request is built.
        let Ok(value) = serde_json::to_value(value) else { return Ok(()) };
        let mut place = name.to_owned();
        self.check_json(&mut place, &value).map_err(|limit| {
            let place = match place.as_str() {
                "" => "the body".to_owned(),
                place => format!("`{place}`"),
            };
            Error::invalid_argument(format!("{place} must {limit}"))
        })
    }

    /// Checks a value. If the value violates a limit, returns that limit and leaves the value's place in `place`.
    fn check_json(&self, place: &mut String, value: &Value) -> Result<(), Limit> {
        if let Some(limit) = self.limits.iter().find(|limit| !limit.is_met(value)) {
            return Err(*limit);
        }
        if let Some(schema) = self.schema {
            schema.check_json(place, value)?;
        }
        match value {
            Value::Array(items) => self.check_items(place, items),
            Value::Object(entries) => self.check_entries(place, entries),
            _ => Ok(()),
        }
    }

    fn check_items(&self, place: &mut String, items: &[Value]) -> Result<(), Limit> {
        let Some(constraints) = self.items else { return Ok(()) };
        let length = place.len();
        for (at, item) in items.iter().enumerate() {
            let _ = write!(place, "[{at}]");
            constraints.check_json(place, item)?;
            place.truncate(length);
        }
        Ok(())
    }

    fn check_entries(&self, place: &mut String, entries: &Map<String, Value>) -> Result<(), Limit> {
        let length = place.len();
        let dot = if place.is_empty() { "" } else { "." };
        for (name, constraints) in self.properties {
            if let Some(value) = entries.get(*name) {
                let _ = write!(place, "{dot}{name}");
                constraints.check_json(place, value)?;
                place.truncate(length);
            }
        }
        let Some(constraints) = self.entries else { return Ok(()) };
        let is_listed = |name: &str| self.properties.iter().any(|(listed, _)| *listed == name);
        for value in entries.iter().filter(|(name, _)| !is_listed(name)).map(|(_, value)| value) {
            // The caller chooses the key, and it may be confidential.
            let _ = write!(place, "{dot}*");
            constraints.check_json(place, value)?;
            place.truncate(length);
        }
        Ok(())
    }
}

impl Limit {
    fn is_met(self, value: &Value) -> bool {
        match (self, value) {
            (Limit::MinLength(least), Value::String(text)) => characters(text) >= least,
            (Limit::MaxLength(most), Value::String(text)) => characters(text) <= most,
            (Limit::MinItems(least), Value::Array(items)) => items.len() as u64 >= least,
            (Limit::MaxItems(most), Value::Array(items)) => items.len() as u64 <= most,
            (Limit::MinProperties(least), Value::Object(it)) => it.len() as u64 >= least,
            (Limit::MaxProperties(most), Value::Object(it)) => it.len() as u64 <= most,
            (Limit::Minimum(least), Value::Number(number)) => least.compared_to(number).is_le(),
            (Limit::Maximum(most), Value::Number(number)) => most.compared_to(number).is_ge(),
            (Limit::ExclusiveMinimum(it), Value::Number(number)) => it.compared_to(number).is_lt(),
            (Limit::ExclusiveMaximum(it), Value::Number(number)) => it.compared_to(number).is_gt(),
            (Limit::MultipleOf(step), Value::Number(number)) => step.divides(number),
            (Limit::UniqueItems, Value::Array(items)) => {
                let mut seen = HashSet::new();
                items.iter().all(|item| seen.insert(item.to_string()))
            }
            _ => true,
        }
    }
}

/// Writes the requirement after `must`, e.g. `have at least 1 character`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut count = |bound: &str, number: u64, one: &str, many: &str| {
            write!(f, "have at {bound} {number} {}", if number == 1 { one } else { many })
        };
        match *self {
            Limit::MinLength(least) => count("least", least, "character", "characters"),
            Limit::MaxLength(most) => count("most", most, "character", "characters"),
            Limit::MinItems(least) => count("least", least, "item", "items"),
            Limit::MaxItems(most) => count("most", most, "item", "items"),
            Limit::MinProperties(least) => count("least", least, "entry", "entries"),
            Limit::MaxProperties(most) => count("most", most, "entry", "entries"),
            Limit::Minimum(least) => write!(f, "be at least {least}"),
            Limit::Maximum(most) => write!(f, "be at most {most}"),
            Limit::ExclusiveMinimum(bound) => write!(f, "be greater than {bound}"),
            Limit::ExclusiveMaximum(bound) => write!(f, "be less than {bound}"),
            Limit::MultipleOf(step) => write!(f, "be a multiple of {step}"),
            Limit::UniqueItems => f.write_str("not have the same item twice"),
        }
    }
}

impl Number {
    /// Compares this limit with a number in a value. Two integers are compared exactly, all other numbers as
    /// floating-point numbers.
    fn compared_to(self, number: &serde_json::Number) -> Ordering {
        match (self, integer(number)) {
            (Number::Integer(own), Some(other)) => own.cmp(&other),
            _ => self.as_f64().total_cmp(&decimal(number)),
        }
    }

    /// Returns whether a number in a value is a multiple of this limit.
    fn divides(self, number: &serde_json::Number) -> bool {
        match (self, integer(number)) {
            (Number::Integer(step), Some(number)) => step == 0 || number % step == 0,
            _ => {
                // 0.3 is a multiple of 0.1, although their quotient isn't exactly 3.
                let quotient = decimal(number) / self.as_f64();
                !quotient.is_finite() || (quotient - quotient.round()).abs() < 1e-9
            }
        }
    }

    fn as_f64(self) -> f64 {
        match self {
            Number::Integer(number) => number as f64,
            Number::Decimal(number) => number,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(number) => number.fmt(f),
            Number::Decimal(number) => number.fmt(f),
        }
    }
}

fn integer(number: &serde_json::Number) -> Option<i128> {
    number.as_i128()
}

fn decimal(number: &serde_json::Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}

/// Returns the number of characters, which JSON Schema counts as Unicode code points.
fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

#[cfg(test)]
mod tests;

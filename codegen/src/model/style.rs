//! Defines how a parameter is written: its kind, and its `style` with that style's options.

use std::fmt;

/// The kind of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Single,
    List,
    Object,
    /// Any value, written as JSON.
    Json,
}

/// The values of `style` in OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleName {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

const NAMES: [(StyleName, &str); 7] = [
    (StyleName::Matrix, "matrix"),
    (StyleName::Label, "label"),
    (StyleName::Simple, "simple"),
    (StyleName::Form, "form"),
    (StyleName::SpaceDelimited, "spaceDelimited"),
    (StyleName::PipeDelimited, "pipeDelimited"),
    (StyleName::DeepObject, "deepObject"),
];

const FORMS: [(Form, &str); 4] = [
    (Form::Single, "single"),
    (Form::List, "list"),
    (Form::Object, "object"),
    (Form::Json, "json"),
];

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub form: Form,
    pub way: StyleName,
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
    /// `allowEmptyValue`.
    pub empty: bool,
}

impl StyleName {
    pub(crate) fn of(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(way, _)| *way)
    }

    /// Returns the default style for parameters in this place, or `None` if there can't be
    /// parameters in this place.
    pub(crate) fn usual(place: &str) -> Option<Self> {
        match place {
            "path" | "header" => Some(StyleName::Simple),
            "query" | "cookie" => Some(StyleName::Form),
            _ => None,
        }
    }

    /// Returns whether OpenAPI allows the style in this place.
    pub(crate) fn is_in(self, place: &str) -> bool {
        match self {
            StyleName::Matrix | StyleName::Label => place == "path",
            StyleName::Simple => matches!(place, "path" | "header"),
            StyleName::Form => matches!(place, "query" | "cookie"),
            StyleName::SpaceDelimited | StyleName::PipeDelimited | StyleName::DeepObject => {
                place == "query"
            }
        }
    }

    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(way, _)| *way == self).map_or("", |(_, name)| name)
    }
}

impl Style {
    /// Returns this style for a single value, with all options off.
    pub(crate) fn single(way: StyleName) -> Self {
        Style { form: Form::Single, way, explode: false, reserved: false, empty: false }
    }

    /// Returns whether this is a single value without special options. The request builder has a
    /// simpler step for such a value in any place except a cookie.
    pub(crate) fn is_plain(self) -> bool {
        self.form == Form::Single
            && matches!(self.way, StyleName::Simple | StyleName::Form)
            && !self.reserved
    }

    /// Reads the text that `Display` writes.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (form, way) = (words.next()?, StyleName::of(words.next()?)?);
        let (form, _) = FORMS.iter().find(|(_, name)| *name == form)?;
        let mut style = Style { form: *form, ..Style::single(way) };
        for word in words {
            match word {
                "explode" => style.explode = true,
                "reserved" => style.reserved = true,
                "empty" => style.empty = true,
                _ => return None,
            }
        }
        Some(style)
    }
}

/// Writes the text that is used in the normal form, e.g. `list form explode`.
impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = FORMS.iter().find(|(form, _)| *form == self.form).map_or("", |(_, name)| name);
        write!(f, "{form} {}", self.way.name())?;
        let flags = [(self.explode, "explode"), (self.reserved, "reserved"), (self.empty, "empty")];
        flags.iter().filter(|(is_set, _)| *is_set).try_for_each(|(_, name)| write!(f, " {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_read_as_it_is_written() {
        for text in [
            "single simple",
            "list form explode",
            "object deepObject explode reserved empty",
            "json form",
        ] {
            assert_eq!(Style::read(text).unwrap().to_string(), text);
        }
        for text in ["", "list", "form", "list tabs", "list form tabs"] {
            assert_eq!(Style::read(text), None, "{text}");
        }
    }
}

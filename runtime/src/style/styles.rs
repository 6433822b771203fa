//! Defines OpenAPI's parameter styles and the related settings.

/// How a parameter is written: `style`, `explode` and the related settings in an OpenAPI document.
///
/// ```
/// use openapi_keys_runtime::style::{Style, read};
///
/// let style = Style::FORM.explode();
/// let colors: Option<Vec<String>> = read::query("color", style, "color=blue&color=black")?;
/// assert_eq!(colors.unwrap(), ["blue", "black"]);
/// # Ok::<(), read::Unreadable>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(super) way: Way,
    pub(super) explode: bool,
    pub(super) reserved: bool,
    pub(super) empty: bool,
}

/// The values of `style`, plus JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Matrix,
    Label,
    Simple,
    Form,
    Space,
    Pipe,
    DeepObject,
    Json,
}

impl Style {
    /// `matrix`, for paths: `;color=blue`.
    pub const MATRIX: Style = Style::of(Way::Matrix);
    /// `label`, for paths: `.blue`. As in OpenAPI 3.0.4 and 3.1.1, commas separate the values of a list that isn't
    /// exploded. Earlier versions used dots.
    pub const LABEL: Style = Style::of(Way::Label);
    /// `simple`, for paths and headers: `blue,black`.
    pub const SIMPLE: Style = Style::of(Way::Simple);
    /// `form`, for queries and cookies: `color=blue,black`.
    pub const FORM: Style = Style::of(Way::Form);
    /// `spaceDelimited`, for queries: `color=blue%20black`.
    pub const SPACE_DELIMITED: Style = Style::of(Way::Space);
    /// `pipeDelimited`, for queries: `color=blue%7Cblack`.
    pub const PIPE_DELIMITED: Style = Style::of(Way::Pipe);
    /// `deepObject`, for queries: `color%5BR%5D=100`.
    pub const DEEP_OBJECT: Style = Style::of(Way::DeepObject);
    /// `content` with `application/json`: the value as JSON.
    pub const JSON: Style = Style::of(Way::Json);

    const fn of(way: Way) -> Self {
        Style { way, explode: false, reserved: false, empty: false }
    }

    /// Writes each value of a list and each property of an object separately (`explode: true`).
    #[must_use]
    pub const fn explode(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Leaves reserved characters in a query unescaped (`allowReserved: true`). `#`, `&`, `+`, `[`, `]` and `%` are
    /// always escaped, and so is a comma unless the parameter is exploded. Without these escapes, a server could read a
    /// different value or reject the URL.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Sends an empty list as `color=` (`allowEmptyValue: true`).
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Returns whether a list or object is written as a single string, with separators between its values.
    pub(super) fn is_joined(self) -> bool {
        !self.explode && self.way != Way::DeepObject
    }
}

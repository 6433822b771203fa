//! Adds parameters with a style: lists, objects, cookies, and single values in a style other than the default for their
//! place in the request. Except in the path, `None` adds nothing.

use http::header::{COOKIE, HeaderName, HeaderValue};
use serde::Serialize;

use super::RequestBuilder;
use crate::argument::invalid;
use crate::encode;
use crate::error::Error;
use crate::style::{Place, Style, write};

impl RequestBuilder {
    /// Adds a value to the path, written in the given style. A missing value, or a value that is written as an empty
    /// string, `.` or `..`, is an error, because the request would call a different operation.
    #[must_use]
    pub fn segment_as<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        self.adding(|builder| {
            let text = written(Place::Path, name, style, value)?.unwrap_or_default();
            encode::check_segment(name, &text)?;
            builder.request.url.push_str(&text);
            Ok(())
        })
    }

    /// Adds a value to the query as zero or more pairs, written in the given style.
    #[must_use]
    pub fn query_as<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        self.adding(|builder| {
            if let Some(pairs) = written(Place::Query, name, style, value)? {
                builder.push_pair(&pairs);
            }
            Ok(())
        })
    }

    /// Adds a header, written in the given style.
    #[must_use]
    pub fn header_as<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        match written(Place::Header, name, style, value) {
            Ok(text) => self.optional_header(name, text),
            Err(problem) => self.adding(|_| Err(problem)),
        }
    }

    /// Adds cookies, written in the given style, to the request's single `Cookie` header. A cookie that is a credential
    /// is added to the same header when the request is sent.
    #[must_use]
    pub fn cookie_as<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        self.adding(|builder| match written(Place::Cookie, name, style, value)? {
            Some(cookies) => push_cookies(&mut builder.request.headers, name, &cookies),
            None => Ok(()),
        })
    }

    /// Runs a step. If the step fails, keeps the error.
    fn adding(mut self, add: impl FnOnce(&mut Self) -> Result<(), Error>) -> Self {
        let result = add(&mut self);
        self.checked(result);
        self
    }
}

fn written<T: Serialize + ?Sized>(
    place: Place,
    name: &'static str,
    style: Style,
    value: Option<&T>,
) -> Result<Option<String>, Error> {
    let text = value.map(|value| write(place, name, style, value)).transpose();
    text.map(Option::flatten).map_err(|problem| invalid(name, &problem.to_string()))
}

fn push_cookies(
    headers: &mut Vec<(HeaderName, HeaderValue)>,
    name: &'static str,
    cookies: &str,
) -> Result<(), Error> {
    let header = |text: &str| {
        let value = encode::header_text(text);
        value.ok_or_else(|| invalid(name, "can't be part of a cookie"))
    };
    match headers.iter_mut().find(|(known, _)| *known == COOKIE) {
        Some((_, value)) => {
            let before = value.to_str().unwrap_or_default();
            *value = header(&format!("{before}; {cookies}"))?;
        }
        None => headers.push((COOKIE, header(cookies)?)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::error::ErrorKind;

    fn get() -> RequestBuilder {
        RequestBuilder::new(Method::GET, "https://host").path("/a/")
    }

    #[track_caller]
    fn refused(builder: RequestBuilder, expected: &str) {
        let error = builder.finish().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn parameters_with_and_without_a_style_can_be_mixed() {
        let request = get()
            .segment_as("a", Style::MATRIX, Some(&["b", "c"]))
            .path("/d")
            .query("e", &1)
            .query_as("f", Style::FORM.explode(), Some(&[2, 3]))
            .query_as("g", Style::FORM, None::<&u8>)
            .query("h", &4)
            .header_as("i", Style::SIMPLE, Some(&["j", "k"]))
            .header_as("l", Style::SIMPLE, None::<&u8>)
            .cookie_as("m", Style::FORM, Some("n"))
            .cookie_as("o", Style::FORM, None::<&u8>)
            .cookie_as("p", Style::FORM, Some(&[5, 6]))
            .finish()
            .unwrap();
        assert_eq!(request.url, "https://host/a/;a=b,c/d?e=1&f=2&f=3&h=4");
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        assert_eq!(headers, [("i", "j,k"), ("cookie", "m=n; p=5,6")]);
    }

    #[test]
    fn a_segment_that_would_call_a_different_operation_is_rejected() {
        let nothing: &[u8] = &[];
        let empty = "the argument `a` is empty, so the request would call a different operation";
        refused(get().segment_as("a", Style::SIMPLE, Some("")), empty);
        refused(get().segment_as("a", Style::LABEL, Some(nothing)), empty);
        refused(get().segment_as("a", Style::MATRIX, None::<&u8>), empty);
        let dots = "the argument `a` is `.` or `..`, which URL parsers resolve, so the request would \
        call a different operation";
        refused(get().segment_as("a", Style::LABEL, Some("")), dots);
        refused(get().segment_as("a", Style::LABEL, Some(".")), dots);
        refused(get().segment_as("a", Style::SIMPLE, Some(&[".."])), dots);
        let url = get().segment_as("a", Style::LABEL, Some("..")).finish().unwrap().url;
        assert_eq!(url, "https://host/a/...");
    }

    #[test]
    fn problems_name_the_argument_and_not_its_value() {
        refused(
            get().query_as("a", Style::PIPE_DELIMITED, Some(&["hunter|2"])),
            "the argument `a` contains `|`, which separates values and can't be escaped in the parameter's `style`",
        );
        refused(
            get().cookie_as("a", Style::FORM, Some("hunter 2")),
            "the argument `a` contains a character that isn't allowed in a cookie; use visible ASCII except `\"`, \
             `,`, `;` and `\\`",
        );
        refused(
            get().header_as("a", Style::SIMPLE, Some(&["hunter\n2"])),
            "the argument `a` contains a character that isn't allowed in a header; use visible ASCII, spaces and tabs",
        );
        refused(
            get().query_as("a", Style::FORM, Some(&[["hunter2"]])),
            "the argument `a` contains a nested list or object, which the parameter's `style` can't represent",
        );
    }
}

//! Parameters that are read with a [`Style`]: lists, objects, JSON, and all cookies.

use axum::http::header::COOKIE;
use mileston_api::runtime::style::{Style, read};
use serde::de::DeserializeOwned;

use super::Incoming;
use crate::runtime::Refusal;
use crate::runtime::parameters::{self, Place, readable};

impl Incoming {
    /// Returns a path parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is missing, or if its text isn't a valid value in this style.
    pub fn path_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let text = read::part_of_path(&self.template, &self.raw_path, name);
        let text = text.ok_or_else(|| parameters::missing(Place::Path, name))?;
        readable(Place::Path, name, read::path(name, style, text))
    }

    /// Returns a required query parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is missing or encoded incorrectly, or if its text isn't a
    /// valid value in this style.
    pub fn query_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_query_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Query, name))
    }

    /// Returns an optional query parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is encoded incorrectly, or if its text isn't a valid value in
    /// this style.
    pub fn optional_query_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        readable(Place::Query, name, read::query(name, style, &self.query))
    }

    /// Returns a required header.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the header is missing or given twice, or if its text isn't a valid value in
    /// this style.
    pub fn header_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_header_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Header, name))
    }

    /// Returns an optional header.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the header is given twice, or if its text isn't a valid value in this style.
    pub fn optional_header_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        let text = self.header_text(name)?;
        let value = text.map(|text| read::header(style, text)).transpose();
        readable(Place::Header, name, value)
    }

    /// Returns a required cookie.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the cookie is missing or given twice, or if its text isn't a valid value in
    /// this style.
    pub fn cookie_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_cookie_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Cookie, name))
    }

    /// Returns an optional cookie.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the cookie is given twice, or if its text isn't a valid value in this style.
    pub fn optional_cookie_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        let cookies = self.headers.get_all(COOKIE).iter();
        let cookies: Vec<&str> = cookies.filter_map(|value| value.to_str().ok()).collect();
        readable(Place::Cookie, name, read::cookie(name, style, &cookies.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(target: &str, headers: &[(&str, &str)]) -> Incoming {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Incoming {
            query: query.to_owned(),
            raw_path: path.to_owned(),
            template: "/payments/{id}/views".to_owned(),
            ..Incoming::of(headers, b"")
        }
    }

    #[test]
    fn lists_are_split_before_they_are_decoded() {
        let request =
            incoming("/payments/a%2Cb,c/views?id=d%2Ce,f", &[("id", "g,h"), ("cookie", "id=i,j")]);
        let list = |values: [&str; 2]| values.map(str::to_owned).to_vec();
        assert_eq!(
            request.path_as::<Vec<String>>("id", Style::SIMPLE).unwrap(),
            list(["a,b", "c"])
        );
        assert_eq!(request.query_as::<Vec<String>>("id", Style::FORM).unwrap(), list(["d,e", "f"]));
        assert_eq!(
            request.header_as::<Vec<String>>("id", Style::SIMPLE).unwrap(),
            list(["g", "h"])
        );
        assert_eq!(request.cookie_as::<Vec<String>>("id", Style::FORM).unwrap(), list(["i", "j"]));
    }

    #[test]
    fn errors_name_missing_and_invalid_parameters() {
        let request = incoming("/payments/1/views?id=x", &[]);
        let refused = |refusal: Refusal, expected: &str| {
            let text = serde_json::to_string(&refusal).unwrap();
            assert!(text.contains(expected), "{text}");
        };
        let form = Style::FORM.explode();
        refused(
            request.path_as::<u8>("other", Style::SIMPLE).unwrap_err(),
            "path parameter other is missing",
        );
        refused(
            request.query_as::<Vec<u8>>("ids", form).unwrap_err(),
            "query parameter ids is missing",
        );
        refused(
            request.query_as::<Vec<u8>>("id", form).unwrap_err(),
            "query parameter id isn't valid",
        );
        refused(request.header_as::<u8>("id", Style::SIMPLE).unwrap_err(), "header id is missing");
        refused(request.cookie_as::<u8>("id", Style::FORM).unwrap_err(), "cookie id is missing");
        assert!(request.optional_cookie_as::<u8>("id", Style::FORM).unwrap().is_none());
    }
}

//! Parameters that have a style: lists, objects, cookies and JSON.

use axum::http::header::COOKIE;
use mileston_api::runtime::style::{Style, read};
use serde::de::DeserializeOwned;

use super::Incoming;
use crate::runtime::Refusal;
use crate::runtime::parameters::{self, Place, readable};

impl Incoming {
    /// A parameter of the path.
    ///
    /// # Errors
    ///
    /// It is not there, or its text is no such value in this style: 400.
    pub fn path_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let text = read::part_of_path(&self.template, &self.raw_path, name);
        let text = text.ok_or_else(|| parameters::missing(Place::Path, name))?;
        readable(Place::Path, name, read::path(name, style, text))
    }

    /// A required parameter of the query string.
    ///
    /// # Errors
    ///
    /// It is missing, badly encoded, or its text is no such value in this style: 400.
    pub fn query_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_query_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Query, name))
    }

    /// A parameter of the query string that may be missing.
    ///
    /// # Errors
    ///
    /// It is badly encoded, or its text is no such value in this style: 400.
    pub fn optional_query_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        readable(Place::Query, name, read::query(name, style, &self.query))
    }

    /// A required header.
    ///
    /// # Errors
    ///
    /// It is missing, given twice, or its text is no such value in this style: 400.
    pub fn header_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_header_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Header, name))
    }

    /// A header that may be missing.
    ///
    /// # Errors
    ///
    /// It is given twice, or its text is no such value in this style: 400.
    pub fn optional_header_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        let text = self.header_text(name)?;
        let value = text.map(|text| read::header(style, text)).transpose();
        readable(Place::Header, name, value)
    }

    /// A required cookie.
    ///
    /// # Errors
    ///
    /// It is missing, given twice, or its text is no such value in this style: 400.
    pub fn cookie_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let value = self.optional_cookie_as(name, style)?;
        value.ok_or_else(|| parameters::missing(Place::Cookie, name))
    }

    /// A cookie that may be missing.
    ///
    /// # Errors
    ///
    /// It is given twice, or its text is no such value in this style: 400.
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

//! Reads an origin from an environment variable. Errors name the variable and never quote its value.

use std::env::VarError;

use openapi_keys_runtime::{Error, ErrorKind};

/// The maximum length of a variable name. A longer name is rejected, and the error doesn't include it.
const LONGEST_NAME: usize = 128;

/// Returns the value of the variable.
pub(crate) fn read(variable: &str) -> Result<String, Error> {
    if !is_name(variable) {
        return Err(invalid(
            "expected the name of an environment variable, such as `MILESTON_URL`; if you have the origin as text, use \
             `with_origin`"
                .to_owned(),
        ));
    }
    #[allow(clippy::disallowed_methods, reason = "an origin isn't secret")]
    let content = std::env::var(variable);
    interpret(variable, content)
}

fn interpret(variable: &str, content: Result<String, VarError>) -> Result<String, Error> {
    let problem = match content {
        Ok(text) if text.is_empty() => "is empty",
        Ok(text) => return Ok(text),
        Err(VarError::NotPresent) => "isn't set",
        Err(VarError::NotUnicode(_)) => "isn't valid Unicode",
    };
    Err(invalid(format!(
        "environment variable `{variable}` {problem}: set it to an origin, `http(s)://host[:port]`; for the sandbox, \
         paste the `export` lines that `mileston-sandbox serve` prints"
    )))
}

/// Adds the name of the variable to the error about its value.
pub(crate) fn in_variable(variable: &str, error: &Error) -> Error {
    invalid(format!("environment variable `{variable}`: {error}"))
}

/// Returns whether the text looks like a variable name. If it doesn't, no error may contain it, because a caller may
/// have passed a value, perhaps even a key, instead of the name.
fn is_name(variable: &str) -> bool {
    let plain = variable.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain && (1..=LONGEST_NAME).contains(&variable.len()) && !variable.contains("Mileston_")
}

fn invalid(detail: String) -> Error {
    Error::new(ErrorKind::InvalidOrigin).with_detail(detail)
}

#[cfg(test)]
mod tests {
    //! Setting a variable is unsafe in this edition, so these tests pass the value of the variable as an argument.

    use super::*;

    #[test]
    fn an_error_names_the_variable_and_points_at_the_sandbox() {
        for (content, problem) in [
            (Err(VarError::NotPresent), "isn't set"),
            (Ok(String::new()), "is empty"),
            (Err(VarError::NotUnicode("hunter2".into())), "isn't valid Unicode"),
        ] {
            let error = interpret("MILESTON_URL", content).unwrap_err();
            let text = error.to_string();
            assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
            assert!(text.starts_with(&format!("environment variable `MILESTON_URL` {problem}: ")));
            assert!(text.contains("`export` lines") && !text.contains("hunter2"), "{text}");
        }
        assert_eq!(interpret("A", Ok("http://a".to_owned())).unwrap(), "http://a");
    }

    #[test]
    fn a_value_in_place_of_the_name_is_not_repeated() {
        for text in ["http://user:hunter2@sandbox", "Mileston_TEST_hunter2", "", "hunter2 "] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains("the name of an environment variable"), "{said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
}

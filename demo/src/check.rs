//! Functions that check responses. A step fails if a response isn't as expected.

use std::error::Error;
use std::fmt::Debug;

use mileston_api::types::Acknowledgement;

/// The reason why the demo stops early, as a sentence.
pub(crate) type Failure = Box<dyn Error>;

/// Returns an error that shows both values if they differ.
pub(crate) fn same<T: Debug + PartialEq>(name: &str, found: T, wanted: T) -> Result<(), Failure> {
    if found == wanted {
        return Ok(());
    }
    Err(format!("{name} is {found:?}, but should be {wanted:?}").into())
}

/// Returns the value of the field, or an error if the response lacks it.
pub(crate) fn given<'a, T>(name: &str, field: &'a Option<T>) -> Result<&'a T, Failure> {
    field.as_ref().ok_or_else(|| format!("the response lacks {name}").into())
}

/// Checks the status code and the message, and returns both, e.g. `201 Payment link created`.
pub(crate) fn head(
    code: Option<u16>,
    message: &Option<String>,
    wanted: u16,
) -> Result<String, Failure> {
    same("statusCode", code, Some(wanted))?;
    Ok(format!("{wanted} {}", given("message", message)?))
}

/// Uses [`head`] to check a response that has only a status code and a message.
pub(crate) fn acknowledged(answer: &Acknowledgement) -> Result<String, Failure> {
    head(answer.status_code, &answer.message, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Result<String, Failure>, expected: Result<&str, &str>) {
        let found = found.map_err(|failure| failure.to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn a_response_with_a_wrong_or_missing_status_is_reported() {
        let message = Some("Created".to_owned());
        check(head(Some(201), &message, 201), Ok("201 Created"));
        check(
            head(Some(200), &message, 201),
            Err("statusCode is Some(200), but should be Some(201)"),
        );
        check(head(None, &message, 201), Err("statusCode is None, but should be Some(201)"));
        check(head(Some(201), &None, 201), Err("the response lacks message"));
        check(
            acknowledged(&Acknowledgement::new()),
            Err("statusCode is None, but should be Some(200)"),
        );
    }
}

//! Determines how far a failed request got, from its error and its method. Pure.

use http::StatusCode;

use super::kind::ErrorKind;
use crate::outcome::Outcome;

/// Classifies a failure. `write` is `false` for methods that only read (GET, HEAD, OPTIONS and TRACE).
///
/// * A 4xx means that the request was rejected: the server says that the request is wrong.
/// * A 5xx means that a read was rejected. For a write, it is inconclusive: a proxy sends 502 or 504 for a service that
///   may have finished, and a handler that fails halfway has already done some of its work.
/// * A 307 or 308 directs the same request to a different place, so the request was not executed. Servers also send
///   301, 302 and 303 after they have executed a write, so these statuses are inconclusive for a write.
/// * An error in the body of a 2xx, in the API's own format, is classified by the status in the body. If the format has
///   a success flag instead of a status, the request was rejected. An error in any other format is inconclusive for a
///   write.
/// * A 2xx with a body that can't be read means that the request was very likely executed, but its result is lost.
/// * A 2xx whose record lacks a field, or whose header doesn't have the documented form, means that the request was
///   executed.
/// * After a timeout or a broken connection before the response, the request may or may not have been executed.
pub(crate) fn classify(kind: ErrorKind, write: bool) -> Outcome {
    match kind {
        ErrorKind::InvalidArgument
        | ErrorKind::InvalidOrigin
        | ErrorKind::Setup
        | ErrorKind::MissingCredential
        | ErrorKind::Authentication
        | ErrorKind::RateLimited
        | ErrorKind::Connect => Outcome::NotSent,
        ErrorKind::Refused(_) | ErrorKind::RefusedInBody => Outcome::Refused,
        ErrorKind::Redirected(Some(
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT,
        )) => Outcome::Refused,
        ErrorKind::Failed(_) | ErrorKind::Redirected(_) | ErrorKind::ErrorInBody if !write => {
            Outcome::Refused
        }
        ErrorKind::MissingField | ErrorKind::InvalidHeader => Outcome::Executed,
        ErrorKind::Failed(_)
        | ErrorKind::Redirected(_)
        | ErrorKind::UnexpectedStatus(_)
        | ErrorKind::ErrorInBody
        | ErrorKind::NoRecord
        | ErrorKind::Timeout
        | ErrorKind::Interrupted
        | ErrorKind::NoResponse
        | ErrorKind::RequestBody
        | ErrorKind::BodyCut
        | ErrorKind::BodyTooLarge
        | ErrorKind::EmptyBody
        | ErrorKind::NotUtf8
        | ErrorKind::WrongMediaType
        | ErrorKind::NotJson
        | ErrorKind::JsonCut
        | ErrorKind::JsonTooDeep
        | ErrorKind::Decode => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ErrorKind, read: Outcome, write: Outcome) {
        assert_eq!(classify(kind, false), read, "{kind:?} of a read");
        assert_eq!(classify(kind, true), write, "{kind:?} of a write");
    }

    #[track_caller]
    fn check_status(status: u16, read: Outcome, write: Outcome) {
        let status = StatusCode::from_u16(status).unwrap();
        check(ErrorKind::of_status(status).unwrap(), read, write);
    }

    #[test]
    fn a_failure_before_sending_means_not_sent() {
        for kind in [
            ErrorKind::InvalidArgument,
            ErrorKind::InvalidOrigin,
            ErrorKind::Setup,
            ErrorKind::MissingCredential,
            ErrorKind::Authentication,
            ErrorKind::RateLimited,
            ErrorKind::Connect,
        ] {
            check(kind, Outcome::NotSent, Outcome::NotSent);
        }
    }

    #[test]
    fn statuses_are_classified_by_class_and_method() {
        for status in [400, 401, 403, 404, 408, 409, 422, 429, 499] {
            check_status(status, Outcome::Refused, Outcome::Refused);
        }
        for status in [500, 501, 502, 503, 504, 599] {
            check_status(status, Outcome::Refused, Outcome::Unknown);
        }
        for status in [300, 301, 302, 303, 305] {
            check_status(status, Outcome::Refused, Outcome::Unknown);
        }
        check(ErrorKind::Redirected(None), Outcome::Refused, Outcome::Unknown);
        for status in [307, 308] {
            check_status(status, Outcome::Refused, Outcome::Refused);
        }
        for status in [101, 304, 306, 309, 399, 600, 999] {
            check_status(status, Outcome::Unknown, Outcome::Unknown);
        }
    }

    #[test]
    fn the_outcome_of_a_lost_response_is_unknown() {
        for kind in [
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::NoResponse,
            ErrorKind::RequestBody,
            ErrorKind::WrongMediaType,
            ErrorKind::BodyCut,
            ErrorKind::BodyTooLarge,
            ErrorKind::EmptyBody,
            ErrorKind::NotUtf8,
            ErrorKind::NotJson,
            ErrorKind::JsonCut,
            ErrorKind::JsonTooDeep,
            ErrorKind::Decode,
            ErrorKind::NoRecord,
        ] {
            check(kind, Outcome::Unknown, Outcome::Unknown);
        }
        check(ErrorKind::ErrorInBody, Outcome::Refused, Outcome::Unknown);
        check(ErrorKind::RefusedInBody, Outcome::Refused, Outcome::Refused);
        for kind in [ErrorKind::MissingField, ErrorKind::InvalidHeader] {
            check(kind, Outcome::Executed, Outcome::Executed);
        }
    }
}

//! The kinds of faults, and their text form.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::StatusCode;

use super::error::FaultError;
use super::limits::LONGEST;

/// The default value of `Retry-After`.
const RETRY_AFTER: u32 = 1;

/// A fault to inject into a request.
///
/// Its text form, for example `latency=250`, is the value of `x-sandbox-fault`. The text can be parsed back:
///
/// ```
/// use mileston_sandbox::Fault;
///
/// for text in ["latency=250", "429=30", "503", "reset", "answer-lost", "body-cut", "body-stall", "broken-json"] {
///     assert_eq!(text.parse::<Fault>()?.to_string(), text);
/// }
/// # Ok::<(), mileston_sandbox::FaultError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// `latency=MILLISECONDS`: the operation is executed after this delay, which is at most 10 minutes.
    Latency(Duration),
    /// `429` or `429=SECONDS`: the operation isn't executed. `SECONDS` is the value of `Retry-After`; the
    /// default is 1.
    TooManyRequests {
        /// The value of `Retry-After`, in seconds.
        retry_after: u32,
    },
    /// `500`: the operation isn't executed, and the response is an error in the platform's format.
    InternalServerError,
    /// `502`: the operation isn't executed, and the response is an HTML page, like the error page of a proxy.
    BadGateway,
    /// `503`: the operation isn't executed, and the response is an error in the platform's format.
    ServiceUnavailable,
    /// `504`: the operation isn't executed, and the response is an error in the platform's format.
    GatewayTimeout,
    /// `reset`: the request is read but not executed, and the connection is reset.
    Reset,
    /// `answer-lost`: the operation is executed, and the connection is reset before the first byte of the response.
    AnswerLost,
    /// `body-cut`: the operation is executed, and the connection is closed in the middle of the response's body.
    BodyCut,
    /// `body-stall`: the operation is executed, and the second half of the response's body is never sent.
    BodyStall,
    /// `broken-json`: the operation is executed, and the response's body isn't valid JSON.
    BrokenJson,
}

impl Fault {
    /// Checks the latency.
    pub(super) fn check(self) -> Result<Self, FaultError> {
        match self {
            Fault::Latency(latency) if latency > LONGEST => Err(FaultError::Latency),
            fault => Ok(fault),
        }
    }

    /// Returns the status of the response that replaces the operation's response, if there is one.
    pub(super) fn status(self) -> Option<StatusCode> {
        match self {
            Fault::TooManyRequests { .. } => Some(StatusCode::TOO_MANY_REQUESTS),
            Fault::InternalServerError => Some(StatusCode::INTERNAL_SERVER_ERROR),
            Fault::BadGateway => Some(StatusCode::BAD_GATEWAY),
            Fault::ServiceUnavailable => Some(StatusCode::SERVICE_UNAVAILABLE),
            Fault::GatewayTimeout => Some(StatusCode::GATEWAY_TIMEOUT),
            _ => None,
        }
    }

    /// Returns a human-readable description.
    pub(super) fn words(self) -> String {
        match self {
            Fault::Latency(latency) => format!("{} ms late", latency.as_millis()),
            Fault::Reset => "reset, not executed".to_owned(),
            Fault::AnswerLost => "response lost".to_owned(),
            Fault::BodyCut => "body cut".to_owned(),
            Fault::BodyStall => "body stalled".to_owned(),
            Fault::BrokenJson => "broken JSON".to_owned(),
            fault => match fault.status() {
                Some(status) => format!("{}, not executed", status.as_u16()),
                None => fault.to_string(),
            },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Latency(latency) => write!(f, "latency={}", latency.as_millis()),
            Fault::TooManyRequests { retry_after: RETRY_AFTER } => f.write_str("429"),
            Fault::TooManyRequests { retry_after } => write!(f, "429={retry_after}"),
            Fault::InternalServerError => f.write_str("500"),
            Fault::BadGateway => f.write_str("502"),
            Fault::ServiceUnavailable => f.write_str("503"),
            Fault::GatewayTimeout => f.write_str("504"),
            Fault::Reset => f.write_str("reset"),
            Fault::AnswerLost => f.write_str("answer-lost"),
            Fault::BodyCut => f.write_str("body-cut"),
            Fault::BodyStall => f.write_str("body-stall"),
            Fault::BrokenJson => f.write_str("broken-json"),
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let fault = match text.split_once('=') {
            Some(("latency", number)) => Fault::Latency(Duration::from_millis(read(number)?)),
            Some(("429", number)) => Fault::TooManyRequests { retry_after: read(number)? },
            Some(_) => return Err(FaultError::Unknown),
            None => match text {
                "429" => Fault::TooManyRequests { retry_after: RETRY_AFTER },
                "500" => Fault::InternalServerError,
                "502" => Fault::BadGateway,
                "503" => Fault::ServiceUnavailable,
                "504" => Fault::GatewayTimeout,
                "reset" => Fault::Reset,
                "answer-lost" => Fault::AnswerLost,
                "body-cut" => Fault::BodyCut,
                "body-stall" => Fault::BodyStall,
                "broken-json" => Fault::BrokenJson,
                _ => return Err(FaultError::Unknown),
            },
        };
        fault.check()
    }
}

/// Parses digits only: `+5` isn't accepted.
fn read<N: FromStr>(text: &str) -> Result<N, FaultError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(FaultError::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::limits::FORMS;

    #[test]
    fn every_documented_form_is_parsed() {
        for form in FORMS.split(", ").map(str::trim) {
            let text = form.replace("MILLISECONDS", "250").replace("SECONDS", "30");
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "latency",
            "latency=",
            "latency=-1",
            "latency=+1",
            "429=x",
            "501",
            "RESET",
            "reset=1",
            "503=1",
        ] {
            assert_eq!(text.parse::<Fault>(), Err(FaultError::Unknown), "{text}");
        }
        assert_eq!("latency=600001".parse::<Fault>(), Err(FaultError::Latency));
        assert!("latency=600000".parse::<Fault>().is_ok());
    }
}

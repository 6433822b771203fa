//! The kinds of faults, and how they are written.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::StatusCode;

use super::FaultError;

/// The longest latency: nobody waits longer on purpose.
const LONGEST: Duration = Duration::from_secs(600);
/// What `Retry-After` says unless another number is given.
const RETRY_AFTER: u32 = 1;

/// What goes wrong with a call.
///
/// It is written as in `x-sandbox-fault: latency=250`, and reads back the same:
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
    /// `latency=MILLISECONDS`: the operation is done, so much later. 10 minutes at most.
    Latency(Duration),
    /// `429` or `429=SECONDS`: not done, with this in `Retry-After`.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// `500`: not done, in the words of the platform.
    InternalServerError,
    /// `502`: not done, with a page of HTML, as a proxy would say it.
    BadGateway,
    /// `503`: not done, in the words of the platform.
    ServiceUnavailable,
    /// `504`: not done, in the words of the platform.
    GatewayTimeout,
    /// `reset`: the request is read, nothing is done, and the connection is reset.
    Reset,
    /// `answer-lost`: the operation is done, and the connection is reset before a byte of the answer.
    AnswerLost,
    /// `body-cut`: the operation is done, and the connection closed in the middle of the answer's body.
    BodyCut,
    /// `body-stall`: the operation is done, and the second half of the answer's body never comes.
    BodyStall,
    /// `broken-json`: the operation is done, and the answer's body is no JSON.
    BrokenJson,
}

impl Fault {
    /// All forms, for messages.
    pub(crate) const FORMS: &str = "latency=MILLISECONDS, 429, 429=SECONDS, 500, 502, 503, 504, reset, answer-lost, \
        body-cut, body-stall, broken-json";

    /// Whether it can be done.
    pub(super) fn check(self) -> Result<Self, FaultError> {
        match self {
            Fault::Latency(latency) if latency > LONGEST => Err(FaultError::Latency),
            fault => Ok(fault),
        }
    }

    /// The status that is answered instead of doing the operation.
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

    /// For people who read what happened.
    pub(super) fn words(self) -> String {
        match self {
            Fault::Latency(latency) => format!("{} ms late", latency.as_millis()),
            Fault::Reset => "reset, and nothing was done".to_owned(),
            Fault::AnswerLost => "answer lost".to_owned(),
            Fault::BodyCut => "body cut".to_owned(),
            Fault::BodyStall => "body without end".to_owned(),
            Fault::BrokenJson => "broken JSON".to_owned(),
            fault => match fault.status() {
                Some(status) => format!("{}, and nothing was done", status.as_u16()),
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

/// Digits only: `+5` is no number here.
fn read<N: FromStr>(text: &str) -> Result<N, FaultError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(FaultError::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_is_told_is_understood() {
        for form in Fault::FORMS.split(", ").map(str::trim) {
            let text = form.replace("MILLISECONDS", "250").replace("SECONDS", "30");
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn others_are_not() {
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

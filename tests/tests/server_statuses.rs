//! Tests that the implementation of a generated server doesn't compile if it returns a status that the document
//! doesn't declare.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::compile::Package;

/// A server with one mistake in each method. [`EXPECTED`] lists the lines with mistakes.
const CODE: &str = r#"
use other_api::small::statuses::types::Job;
use other_server::runtime::{Identity, Refusal};
use other_server::small::bodies::server::answers::{Created, NoContent};
use other_server::small::statuses::server::answers::*;
use other_server::small::statuses::server::identities::KeyOrTokenOrAnonymous;
use other_server::small::statuses::server::services::Jobs;
pub struct Queue;
impl Jobs for Queue {
    async fn add_job(&self) -> Result<Answer<Job>, Refusal> {
        Ok(Created(Job::new("a")))
    }
    async fn get_job(&self, _: Option<&Identity>, _: String) -> Result<GetJobAnswer, Refusal> {
        Ok(NoContent)
    }
    async fn put_job(&self, _: &Identity, _: String) -> Result<PutJobAnswer, Refusal> {
        Ok(PutJobAnswer::Accepted(Job::new("a")))
    }
    async fn delete_job(&self, _: &KeyOrTokenOrAnonymous, _: String) -> Result<WithStatus<204, ()>, Refusal> {
        Ok(WithStatus(()))
    }
}
"#;

/// A part of the compiler's message for each line with a mistake.
const EXPECTED: &[(usize, &str)] = &[
    (11, "mismatched types"),
    (14, "mismatched types"),
    (17, "no variant or associated item named `Accepted`"),
    (19, "to be a future that resolves to"),
];

#[test]
fn a_status_that_the_document_does_not_declare_does_not_compile() {
    let package = Package::of_other_server("server-statuses").unwrap();
    let said = package.check(CODE).unwrap();
    let lines: Vec<usize> = said.keys().copied().collect();
    assert_eq!(lines, EXPECTED.iter().map(|(line, _)| *line).collect::<Vec<_>>(), "{said:?}");
    for (line, expected) in EXPECTED {
        assert!(said[line].iter().any(|text| text.contains(expected)), "{line}: {said:?}");
    }
    let right = CODE
        .replace("Ok(Created(Job::new(\"a\")))", "Ok(Answer::created(Job::new(\"a\")))")
        .replace("Ok(NoContent)", "Ok(GetJobAnswer::NotModified)")
        .replace("PutJobAnswer::Accepted", "PutJobAnswer::Created")
        .replace("WithStatus<204, ()>", "WithStatus<205, ()>")
        .replace("use other_server::small::bodies::server::answers::{Created, NoContent};", "");
    assert!(package.check(&right).unwrap().is_empty());
}

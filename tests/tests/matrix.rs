//! Every operation × every kind of credential compiles, or fails with our message. Two compilations, one cell a line.

use mileston_tests::compile::{Package, workspace};
use mileston_tests::matrix::{self, CREDENTIALS, allowed, expected_scope};
use mileston_tests::tools;

#[test]
fn every_operation_takes_the_key_of_the_sdk_that_makes_the_call() {
    for row in matrix::rows() {
        let found = row.scope.as_deref().unwrap_or("anyone");
        let expected = expected_scope(&row.id);
        assert_eq!(
            Some(found),
            expected,
            "{}: add it to the list of its key in `expected_scope` of tests/src/matrix.rs, by which SDK makes the call",
            row.id
        );
    }
}

#[test]
fn every_function_that_takes_the_values_of_a_body_has_its_arguments_here() {
    for operation in mileston_api::catalogue::OPERATIONS {
        assert_eq!(
            operation.from_function.is_some(),
            matrix::values(operation.id).is_some(),
            "{}: add the arguments of `{}` to `values` of tests/src/matrix.rs",
            operation.id,
            operation.function
        );
    }
}

#[test]
fn every_cell_compiles_or_fails_with_our_message() {
    let rows = matrix::rows();
    let package = Package::new("matrix", &workspace()).expect("the target folder can be written");

    let (code, good) =
        matrix::code(&rows, |row, credential| allowed(row.scope.as_deref(), credential));
    let said = package.check(&code).expect("cargo runs");
    assert!(said.is_empty(), "these must compile: {said:#?}");

    let (code, bad) =
        matrix::code(&rows, |row, credential| !allowed(row.scope.as_deref(), credential));
    let said = package.check(&code).expect("cargo runs");
    let mut wrong = Vec::new();
    for cell in &bad {
        let (id, ty) = (&cell.row.id, cell.credential.ty);
        let message = matrix::message(cell.row.scope.as_deref(), cell.credential);
        match said.get(&cell.line).map(Vec::as_slice) {
            None | Some([]) => wrong.push(format!("{id} × {ty}: compiles, but must not")),
            Some(texts) if texts.len() == cell.row.calls.len() && are(texts, &message) => {}
            Some(texts) => wrong
                .push(format!("{id} × {ty}: not our message {message:?}:\n{}", texts.join("\n"))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(good.len() + bad.len(), rows.len() * CREDENTIALS.len());
    tools::say(&format!(
        "matrix: {} operations × {} credentials = {} cells checked: {} compile, {} fail with our message",
        rows.len(),
        CREDENTIALS.len(),
        good.len() + bad.len(),
        good.len(),
        bad.len()
    ));
}

/// Each call of the cell fails with the message, and says where to find a key.
fn are(texts: &[String], message: &str) -> bool {
    texts.iter().all(|text| plain(text).contains(message) && text.contains(matrix::WHERE))
}

/// The compiler names our types by their full paths.
fn plain(text: &str) -> String {
    text.replace("mileston_api::", "")
}

//! Tests that the server for `tests/other-api/archive.yaml` rejects exactly the calls that don't
//! compile with the client. This test and `archive_matrix.rs` use the same table.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::archive::holders::HOLDERS;
use mileston_tests::archive::server::{Running, allowed};
use mileston_tests::matrix::archive::ROWS;
use mileston_tests::tools;
use other_api::archive::catalogue::OPERATIONS;

#[tokio::test]
async fn the_server_rejects_what_the_compiler_rejects() {
    let server = Running::start().await.unwrap();
    let (mut wrong, mut accepted) = (Vec::new(), 0);
    for operation in OPERATIONS {
        let row = ROWS.iter().find(|row| row.id == operation.id).unwrap();
        for holder in HOLDERS {
            let compiles = (row.allowed)(holder.held);
            let found = allowed(&server.origin(), operation, holder.held).await.unwrap();
            accepted += usize::from(found);
            if found != compiles {
                wrong.push(format!(
                    "{} × {}: accepted {found}, compiles {compiles}",
                    row.id, holder.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tools::say(&format!(
        "archive enforcement: {} operations × {} holders = {} cells agree: {accepted} are accepted",
        OPERATIONS.len(),
        HOLDERS.len(),
        OPERATIONS.len() * HOLDERS.len(),
    ));
}

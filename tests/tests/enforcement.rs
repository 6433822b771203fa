//! Tests that the sandbox rejects exactly the calls that don't compile with the client. This test
//! and `matrix.rs` use the same table.

use mileston_sandbox::Sandbox;
use mileston_tests::matrix::mileston::{self, Credential, allowed};
use mileston_tests::tools;
use mileston_tests::verdicts::{self, Issued, KINDS};

#[tokio::test]
async fn the_sandbox_rejects_what_the_compiler_rejects() {
    let sandbox = Sandbox::start().await.unwrap();
    let table = verdicts::table(&Issued::of(&sandbox)).await.unwrap();
    let rows = mileston::rows();
    let mut wrong = Vec::new();
    for row in &rows {
        for kind in KINDS {
            let expected = allowed(row.scope.as_deref(), Credential { ty: "", kind });
            let found = table[&(row.id.clone(), *kind)];
            if found != expected {
                wrong.push(format!("{} × {kind}: accepted {found}, compiles {expected}", row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tools::say(&format!(
        "enforcement: {} operations × {} credentials = {} cells agree",
        rows.len(),
        KINDS.len(),
        table.len()
    ));
}

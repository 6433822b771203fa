//! Scopes that were declared for members are used for an archivist's token.
use other_api::archive::credentials::{Login, Member};
use other_api::archive::scopes::member::Loans;
use other_api::archive::scopes::scopes;

scopes! {
    struct Borrower for Member: Loans;
}

fn main() {
    let _ = Login::<Borrower>::new("not-a-real-token");
}

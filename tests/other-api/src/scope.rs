//! The credentials for a library: what each allows, and how each is sent.

use openapi_keys_runtime::{Authenticate, Error, Eventually, Outgoing, Redactor, RequiredScheme};

/// The credential of a client.
#[diagnostic::on_unimplemented(
    message = "a client needs a credential of the library, but `{Self}` isn't one",
    label = "not a credential",
    note = "pass `Visitor`, `Reader` or `Staff`"
)]
pub trait Credential: Authenticate {}

/// A visitor, who has no credential.
#[derive(Clone, Debug)]
pub struct Visitor;

/// A reader, who has a card.
#[derive(Clone, Debug)]
pub struct Reader;

/// A member of staff, who has a personal key and the branch's key.
#[derive(Clone, Debug)]
pub struct Staff;

/// A credential that permits adding books.
#[diagnostic::on_unimplemented(message = "only staff can do this, and `{Self}` is not staff")]
pub trait IsStaff: Credential {}

/// A credential that permits listing and finding loans.
#[diagnostic::on_unimplemented(message = "only readers and staff can do this")]
pub trait IsKnown: Credential {}

impl Credential for Visitor {}
impl Credential for Reader {}
impl Credential for Staff {}
impl IsStaff for Staff {}
impl IsKnown for Reader {}
impl IsKnown for Staff {}

const CARD: &str = "fake-reader";
const STAFF_KEY: &str = "fake-staff";
const BRANCH_KEY: &str = "fake-branch";

impl Authenticate for Visitor {
    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }

    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }

    fn redact(&self, _: &mut Redactor) {}
}

impl Authenticate for Reader {
    fn holds(&self, required: &RequiredScheme) -> bool {
        required.name == "reader"
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(request.insert_credential("x-reader", CARD))
    }

    fn redact(&self, redactor: &mut Redactor) {
        redactor.add(CARD);
    }
}

impl Authenticate for Staff {
    fn holds(&self, required: &RequiredScheme) -> bool {
        matches!(required.name, "staff" | "branch")
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        let added = request
            .insert_credential("x-staff", STAFF_KEY)
            .and_then(|()| request.insert_credential("x-branch", BRANCH_KEY));
        Eventually::Now(added)
    }

    fn redact(&self, redactor: &mut Redactor) {
        redactor.add(STAFF_KEY);
        redactor.add(BRANCH_KEY);
    }
}

//! Implements a slot for the program's own type.
// error: E0277 the trait bound `Own: Sealed` is not satisfied

use openapi_keys_runtime::logic::Yes;
use openapi_keys_runtime::{Error, Eventually, Outgoing, Redactor, RequiredScheme};
use openapi_keys_runtime::credential::Part;
use other_api::archive::credentials::{Badge, Slot};

struct Own;

impl Part for Own {
    fn name(&self) -> Option<&'static str> {
        None
    }

    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn add<'a>(&'a self, _: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }

    fn redact(&self, _: &mut Redactor) {}
}

impl Slot<Badge> for Own {
    type Set = Yes;
}

fn main() {}

//! Implements `Credential` for the program's own type.
// error: E0277 the trait bound `Own: Sealed` is not satisfied

use openapi_keys_runtime::logic::Yes;
use openapi_keys_runtime::{Authenticate, Error, Eventually, Outgoing, Redactor, RequiredScheme};
use other_api::archive::credentials::{Credential, Unset};

struct Own;

impl Authenticate for Own {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }

    fn redact(&self, _: &mut Redactor) {}
}

impl Credential for Own {
    type Badge = Yes;
    type CatalogueKey = Yes;
    type Certificate = Yes;
    type DeskKey = Yes;
    type Guard = Yes;
    type Kiosk = Yes;
    type Login = Unset;
    type Member = Unset;
    type Permit = Unset;
    type Seal = Yes;
    type Visit = Yes;
}

fn main() {}

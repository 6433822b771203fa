//! The operations of the archive. Each returns how the caller was authenticated.

use openapi_keys_runtime::SecurityScheme;
use other_api::archive::catalogue::SECURITY_SCHEMES;
use other_api::archive::types::Receipt;

use super::generated::server::Archive;
use super::generated::server::identities::{
    BadgeOrGuardOrKiosk, CatalogueKeyAndDeskKeyOrLoginWithRecordsRead, CatalogueKeyOrAnonymous,
    LoginWithRecordsAuditOrLoginWithRecordsWrite,
};
use super::login::Login;
use super::secrets::{USER, scopes};
use crate::runtime::{Answer, Authority, Caller, Presented, Refusal};

/// The desk, which handles the operations and issues tokens.
#[derive(Debug, Default)]
pub struct Desk {
    /// The issuer of tokens for the `login` scheme, which can also revoke them.
    pub login: Login,
}

type Outcome = Result<Answer<Receipt>, Refusal>;

impl Authority for Desk {
    fn schemes(&self) -> &'static [SecurityScheme] {
        SECURITY_SCHEMES
    }

    fn scopes(&self, scheme: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>> {
        match presented {
            Presented::Token(token) if self.login.has_revoked(token) => None,
            Presented::Key(secret)
            | Presented::Token(secret)
            | Presented::Authorization(secret)
            | Presented::Certificate(secret) => scopes(scheme.name, secret),
            Presented::Basic { user, password } if user == USER => scopes(scheme.name, password),
            Presented::Basic { .. } | Presented::Unreadable => None,
        }
    }
}

/// Returns the alternative that was met, e.g. `catalogueKey and deskKey`.
fn receipt(caller: &Caller) -> Outcome {
    let met = caller.met.map(ToString::to_string);
    Ok(Answer(Receipt::new(met.unwrap_or_else(|| "not asked".to_owned()))))
}

/// Returns the name of the variant, followed by the alternative that was met.
fn receipt_of(variant: &str, caller: &Caller) -> Outcome {
    let met = caller.met.map(ToString::to_string).unwrap_or_default();
    Ok(Answer(Receipt::new(format!("{variant}: {met}"))))
}

/// Defines operations whose `security` has at most one alternative.
macro_rules! receipts {
    ($($operation:ident)*) => {$(
        async fn $operation(&self, caller: Caller) -> Outcome {
            receipt(&caller)
        }
    )*};
}

impl Archive for Desk {
    receipts! {
        read_counters read_notice print_labels move_records read_profile read_maps read_session start_rounds switch_lamps
        request_loans move_shelves sign_wire open_vault start_tour
    }

    async fn count_visits(&self, caller: CatalogueKeyOrAnonymous) -> Outcome {
        let variant = match caller {
            CatalogueKeyOrAnonymous::CatalogueKey(_) => "CatalogueKey",
            CatalogueKeyOrAnonymous::Anonymous(_) => "Anonymous",
        };
        receipt_of(variant, caller.caller())
    }

    async fn list_records(&self, caller: CatalogueKeyAndDeskKeyOrLoginWithRecordsRead) -> Outcome {
        use CatalogueKeyAndDeskKeyOrLoginWithRecordsRead as Identity;
        let variant = match caller {
            Identity::CatalogueKeyAndDeskKey(_) => "CatalogueKeyAndDeskKey",
            Identity::LoginWithRecordsRead(_) => "LoginWithRecordsRead",
        };
        receipt_of(variant, caller.caller())
    }

    async fn audit_records(&self, caller: LoginWithRecordsAuditOrLoginWithRecordsWrite) -> Outcome {
        use LoginWithRecordsAuditOrLoginWithRecordsWrite as Identity;
        let variant = match caller {
            Identity::LoginWithRecordsAudit(_) => "LoginWithRecordsAudit",
            Identity::LoginWithRecordsWrite(_) => "LoginWithRecordsWrite",
        };
        receipt_of(variant, caller.caller())
    }

    async fn open_doors(&self, caller: BadgeOrGuardOrKiosk) -> Outcome {
        let variant = match caller {
            BadgeOrGuardOrKiosk::Badge(_) => "Badge",
            BadgeOrGuardOrKiosk::Guard(_) => "Guard",
            BadgeOrGuardOrKiosk::Kiosk(_) => "Kiosk",
        };
        receipt_of(variant, caller.caller())
    }
}

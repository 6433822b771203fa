//! The archive's operations. Most of them return how the caller was authenticated.

use other_api::archive::types::Receipt;

use super::generated::server::identities::{
    BadgeOrGuardOrKiosk, CatalogueKeyAndDeskKeyOrLoginWithRecordsRead,
    LoginWithRecordsAuditOrLoginWithRecordsWrite,
};
use super::generated::server::services;
use crate::runtime::{Identity, Refusal};

/// Implements the desk's operations.
#[derive(Clone, Copy, Debug)]
pub struct Desk;

type Outcome = Result<Receipt, Refusal>;

/// Returns the alternative that was met, e.g. `catalogueKey and deskKey`.
fn receipt(caller: &Identity) -> Outcome {
    Ok(Receipt::new(caller.met.to_string()))
}

/// Returns the name of the variant, followed by the alternative that was met.
fn receipt_of(variant: &str, caller: &Identity) -> Outcome {
    Ok(Receipt::new(format!("{variant}: {}", caller.met)))
}

/// Defines operations whose `security` has one alternative.
macro_rules! receipts {
    ($($operation:ident)*) => {$(
        async fn $operation(&self, caller: &Identity) -> Outcome {
            receipt(caller)
        }
    )*};
}

impl services::Desk for Desk {
    receipts! {
        read_counters print_labels move_records read_profile read_maps read_session start_rounds switch_lamps request_loans
        move_shelves sign_wire open_vault start_tour
    }

    async fn read_notice(&self) -> Outcome {
        Ok(Receipt::new("not asked".to_owned()))
    }

    async fn count_visits(&self, caller: Option<&Identity>) -> Outcome {
        match caller {
            Some(caller) => receipt(caller),
            None => Ok(Receipt::new("anyone".to_owned())),
        }
    }

    async fn list_records(&self, caller: &CatalogueKeyAndDeskKeyOrLoginWithRecordsRead) -> Outcome {
        use CatalogueKeyAndDeskKeyOrLoginWithRecordsRead as Caller;
        let variant = match caller {
            Caller::CatalogueKeyAndDeskKey(_) => "CatalogueKeyAndDeskKey",
            Caller::LoginWithRecordsRead(_) => "LoginWithRecordsRead",
        };
        receipt_of(variant, caller.identity())
    }

    async fn audit_records(
        &self,
        caller: &LoginWithRecordsAuditOrLoginWithRecordsWrite,
    ) -> Outcome {
        use LoginWithRecordsAuditOrLoginWithRecordsWrite as Caller;
        let variant = match caller {
            Caller::LoginWithRecordsAudit(_) => "LoginWithRecordsAudit",
            Caller::LoginWithRecordsWrite(_) => "LoginWithRecordsWrite",
        };
        receipt_of(variant, caller.identity())
    }

    async fn open_doors(&self, caller: &BadgeOrGuardOrKiosk) -> Outcome {
        let variant = match caller {
            BadgeOrGuardOrKiosk::Badge(_) => "Badge",
            BadgeOrGuardOrKiosk::Guard(_) => "Guard",
            BadgeOrGuardOrKiosk::Kiosk(_) => "Kiosk",
        };
        receipt_of(variant, caller.identity())
    }
}

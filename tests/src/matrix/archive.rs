//! The operations of `tests/other-api/archive.yaml` × the credentials that a client can hold.
//!
//! The table says which credentials each operation accepts. It is hand-written and not generated from the document's
//! `security`, so the test detects a change to the document or a mistake in the generator.

use super::{Cell, Refusal};
use crate::archive::holders::{HOLDERS, Held, Holder, SCOPES};

/// The parts of an operation that a cell needs.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The `operationId`.
    pub id: &'static str,
    /// The name of the generated function.
    pub function: &'static str,
    /// The trait that the client must implement, or an empty string.
    pub bound: &'static str,
    /// The credentials that the operation needs, in the words of the compiler's message.
    pub needs: &'static str,
    /// Returns whether a client with these credentials may call the operation.
    pub allowed: fn(Held) -> bool,
}

/// All operations.
pub const ROWS: &[Row] = &[
    row("readCounters", "read_counters", "HasCatalogueKey", "a `CatalogueKey`", |held| {
        has(held, "catalogueKey")
    }),
    row("readNotice", "read_notice", "", "", |_| true),
    row("countVisits", "count_visits", "", "", |_| true),
    row(
        "printLabels",
        "print_labels",
        "CatalogueKeyAndDeskKey",
        "a `CatalogueKey` and a `DeskKey`",
        |held| has(held, "catalogueKey") && has(held, "deskKey"),
    ),
    row(
        "listRecords",
        "list_records",
        "CatalogueKeyAndDeskKeyOrLoginWithRecordsRead",
        "a `CatalogueKey` and a `DeskKey`, or a `Login` token with the scope `records.read`",
        |held| {
            has(held, "catalogueKey") && has(held, "deskKey")
                || declares(held, "login", "records.read")
        },
    ),
    row(
        "moveRecords",
        "move_records",
        "LoginWithRecordsReadAndRecordsWrite",
        "a `Login` token with the scopes `records.read` and `records.write`",
        |held| declares(held, "login", "records.read") && declares(held, "login", "records.write"),
    ),
    row(
        "auditRecords",
        "audit_records",
        "LoginWithRecordsAuditOrLoginWithRecordsWrite",
        "a `Login` token with the scope `records.audit`, or a `Login` token with the scope `records.write`",
        |held| declares(held, "login", "records.audit") || declares(held, "login", "records.write"),
    ),
    row("readProfile", "read_profile", "HasLogin", "a `Login` token", |held| has(held, "login")),
    row(
        "openDoors",
        "open_doors",
        "BadgeOrGuardOrKiosk",
        "a `Badge`, or a `Guard`, or a `Kiosk`",
        |held| has(held, "badge") || has(held, "guard") || has(held, "kiosk"),
    ),
    row("readMaps", "read_maps", "HasKiosk", "a `Kiosk`", |held| has(held, "kiosk")),
    row("readSession", "read_session", "HasVisit", "a `Visit`", |held| has(held, "visit")),
    row("startRounds", "start_rounds", "HasGuard", "a `Guard`", |held| has(held, "guard")),
    row("switchLamps", "switch_lamps", "HasBadge", "a `Badge`", |held| has(held, "badge")),
    row(
        "requestLoans",
        "request_loans",
        "MemberWithLoansAndRenewals",
        "a `Member` token with the scopes `loans` and `renewals`",
        |held| declares(held, "member", "loans") && declares(held, "member", "renewals"),
    ),
    row(
        "moveShelves",
        "move_shelves",
        "PermitWithShelvesMove",
        "a `Permit` with the scope `shelves.move`",
        |held| declares(held, "permit", "shelves.move"),
    ),
    row("signWire", "sign_wire", "HasSeal", "a `Seal`", |held| has(held, "seal")),
    row(
        "openVault",
        "open_vault",
        "CertificateAndGuard",
        "a `Certificate` and a `Guard`",
        |held| has(held, "certificate") && has(held, "guard"),
    ),
    row(
        "startTour",
        "start_tour",
        "BadgeAndKioskAndVisit",
        "a `Badge`, a `Kiosk` and a `Visit`",
        |held| has(held, "badge") && has(held, "kiosk") && has(held, "visit"),
    ),
];

const fn row(
    id: &'static str,
    function: &'static str,
    bound: &'static str,
    needs: &'static str,
    allowed: fn(Held) -> bool,
) -> Row {
    Row { id, function, bound, needs, allowed }
}

/// Returns whether the client holds a credential for the security scheme.
#[must_use]
pub fn has(held: Held, scheme: &str) -> bool {
    held.iter().any(|(name, _)| *name == scheme)
}

/// Returns whether the client holds a credential that declares the scope.
#[must_use]
pub fn declares(held: Held, scheme: &str, scope: &str) -> bool {
    held.iter().any(|(name, scopes)| *name == scheme && scopes.contains(&scope))
}

/// Returns the code that comes before the cells. `client` is the path to the client's module.
#[must_use]
pub fn before(client: &str) -> String {
    format!(
        "use {client}::{{Client, requirements, scopes}};\nuse {client}::credentials::*;\n\
         use scopes::{{scopes, login::*, member::*, permit::*}};\n{SCOPES}"
    )
}

/// Returns a cell for each row and holder.
#[must_use]
pub fn cells(rows: &[Row]) -> Vec<Cell> {
    let cell = |row: &Row, holder: &Holder| {
        let signature = format!("(client: &Client<{}>)", holder.ty);
        cell(row, holder.name, holder.ty, &signature, (row.allowed)(holder.held))
    };
    rows.iter().flat_map(|row| HOLDERS.iter().map(move |holder| cell(row, holder))).collect()
}

/// Returns the cells of functions that are generic over one bound. Such a function can call the operations with this
/// bound and the operations that need no credential. It can't call any other operation, not even one that
/// accepts every credential with this bound.
#[must_use]
pub fn generic_cells() -> Vec<Cell> {
    let requirements = ROWS.iter().filter(|row| !row.bound.is_empty());
    let mut bounds: Vec<String> =
        requirements.map(|row| format!("requirements::{}", row.bound)).collect();
    bounds.push("Credential".to_owned());
    let cell = |row: &Row, bound: &String| {
        let own = row.bound.is_empty() || *bound == format!("requirements::{}", row.bound);
        cell(row, bound, "K", &format!("<K: {bound}>(client: &Client<K>)"), own)
    };
    ROWS.iter().flat_map(|row| bounds.iter().map(move |bound| cell(row, bound))).collect()
}

fn cell(row: &Row, holder: &str, ty: &str, signature: &str, allowed: bool) -> Cell {
    let needs = row.needs;
    let refusal = || Refusal {
        message: format!("this operation needs {needs}, but the client holds `{ty}`"),
        note: "add to the client's `Credentials`: `.".to_owned(),
    };
    Cell {
        operation: row.id.to_owned(),
        holder: holder.to_owned(),
        signature: signature.to_owned(),
        calls: vec![format!("client.desk().{}()", row.function)],
        refusal: (!allowed).then(refusal),
    }
}

/// Removes the module paths that the compiler writes before type names that aren't unique.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split("::").peekable();
    while let Some(part) = parts.next() {
        let module = |letter: &char| letter.is_ascii_lowercase() || *letter == '_';
        let name = part.chars().rev().take_while(module).count();
        let kept = &part[..part.len() - name];
        // `Credentials::new` stays: the part before `::` is a module only if it is all lower case.
        let is_path = parts.peek().is_some();
        let is_module = name > 0 && !kept.ends_with(|letter: char| letter.is_alphanumeric());
        plain.push_str(if is_path && is_module { kept } else { part });
        plain.push_str(if is_path && !is_module { "::" } else { "" });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn module_paths_are_removed_and_type_names_stay() {
        let text = "holds `other_api::archive::Credentials<combined::Unset>`: `Credentials::new()`";
        assert_eq!(plain(text), "holds `Credentials<Unset>`: `Credentials::new()`");
        assert_eq!(plain("a `Badge`"), "a `Badge`");
    }
}

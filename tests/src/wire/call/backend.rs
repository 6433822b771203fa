//! Translates calls to `mileston-payments` for payment links, invoices and recurring payments.

use super::{Args, Case, Sdk, fill, usual};
use crate::wire::from_js::{Stop, plain, required};
use crate::wire::js::Js;
use crate::wire::ours::Ours;
use crate::wire::trace::Keys;

/// A kind of object that the backend SDK manages.
struct Resource {
    origin: &'static str,
    path: &'static str,
    /// Its name in operation ids.
    name: &'static str,
}

fn resource(class: &str) -> Option<Resource> {
    let (origin, path, name) = match class {
        "PaymentLink" => ("https://payment-service.mileston.co", "/payment-link", "PaymentLink"),
        "Invoice" => ("https://invoice-service.mileston.co", "/invoice", "Invoice"),
        "RecurringPayment" => {
            ("https://recurring-service.mileston.co", "/recurring-payment", "RecurringPayment")
        }
        _ => return None,
    };
    Some(Resource { origin, path, name })
}

pub(super) fn backend(
    class: &str,
    function: &str,
    args: &Args<'_>,
    credentials: &Js,
    keys: &Keys,
) -> Result<Option<Case>, Stop> {
    let Some(Resource { origin, path, name }) = resource(class) else { return Ok(None) };
    let mut case = Case::new(Sdk::Backend, function, origin, usual(credentials, keys)?);
    class.clone_into(&mut case.class);
    path.clone_into(&mut case.path);
    case.operation = format!("{function}{name}");
    match function {
        "create" => create(&mut case, class, args)?,
        "update" => update(&mut case, class, args.at(0))?,
        "getAll" => list(&mut case, class, args.at(0))?,
        "get" | "delete" => one(&mut case, class, args.at(0))?,
        _ => return Ok(None),
    }
    Ok(Some(case))
}

fn create(case: &mut Case, class: &str, args: &Args<'_>) -> Result<(), Stop> {
    (case.method, case.path) = ("POST", format!("{}/create", case.path));
    if class == "PaymentLink" {
        let payload = args.at(0);
        case.ours = Ours::CreatePaymentLink(fill(case, payload)?);
        return Ok(());
    }
    let name = plain("businessName", args.at(0))?;
    case.pairs = vec![("businessName".to_owned(), name.clone())];
    let payload = args.at(1);
    case.ours = match class {
        "Invoice" => Ours::CreateInvoice(name, fill(case, payload)?),
        _ => Ours::CreateRecurringPayment(name, fill(case, payload)?),
    };
    Ok(())
}

fn update(case: &mut Case, class: &str, payload: &Js) -> Result<(), Stop> {
    (case.method, case.path) = ("PATCH", format!("{}/update", case.path));
    case.ours = match class {
        "PaymentLink" => Ours::UpdatePaymentLink(fill(case, payload)?),
        "Invoice" => Ours::UpdateInvoice(fill(case, payload)?),
        _ => Ours::UpdateRecurringPayment(fill(case, payload)?),
    };
    Ok(())
}

fn list(case: &mut Case, class: &str, limit: &Js) -> Result<(), Stop> {
    (case.method, case.path) = ("GET", format!("{}/", case.path));
    case.operation = format!("list{class}s");
    case.unlimited = match limit {
        Js::Undefined => Some("undefined"),
        Js::Null => Some("null"),
        _ => None,
    };
    let limit: Option<u32> =
        if case.unlimited.is_none() { Some(required("limit", limit)?) } else { None };
    case.pairs = limit.iter().map(|limit| ("limit".to_owned(), limit.to_string())).collect();
    case.ours = match class {
        "PaymentLink" => Ours::ListPaymentLinks(limit),
        "Invoice" => Ours::ListInvoices(limit),
        _ => Ours::ListRecurringPayments(limit),
    };
    Ok(())
}

fn one(case: &mut Case, class: &str, id: &Js) -> Result<(), Stop> {
    let id = plain("id", id)?;
    case.id = Some(id.clone());
    let deletes = case.function == "delete";
    case.method = if deletes { "DELETE" } else { "GET" };
    case.path = format!("{}{}", case.path, if deletes { "/delete/" } else { "/" });
    case.ours = match (class, deletes) {
        ("PaymentLink", true) => Ours::DeletePaymentLink(id),
        ("PaymentLink", false) => Ours::GetPaymentLink(id),
        ("Invoice", true) => Ours::DeleteInvoice(id),
        ("Invoice", false) => Ours::GetInvoice(id),
        (_, true) => Ours::DeleteRecurringPayment(id),
        (_, false) => Ours::GetRecurringPayment(id),
    };
    Ok(())
}

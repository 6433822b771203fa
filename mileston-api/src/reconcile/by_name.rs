//! Checks whether a record was created, by looking for its unique name.

use mileston_keys::scope;

use super::comparison::{Comparison, has_other_number};
use super::records::Record;
use super::snapshot::{CreateCheck, LIMIT, is_length_of_page, is_whole};
use crate::{Client, Error};

/// Looks for the record that was created with `body`. Needs no [`Snapshot`](super::Snapshot) from before the write.
///
/// Use this function only if you never give two records the same name, for example because the name contains an order
/// number. The name is the title of a payment link, the item name of an invoice, or the subscription name of a
/// recurring payment. A record with exactly this name is then the one that was created. The results mean:
///
/// * [`Created`](CreateCheck::Created): exactly one record has the name, and none of its values differs from the body.
/// * [`Candidates`](CreateCheck::Candidates): several records have the name, or the only one with the name differs from
///   the body in another value, or no record has the name but at least one has a similar name. In the last
///   case, the platform may have changed the name. A name with a longer number isn't similar: `Order 40012` is a
///   different order from `Order 4001`. A name with a shorter number, such as `Order 400`, is similar only if the
///   platform may have truncated `Order 4001`, i.e. if it lists no name that is longer than `Order 400`.
/// * [`NotSeen`](CreateCheck::NotSeen): no record has the name or a similar one. Call the function more than once,
///   because the platform may not list a new record immediately.
///
/// # Errors
///
/// Returns any error from the list operation. Such an error says nothing about the write. If the body has no name,
/// the error is [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument).
pub async fn check_created_by_name<R: Record, K: scope::Normal>(
    client: &Client<K>,
    body: &R::Create,
) -> Result<CreateCheck<R>, Error> {
    if R::name_in(body).is_none_or(|name| name.trim().is_empty()) {
        return Err(Error::invalid_argument("the body has no name to look for"));
    }
    let mut shorter = None;
    for limit in LIMITS {
        let listed = R::list(client, limit).await?;
        let length = listed.len();
        // If the list didn't grow with the limit, the platform may have truncated it.
        let has_grown = shorter.is_none_or(|shorter| length > shorter);
        let is_full = !is_whole(&listed, limit);
        let complete = !is_full && has_grown && !is_length_of_page(length);
        match judge(listed, body, complete) {
            CreateCheck::NotSeen { complete: false } if is_full && has_grown => {}
            check => return Ok(check),
        }
        shorter = Some(length);
    }
    Ok(CreateCheck::NotSeen { complete: false })
}

/// The limits to request. If the record isn't in the list, and the list is as long as the current limit allows, the
/// next limit is tried.
const LIMITS: [u32; 3] = [LIMIT, 10 * LIMIT, 100 * LIMIT];

fn judge<R: Record>(listed: Vec<R>, body: &R::Create, complete: bool) -> CreateCheck<R> {
    let (mut named, others): (Vec<R>, Vec<R>) =
        listed.into_iter().partition(|record| record.is_named_by(body));
    if let [one] = named.as_slice()
        && one.compare(body) != Comparison::Differs
    {
        return CreateCheck::Created(named.remove(0));
    }
    if named.is_empty() {
        let names: Vec<String> =
            others.iter().filter_map(|record| record.name().cloned()).collect();
        named.extend(others.into_iter().filter(|record| is_namesake(record, body, &names)));
    }
    match named.is_empty() {
        true => CreateCheck::NotSeen { complete },
        false => CreateCheck::Candidates(named),
    }
}

/// Returns whether the record's name could be the body's name after the platform changed it. Names often contain a
/// number. A record with a different number is a different record, unless the platform may have truncated the
/// record's name. The lengths of all listed `names` show whether truncation is possible.
fn is_namesake<R: Record>(record: &R, body: &R::Create, names: &[String]) -> bool {
    let is_other = |reported: &String, sent: &String| {
        has_other_number(reported, sent, names.iter().map(String::as_str))
    };
    record.is_namesake_of(body)
        && !record.name().zip(R::name_in(body)).is_some_and(|(got, sent)| is_other(got, sent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{CreatePaymentLink, PaymentLink};

    fn link(id: &str, title: &str, amount: &str) -> PaymentLink {
        let text =
            format!(r#"{{"paymentLinkId": "{id}", "title": "{title}", "amount": "{amount}"}}"#);
        serde_json::from_str(&text).unwrap()
    }

    fn judged(links: &[(&str, &str, &str)]) -> CreateCheck<PaymentLink> {
        let body = CreatePaymentLink::new("5.00").unwrap().title("Order 1000");
        let links = links.iter().map(|(id, title, amount)| link(id, title, amount));
        judge(links.collect(), &body, true)
    }

    #[test]
    fn the_only_record_with_the_name_is_the_one_that_was_created() {
        let created = judged(&[("a", "Order 10001", "5"), ("b", "Order 1000", "5")]);
        let CreateCheck::Created(link) = created else { panic!("{created:?}") };
        assert_eq!(link.payment_link_id, "b");
    }

    #[test]
    fn anything_less_certain_is_a_candidate() {
        for links in [
            &[("a", "Order 1000", "5"), ("b", "Order 1000", "5")][..],
            &[("a", "Order 1000", "6")],
            &[("a", " order  1000 ", "5")],
        ] {
            let CreateCheck::Candidates(found) = judged(links) else { panic!("{links:?}") };
            assert_eq!(found.len(), links.len());
        }
    }

    #[test]
    fn numbered_names_are_not_confused() {
        let not_seen = CreateCheck::NotSeen { complete: true };
        assert_eq!(judged(&[("a", "Order 100", "5"), ("b", "Order 1001", "5")]), not_seen);
        assert_eq!(judged(&[("a", "Order 10001", "5")]), not_seen);
        // The platform may have truncated the name.
        let links = [("a", "Order 100", "5"), ("b", "Order 999", "5")];
        let CreateCheck::Candidates(found) = judged(&links) else { panic!() };
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_record_with_a_different_name_is_not_seen() {
        assert_eq!(judged(&[("a", "Order 2", "5")]), CreateCheck::NotSeen { complete: true });
    }
}

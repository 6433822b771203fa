//! Tests operations whose credential is optional, and operations that don't need one.

use super::*;

const NOTHING: SecurityRequirement = SecurityRequirement::new(&[]);
static EMPTY_FIRST: Operation = operation(Method::GET, &[NOTHING, KEY]);
static EMPTY_LAST: Operation = operation(Method::GET, &[KEY, NOTHING]);
static OPEN: Operation = operation(Method::GET, &[]);
static ONLY_EMPTY: Operation = operation(Method::GET, &[NOTHING]);

/// An authenticator that holds the key or nothing.
struct Maybe(bool);

impl Authenticate for Maybe {
    fn holds(&self, required: &RequiredScheme) -> bool {
        self.0 && required.name == "key"
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(request.insert_query("api_key", "fake"))
    }

    fn redact(&self, _: &mut Redactor) {}
}

#[tokio::test]
async fn an_optional_credential_is_sent_if_it_is_held() {
    for (operation, held, expected) in [
        (&EMPTY_FIRST, true, Some("api_key=fake")),
        (&EMPTY_LAST, true, Some("api_key=fake")),
        (&EMPTY_FIRST, false, None),
        (&EMPTY_LAST, false, None),
        (&OPEN, true, None),
        (&ONLY_EMPTY, true, None),
    ] {
        let transport = FakeTransport::new();
        transport.respond(http::Response::new("7"));
        let core = CoreBuilder::new(Maybe(held), &PROFILE).transport(transport.clone());
        send(&core.build().unwrap(), operation).await.unwrap();
        assert_eq!(transport.requests()[0].uri().query(), expected, "{held} {operation:?}");
    }
}

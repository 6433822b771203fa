//! Tests bearer tokens from every kind of source with a complete client, without a remote server or a generated crate.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

mod token_net;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_keys_runtime::token::{
    ClientCredentials, RefreshToken, SetupError, Token, TokenSource,
};
use openapi_keys_runtime::{ErrorKind, FakeTransport, Outcome, TransportErrorKind, http};
use tokio::time::{sleep, timeout};

use self::token_net::{Loopback, Net, READ, Stopped, WRITE, builder, call_with, core, token};

const URL: &str = "https://auth.example/oauth/token?tenant=hunter2";
const SECRET: &str = "plainly fake+secret";
const REFRESH: &str = "plainly-fake-refresh-0";

fn login() -> ClientCredentials {
    ClientCredentials::new(URL, "weather:app", SECRET)
}

fn credentials() -> TokenSource {
    TokenSource::client_credentials(login()).unwrap()
}

fn refreshing() -> RefreshToken {
    RefreshToken::new(URL, "weather:app", REFRESH)
}

async fn read(net: &Net, tokens: &TokenSource) {
    call_with(&core(net, tokens), &READ).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_token_is_requested_once_and_used_by_all_clones() {
    let net = Net::answering([token("plainly-fake-token-1", Some(3600))]);
    let tokens = credentials();
    read(&net, &tokens).await;
    read(&net, &tokens.clone()).await;
    call_with(&core(&net, &tokens), &WRITE).await.unwrap();
    assert_eq!(net.token_requests().len(), 1);
    assert_eq!(net.authorizations(), ["Bearer plainly-fake-token-1"; 3]);
    assert!(net.api_requests().iter().all(|it| it.headers()["authorization"].is_sensitive()));
}

#[tokio::test(start_paused = true)]
async fn client_credentials_are_sent_as_basic_or_in_the_body() {
    let net =
        Net::answering([token("plainly-fake-token-1", None), token("plainly-fake-token-2", None)]);
    let scoped =
        || login().scopes(["read:all", "write"]).parameter("audience", "https://a.example/");
    read(&net, &TokenSource::client_credentials(scoped()).unwrap()).await;
    let in_body = scoped().credentials_in_body();
    read(&net, &TokenSource::client_credentials(in_body).unwrap()).await;
    let [basic, body] = net.token_requests().try_into().unwrap();

    assert_eq!((basic.method().as_str(), basic.uri().to_string()), ("POST", URL.to_owned()));
    // `weather%3Aapp:plainly+fake%2Bsecret`
    let expected = "Basic d2VhdGhlciUzQWFwcDpwbGFpbmx5K2Zha2UlMkJzZWNyZXQ=";
    assert_eq!(basic.headers()["authorization"], expected);
    assert!(basic.headers()["authorization"].is_sensitive());
    assert_eq!(basic.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(basic.headers()["accept"], "application/json");
    assert_eq!(basic.headers()["user-agent"], "weather/1.0");
    // The default headers for the API aren't sent to the token endpoint.
    assert!(!basic.headers().contains_key("x-station"));
    assert_eq!(
        basic.body(),
        "grant_type=client_credentials&scope=read%3Aall+write&audience=https%3A%2F%2Fa.example%2F"
    );
    assert!(!body.headers().contains_key("authorization"));
    assert_eq!(
        body.body(),
        "grant_type=client_credentials&client_id=weather%3Aapp&client_secret=plainly+fake%2Bsecret\
         &scope=read%3Aall+write&audience=https%3A%2F%2Fa.example%2F"
    );
}

#[tokio::test(start_paused = true)]
async fn fifty_simultaneous_calls_share_one_token_request() {
    let net =
        Net::answering([token("plainly-fake-token-1", Some(3600))]).taking(Duration::from_secs(2));
    let tokens = credentials();
    let calls: Vec<_> =
        (0..50).map(|_| tokio::spawn(call_with(&core(&net, &tokens), &READ))).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((net.token_requests().len(), net.api_requests().len()), (1, 50));
}

#[tokio::test(start_paused = true)]
async fn fifty_simultaneous_calls_share_one_failure() {
    let net = Net::answering([(503, "{}".to_owned())]).taking(Duration::from_secs(2));
    let tokens = credentials();
    let calls: Vec<_> =
        (0..50).map(|_| tokio::spawn(call_with(&core(&net, &tokens), &READ))).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.to_string().contains("responded with 503 Service Unavailable"), "{error}");
    }
    assert_eq!((net.token_requests().len(), net.api_requests().len()), (1, 0));
    // The next call tries again.
    net.answer(token("plainly-fake-token-1", None));
    read(&net, &tokens).await;
}

#[tokio::test(start_paused = true)]
async fn another_call_takes_over_from_a_dropped_one() {
    let net = Net::answering([token("lost", None), token("plainly-fake-token-2", None)])
        .taking(Duration::from_secs(2));
    let tokens = credentials();
    let first =
        tokio::spawn(timeout(Duration::from_secs(1), call_with(&core(&net, &tokens), &READ)));
    tokio::task::yield_now().await;
    let second = tokio::spawn(call_with(&core(&net, &tokens), &READ));
    assert!(first.await.unwrap().is_err());
    second.await.unwrap().unwrap();
    assert_eq!(net.token_requests().len(), 2);
    assert_eq!(net.authorizations(), ["Bearer plainly-fake-token-2"]);
}

#[tokio::test(start_paused = true)]
async fn a_cached_token_is_used_without_a_wait() {
    let net = Net::answering([
        token("plainly-fake-token-1", Some(1000)),
        token("plainly-fake-token-2", Some(1000)),
    ]);
    let core = core(&net, &credentials());
    for (after, waits) in [(0, 1), (0, 1), (940, 1), (5, 2), (0, 2)] {
        sleep(Duration::from_secs(after)).await;
        call_with(&core, &READ).await.unwrap();
        assert_eq!(core.authenticator().waits(), waits);
    }
}

/// The tokio runtime in this test has no timer, because the client's own clock is enough.
#[test]
fn the_clients_clock_decides_when_a_token_expires() {
    let clock = Stopped::default();
    let transport = FakeTransport::new();
    let tokens = credentials();
    let respond = |body: &str| transport.respond(http::Response::new(body.to_owned()));
    let core = builder(&tokens).transport(transport.clone()).clock(clock.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    respond(&token("plainly-fake-token-1", Some(100)).1);
    respond("7");
    runtime.block_on(call_with(&core, &READ).into_future()).unwrap();
    clock.set(Duration::from_secs(99));
    // The early renewal fails, because the response contains no token.
    respond("8");
    respond("7");
    runtime.block_on(call_with(&core, &READ).into_future()).unwrap();
    clock.set(Duration::from_secs(100));
    respond(&token("plainly-fake-token-2", Some(100)).1);
    respond("7");
    runtime.block_on(call_with(&core, &READ).into_future()).unwrap();
    let requests = transport.requests();
    let sent: Vec<_> =
        requests.iter().filter(|it| it.uri().host() != Some("auth.example")).collect();
    let sent: Vec<_> = sent.iter().map(|it| &it.headers()["authorization"]).collect();
    let [one, two] = ["Bearer plainly-fake-token-1", "Bearer plainly-fake-token-2"];
    assert_eq!(sent, [one, one, two]);
    assert_eq!(requests.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_replaced_and_one_without_a_lifetime_is_kept() {
    let net = Net::answering([
        token("plainly-fake-token-1", Some(100)),
        token("plainly-fake-token-2", None),
    ]);
    let tokens = credentials();
    read(&net, &tokens).await;
    sleep(Duration::from_secs(100)).await;
    read(&net, &tokens).await;
    sleep(Duration::from_secs(1 << 30)).await;
    read(&net, &tokens).await;
    let [one, two] = ["Bearer plainly-fake-token-1", "Bearer plainly-fake-token-2"];
    assert_eq!(net.authorizations(), [one, two, two]);
}

#[tokio::test(start_paused = true)]
async fn one_call_renews_early_while_the_others_use_the_old_token() {
    let net = Net::answering([
        token("plainly-fake-token-1", Some(1000)),
        token("plainly-fake-token-2", Some(1000)),
    ]);
    let tokens = credentials();
    read(&net, &tokens).await;
    sleep(Duration::from_secs(939)).await;
    read(&net, &tokens).await;
    assert_eq!(net.token_requests().len(), 1);
    sleep(Duration::from_secs(2)).await;

    let slow = net.clone().taking(Duration::from_secs(2));
    let renewing = tokio::spawn(call_with(&core(&slow, &tokens), &READ));
    tokio::task::yield_now().await;
    for _ in 0..10 {
        read(&slow, &tokens).await;
    }
    assert_eq!((net.token_requests().len(), net.authorizations().len()), (2, 12));
    assert!(net.authorizations().iter().all(|it| it == "Bearer plainly-fake-token-1"));
    renewing.await.unwrap().unwrap();
    read(&slow, &tokens).await;
    assert_eq!(net.authorizations()[12..], ["Bearer plainly-fake-token-2"; 2]);
    assert_eq!(net.token_requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failed_early_renewal_leaves_the_valid_token_in_use() {
    let broken = [(500, String::new()), (200, "<html>".to_owned())];
    let net = Net::answering([token("plainly-fake-token-1", Some(1000))].into_iter().chain(broken));
    let tokens = credentials();
    read(&net, &tokens).await;
    sleep(Duration::from_secs(945)).await;
    // The following calls don't retry the failed renewal.
    for _ in 0..5 {
        read(&net, &tokens).await;
    }
    assert_eq!(net.token_requests().len(), 2);
    sleep(Duration::from_secs(16)).await;
    read(&net, &tokens).await;
    assert_eq!(net.token_requests().len(), 3);
    assert_eq!(net.authorizations(), ["Bearer plainly-fake-token-1"; 7]);
    // The token has expired, and there is no new one.
    sleep(Duration::from_secs(39)).await;
    let error = call_with(&core(&net, &tokens), &WRITE).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
}

#[tokio::test(start_paused = true)]
async fn an_early_renewal_that_hangs_delays_only_one_call() {
    for (operation, total, most) in
        [(&READ, 30, 5), (&WRITE, 30, 5), (&WRITE, 14, 2), (&WRITE, 8, 0)]
    {
        let net = Net::answering([token("plainly-fake-token-1", Some(1000))]);
        let tokens = credentials();
        read(&net, &tokens).await;
        sleep(Duration::from_secs(945)).await;
        let hanging = net.clone().taking(Duration::from_secs(86_400));
        let started = tokio::time::Instant::now();
        let call = call_with(&core(&hanging, &tokens), operation);
        call.timeout(Duration::from_secs(total)).await.unwrap();
        assert_eq!(started.elapsed().as_secs(), most, "{} {total}", operation.id);
        let call = call_with(&core(&hanging, &tokens), operation);
        call.timeout(Duration::from_secs(total)).await.unwrap();
        assert_eq!(started.elapsed().as_secs(), most, "{} {total}", operation.id);
        assert_eq!(net.authorizations(), ["Bearer plainly-fake-token-1"; 3]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_dropped_but_a_newer_one_is_kept() {
    let net = Net::answering([
        token("plainly-fake-token-1", Some(3600)),
        token("plainly-fake-token-2", Some(3600)),
    ]);
    let tokens = credentials();
    read(&net, &tokens).await;
    // Both requests are sent with the first token. The response to the second request arrives after the source has
    // fetched a second token.
    let [early, late] = [1, 5].map(|seconds| {
        let net = net.clone().responding(401, Duration::from_secs(seconds));
        tokio::spawn(call_with(&core(&net, &tokens), &READ))
    });
    let error = early.await.unwrap().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Refused);
    read(&net, &tokens).await;
    late.await.unwrap().unwrap_err();
    read(&net, &tokens).await;
    let [one, two] = ["Bearer plainly-fake-token-1", "Bearer plainly-fake-token-2"];
    assert_eq!(net.authorizations(), [one, one, one, two, two]);
    assert_eq!(net.token_requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn only_a_401_rejects_a_token() {
    let net = Net::answering([token("plainly-fake-token-1", None)]);
    let tokens = credentials();
    for status in [200, 400, 403, 500] {
        let net = net.clone().responding(status, Duration::ZERO);
        drop(call_with(&core(&net, &tokens), &READ).without_retries().await);
    }
    assert_eq!((net.token_requests().len(), net.api_requests().len()), (1, 4));
}

#[tokio::test(start_paused = true)]
async fn a_fixed_token_is_sent_even_after_it_was_rejected() {
    let net = Net::answering([]);
    let tokens = TokenSource::fixed("plainly-fake-token").unwrap();
    let refusing = net.clone().responding(401, Duration::ZERO);
    call_with(&core(&refusing, &tokens), &READ).await.unwrap_err();
    read(&net, &tokens).await;
    assert_eq!(net.authorizations(), ["Bearer plainly-fake-token"; 2]);
    assert!(net.token_requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_rotated_refresh_token_replaces_the_old_one_and_can_be_saved() {
    let rotating = |number: u8| {
        let body = format!(
            r#"{{"access_token":"plainly-fake-token-{number}","expires_in":60,
                "refresh_token":"plainly-fake-refresh-{number}"}}"#
        );
        (200, body)
    };
    // The third response contains no refresh token, and the fourth repeats the current one.
    let net = Net::answering([
        rotating(1),
        rotating(2),
        token("plainly-fake-token-3", Some(60)),
        rotating(2),
    ]);
    let saved = Arc::new(Mutex::new(Vec::new()));
    let saving = saved.clone();
    let login = refreshing()
        .on_rotation(move |token| saving.lock().unwrap().push(token.expose_secret().to_owned()));
    let tokens = TokenSource::refresh_token(login).unwrap();
    for _ in 0..4 {
        read(&net, &tokens).await;
        sleep(Duration::from_secs(60)).await;
    }
    let sent: Vec<_> = net.token_requests().iter().map(|it| it.body().clone()).collect();
    let form = |number: u8| {
        format!(
            "grant_type=refresh_token&refresh_token=plainly-fake-refresh-{number}&client_id=weather%3Aapp"
        )
    };
    assert_eq!(sent, [form(0), form(1), form(2), form(2)]);
    assert_eq!(*saved.lock().unwrap(), ["plainly-fake-refresh-1", "plainly-fake-refresh-2"]);
    assert!(net.token_requests().iter().all(|it| !it.headers().contains_key("authorization")));
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_with_a_client_secret_authenticates_the_client() {
    let net = Net::answering([token("plainly-fake-token-1", None)]);
    let login = refreshing().client_secret(SECRET).scopes(["read"]).parameter("tenant", "a b");
    read(&net, &TokenSource::refresh_token(login).unwrap()).await;
    let request = net.token_requests().remove(0);
    assert!(request.headers()["authorization"].to_str().unwrap().starts_with("Basic "));
    assert_eq!(
        request.body(),
        "grant_type=refresh_token&refresh_token=plainly-fake-refresh-0&scope=read&tenant=a+b"
    );
}

#[tokio::test(start_paused = true)]
async fn a_callback_provides_tokens() {
    let net = Net::answering([]);
    let count = Arc::new(Mutex::new(0));
    let counting = count.clone();
    let tokens = TokenSource::callback(move || {
        let number = {
            let mut count = counting.lock().unwrap();
            *count += 1;
            *count
        };
        async move {
            sleep(Duration::from_secs(1)).await;
            let token = Token::new(format!("plainly-fake-token-{number}"));
            Ok::<_, std::io::Error>(token.expires_in(Duration::from_secs(100)))
        }
    });
    let calls = [(); 5].map(|()| tokio::spawn(call_with(&core(&net, &tokens), &READ)));
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(*count.lock().unwrap(), 1);
    sleep(Duration::from_secs(100)).await;
    read(&net, &tokens).await;
    assert_eq!(net.authorizations().last().unwrap(), "Bearer plainly-fake-token-2");
}

#[tokio::test(start_paused = true)]
async fn a_callback_that_fails_is_the_source_of_the_error() {
    let net = Net::answering([]);
    let tokens = TokenSource::callback(|| async {
        Err::<Token, _>(std::io::Error::other("the keyring is locked"))
    });
    let error = call_with(&core(&net, &tokens), &WRITE).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    let said = error.to_string();
    assert!(said.ends_with("the callback that gets the token failed; nothing was sent"), "{said}");
    assert!(format!("{error:?}").contains("the keyring is locked"), "{error:?}");
    for text in ["", "two words", "a\r\nb", "é"] {
        let tokens =
            TokenSource::callback(move || async move { Ok::<_, std::io::Error>(Token::new(text)) });
        let error = call_with(&core(&net, &tokens), &WRITE).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
        let said = error.to_string();
        assert!(said.contains("a token that is empty or has a character"), "{said}");
        assert!(text.is_empty() || !format!("{error:?}").contains(text), "{error:?}");
    }
    assert!(net.api_requests().is_empty());
}

/// This test uses reqwest and a server on this machine.
#[tokio::test]
async fn a_real_connection_gets_a_token_and_does_not_follow_redirects() {
    let server = Loopback::start().await;
    let core = |path: &str| {
        let login = ClientCredentials::new(format!("{}{path}", server.origin), "app", SECRET);
        let tokens = TokenSource::client_credentials(login).unwrap();
        builder(&tokens).origin(&server.origin).unwrap().build().unwrap()
    };
    let error = call_with(&core("/moved"), &READ).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    assert!(error.to_string().contains("redirects are never followed"), "{error}");
    assert_eq!(call_with(&core("/token"), &READ).await.unwrap(), 7);
    assert_eq!(
        *server.seen.lock().unwrap(),
        [
            "POST /moved Basic YXBwOnBsYWlubHkrZmFrZSUyQnNlY3JldA==",
            "POST /token Basic YXBwOnBsYWlubHkrZmFrZSUyQnNlY3JldA==",
            "GET /readings Bearer plainly-fake-token-1",
        ]
    );
}

/// Makes one call with each kind of source that uses a token endpoint. Checks that the call fails with the expected
/// error, and that nothing is sent to the API.
async fn check_failure(net: Net, expected: &str) {
    for tokens in [credentials(), TokenSource::refresh_token(refreshing()).unwrap()] {
        let error = call_with(&core(&net, &tokens), &WRITE).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
        let said = error.to_string();
        let expected = format!(
            "addReading (POST https://weather.example/readings): could not get a token: the token endpoint at \
             https://auth.example {expected}; nothing was sent"
        );
        assert_eq!(said, expected);
        let all = format!("{error:?}\n{error:#?}");
        for foreign in ["hunter2", "plainly", "weather:app", "tenant"] {
            assert!(!all.contains(foreign), "{foreign}: {all}");
        }
    }
    assert!(net.api_requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn every_bad_response_is_explained() {
    let huge = format!(r#"{{"access_token":"{}"}}"#, "hunter2".repeat(150_000));
    for (status, body, expected) in [
        (
            200,
            "<!doctype html><title>hunter2</title>",
            "sent HTML instead of JSON: check the token URL",
        ),
        (200, "", "sent an empty response"),
        (200, r#"{"token":"hunter2"}"#, "sent a response without `access_token`"),
        (200, "hunter2", "sent a response that isn't a JSON object"),
        (200, "{\"access_token\":\"hunter2", "sent a response that can't be read as JSON"),
        (
            200,
            r#"{"access_token":"hunter2","token_type":"mac hunter2"}"#,
            "sent a token whose `token_type` isn't `Bearer`, the only supported type",
        ),
        (200, &huge, "sent a response that is larger than 64 KiB"),
        (
            200,
            r#"{"access_token":"hunter2\r\nx-admin: 1"}"#,
            "sent an `access_token` with a character that isn't allowed in a header",
        ),
        (200, r#"{"access_token":"hunter2","expires_in":-5}"#, "sent a negative `expires_in`"),
        (
            200,
            r#"{"access_token":"hunter2","expires_in":"hunter2"}"#,
            "sent an `expires_in` that isn't a whole number of seconds",
        ),
        (
            200,
            r#"{"access_token":"hunter2","expires_in":0.5}"#,
            "sent an `expires_in` that isn't a whole number of seconds",
        ),
        (
            401,
            r#"{"error":"invalid_client","error_description":"hunter2"}"#,
            "responded with 401 Unauthorized (`invalid_client`): check the client id and the client secret",
        ),
        (400, r#"{"error":"you are hunter2"}"#, "responded with 400 Bad Request"),
        (502, "<h1>hunter2</h1>", "responded with 502 Bad Gateway"),
    ] {
        let answers = [(status, body.to_owned()), (status, body.to_owned())];
        check_failure(Net::answering(answers), expected).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_code_that_contains_a_secret_is_left_out() {
    let login = refreshing().client_secret("plainly-fake-client-secret");
    let tokens = TokenSource::refresh_token(login).unwrap();
    for secret in ["plainly-fake-refresh-0", "PLAINLY-FAKE-CLIENT-SECRET"] {
        let net = Net::answering([(400, format!(r#"{{"error":"{secret}"}}"#))]);
        let error = call_with(&core(&net, &tokens), &WRITE).await.unwrap_err();
        assert!(error.to_string().contains("responded with 400 Bad Request; nothing"), "{error}");
        assert!(!format!("{error:?} {error:#?}").contains(secret), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_of_the_transport_is_explained() {
    for (kind, expected) in [
        (TransportErrorKind::NoConnection, "can't be reached"),
        (TransportErrorKind::Timeout, "didn't respond in time"),
        (TransportErrorKind::Interrupted, "broke the connection before its response began"),
        (TransportErrorKind::Unsendable, "can't be called: the request to its URL is invalid"),
    ] {
        check_failure(Net::answering([]).failing(kind), expected).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed() {
    let net = Net::answering([(307, String::new()), (302, String::new())]);
    let tokens = credentials();
    for status in ["307 Temporary Redirect", "302 Found"] {
        let error = call_with(&core(&net, &tokens), &READ).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
        let expected = format!(
            "redirected with {status}, and redirects are never followed: set the token URL"
        );
        assert!(error.to_string().contains(&expected), "{error}");
        assert!(!error.to_string().contains("elsewhere"), "{error}");
    }
    assert_eq!((net.token_requests().len(), net.requests()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_token_ends_when_the_attempt_times_out() {
    let net = Net::answering([token("lost", None)]).taking(Duration::from_secs(86_400));
    let started = tokio::time::Instant::now();
    let call = call_with(&core(&net, &credentials()), &WRITE).timeout(Duration::from_secs(20));
    let error = call.await.unwrap_err();
    assert_eq!(started.elapsed(), Duration::from_secs(20));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    assert!(error.to_string().contains("waiting for the credential"), "{error}");
    assert!(net.api_requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn secrets_are_removed_from_responses() {
    let net = Net::answering([
        token("plainly-fake-token-1", Some(60)),
        token("plainly-fake-token-2", None),
    ]);
    let login = refreshing().client_secret("plainly-fake-client-secret");
    let tokens = TokenSource::refresh_token(login).unwrap();
    let echoing = |secret: &str| net.clone().responding(400, Duration::ZERO).saying(secret);
    let core = |net: &Net| core(net, &tokens);
    read(&net, &tokens).await;
    sleep(Duration::from_secs(60)).await;
    for secret in [
        "plainly-fake-token-1",
        "plainly-fake-token-2",
        "plainly-fake-refresh-0",
        "plainly-fake-client-secret",
    ] {
        let error = call_with(&core(&echoing(secret)), &READ).await.unwrap_err();
        assert_eq!(error.body().unwrap(), b"[redacted]", "{secret}");
    }
}

/// A slow response may echo the token that its request was sent with, no matter how many tokens have been received
/// since then.
#[tokio::test(start_paused = true)]
async fn the_token_that_was_sent_is_removed_from_a_late_response() {
    const LATER: usize = 6;
    let answers = (0..=LATER).map(|number| token(&format!("plainly-fake-{number}-token"), Some(1)));
    let net = Net::answering(answers);
    let tokens = credentials();
    let slow = net.clone().responding(400, Duration::from_secs(9)).saying("plainly-fake-0-token");
    let slow = call_with(&core(&slow, &tokens), &READ);
    let slow = tokio::spawn(slow);
    for _ in 0..LATER {
        sleep(Duration::from_millis(1100)).await;
        read(&net, &tokens).await;
    }
    let error = slow.await.unwrap().unwrap_err();
    assert_eq!(error.body().unwrap(), b"[redacted]");
}

#[test]
fn debug_does_not_show_secrets() {
    let sources = [
        credentials(),
        TokenSource::refresh_token(refreshing().client_secret(SECRET)).unwrap(),
        TokenSource::fixed("plainly-fake-token").unwrap(),
        TokenSource::callback(|| async { Ok::<_, std::io::Error>(Token::new("plainly-fake")) }),
    ];
    let mut shown = format!("{sources:?} {:?}", Token::new("plainly-fake-token"));
    shown += &format!("{:?} {:?}", login().parameter("name", "plainly-fake"), refreshing());
    for secret in ["plainly", "fake", "hunter2"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(
        format!("{:?}", sources[0]),
        r#"TokenSource { kind: "client credentials", token_endpoint: "https://auth.example", .. }"#
    );
}

#[test]
fn settings_are_checked_when_the_source_is_created() {
    let plain = ClientCredentials::new("http://auth.example/hunter2", "a", "b");
    for (login, expected) in [
        (plain, "the token URL is rejected: plain http is allowed only to this machine"),
        (ClientCredentials::new(URL, "", "b"), "the client id is empty"),
        (ClientCredentials::new(URL, "a", ""), "the client secret is empty"),
        (login().scopes(["a b"]), "a scope is empty, or contains a space"),
        (login().parameter("grant_type", "x"), "the client sets the `grant_type` parameter itself"),
        (
            login().parameter("client_secret", "x"),
            "the client sets the `client_secret` parameter itself",
        ),
        (login().parameter("", "x"), "the name of an additional parameter is empty"),
        (
            login().parameter("a", "x").parameter("a", "y"),
            "two additional parameters have the same name",
        ),
    ] {
        let error = TokenSource::client_credentials(login).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
        assert!(!format!("{error:?} {error:#?}").contains("hunter2"), "{error:?}");
    }
    let empty = RefreshToken::new(URL, "a", "");
    let error = TokenSource::refresh_token(empty).unwrap_err();
    assert_eq!(error, SetupError::Empty("refresh token"));
    assert_eq!(TokenSource::fixed("").unwrap_err(), SetupError::Empty("token"));
    assert_eq!(TokenSource::fixed("Bearer abc").unwrap_err(), SetupError::Token);
}

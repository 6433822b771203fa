//! Tests that pages are up to date where they repeat a number from the code.

use mileston_tests::documents::counts::Constant;

use crate::repository::read_file;

const PERFORMANCE: &str = "docs/performance.md";
const FRONTEND: &str = "docs/frontend.md";
const PAID: &str = "docs/paid.md";
const RECOVERY: &str = "docs/recovery.md";
const RELIABILITY: &str = "docs/reliability.md";
const SANDBOX: &str = "docs/sandbox.md";
const SANDBOX_README: &str = "mileston-sandbox/README.md";

const POLICY: &str = "runtime/src/retry/policy.rs";
const BUILDER: &str = "runtime/src/settings.rs";
const WAIT: &str = "mileston-api/src/wait.rs";
const SERVING: &str = "mileston-sandbox/src/serving.rs";
const OPTIMISE: &str = "wasm-build/src/frontend/optimise.rs";
const SCHEDULE: &str = "mileston-sandbox/src/webhooks/schedule.rs";
const SETTINGS: &str = "mileston-sandbox/src/webhooks/settings.rs";

const fn says(
    page: &'static str,
    words: &'static str,
    file: &'static str,
    code: &'static str,
) -> Constant {
    Constant { page, words, file, code }
}

const CONSTANTS: &[Constant] = &[
    says(
        PERFORMANCE,
        "187,500 bytes (gzipped).",
        "tests/tests/frontend.rs",
        "const MAX_GZIP: u64 = 187_500;",
    ),
    says(FRONTEND, "`--low-memory-unused`", OPTIMISE, "\"--low-memory-unused\","),
    says(
        FRONTEND,
        "`--one-caller-inline-max-function-size=20`",
        OPTIMISE,
        "\"--one-caller-inline-max-function-size=20\",",
    ),
    says(FRONTEND, "`--reorder-functions-by-name`", OPTIMISE, "\"--reorder-functions-by-name\","),
    says(PERFORMANCE, "takes 5.9 to 9.1 times", PERFORMANCE, "| **5.9** |"),
    says(PERFORMANCE, "takes 5.9 to 9.1 times", PERFORMANCE, "| **9.1** |"),
    says(
        PAID,
        "at most 12 requests in the first minute and 8 in each later one. It sends at most 84 in total, and 57 on average",
        "mileston-api/src/wait/pace.rs",
        "assert_eq!(figures(0.0), (12, 84), \"at most\"); assert_eq!(figures(0.5), (9, 57)",
    ),
    says(
        RECOVERY,
        "There are up to two retries, so up to three attempts.",
        POLICY,
        "RetryPolicy::new(2)",
    ),
    says(RECOVERY, "a quarter of a second", POLICY, "base_delay: Duration::from_millis(250),"),
    says(RECOVERY, "up to five seconds", POLICY, "max_delay: Duration::from_secs(5),"),
    says(RECOVERY, "up to ten seconds", POLICY, "max_retry_after: Duration::from_secs(10),"),
    says(RECOVERY, "a budget of 20 retries", BUILDER, "retry_budget: 20,"),
    says(
        RECOVERY,
        "`total_timeout` (30 seconds)",
        BUILDER,
        "total_timeout: Duration::from_secs(30),",
    ),
    says(RECOVERY, "may take (10 seconds)", BUILDER, "connect_timeout: Duration::from_secs(10),"),
    says(RECOVERY, "at a read has 10 seconds", POLICY, "attempt_timeout: Duration::from_secs(10),"),
    says(PAID, "gives up after ten minutes", WAIT, "deadline: Duration::from_secs(600),"),
    says(PAID, "pauses of 2 seconds", WAIT, "first: Duration::from_secs(2),"),
    says(PAID, "by half each time, up to 15 seconds", WAIT, "longest: Duration::from_secs(15),"),
    says(
        RECOVERY,
        "100 requests a minute, 1000 an hour and 10 000 a day",
        "mileston-api/src/rate_limits.rs",
        "(100, Duration::from_secs(60)),\n    (1_000, Duration::from_secs(60 * 60)),\n    (10_000, Duration::from_secs(24 * 60 * 60)),",
    ),
    says(
        RELIABILITY,
        "kept for 4 seconds",
        "runtime/src/transport/native.rs",
        "IDLE: Duration = Duration::from_secs(4);",
    ),
    says(
        RECOVERY,
        "as many records as requested (1000)",
        "mileston-api/src/reconcile/snapshot.rs",
        "LIMIT: u32 = 1000;",
    ),
    says(
        "docs/webhooks.md",
        "1 MiB",
        "mileston-api/src/webhook/wire.rs",
        "MAX_BODY_BYTES: usize = 1 << 20;",
    ),
    says(SANDBOX, "the last 500", "mileston-sandbox/src/log/ring.rs", "CAPACITY: usize = 500;"),
    says(SANDBOX, "10000 on each", "mileston-sandbox/src/store/wallets.rs", "START: u32 = 10_000;"),
    says(
        SANDBOX,
        "at most 1 MiB, otherwise 413",
        "mileston-sandbox/src/runtime/body.rs",
        "LIMIT: usize = 1 << 20;",
    ),
    says(SANDBOX, "64 KiB and 100 headers", SERVING, "HEAD_BYTES: usize = 64 << 10;"),
    says(SANDBOX, "64 KiB and 100 headers", SERVING, "HEADERS: usize = 100;"),
    says(SANDBOX, "at most 1024; further connections", SERVING, "CONNECTIONS: usize = 1024;"),
    says(
        SANDBOX,
        "head takes more than 30 seconds",
        SERVING,
        "HEAD_TIME: Duration = Duration::from_secs(30);",
    ),
    says(SANDBOX, "is after 1 second. Each later", SETTINGS, "first_wait: Duration::from_secs(1),"),
    says(SANDBOX, "10 attempts in 8½ minutes", SCHEDULE, "MAX_ATTEMPTS: u32 = 10;"),
    says(SANDBOX, "timeout** is 10 seconds", SETTINGS, "timeout: Duration::from_secs(10),"),
    says(
        SANDBOX,
        "up to 8 deliveries go to an endpoint at once",
        SCHEDULE,
        "MAX_CONCURRENT: u32 = 8;",
    ),
    says(SANDBOX, "After 3 failed rounds in a row", SCHEDULE, "FAILURES_TO_PAUSE: u32 = 3;"),
    says(
        SANDBOX_README,
        "There can be at most 100 rules",
        "mileston-sandbox/src/faults/limits.rs",
        "MAX_RULES: usize = 100;",
    ),
    says(
        SANDBOX_README,
        "webhooks: 16 for each",
        "mileston-sandbox/src/store/webhooks.rs",
        "MAX_WEBHOOKS: u32 = 16;",
    ),
    says(
        SANDBOX_README,
        "100 requests a minute, 1000 an hour and 10000 a day",
        "mileston-sandbox/src/rate_limits/settings.rs",
        "RateLimits::new(100, Duration::from_secs(60)).and(1000, hour).and(10_000, 24 * hour)",
    ),
];

#[test]
fn every_repeated_number_matches_the_code() {
    let problem = |constant: &Constant| {
        constant.problem(&read_file(constant.page), &read_file(constant.file))
    };
    let problems: Vec<String> = CONSTANTS.iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

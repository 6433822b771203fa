//! Reads the sandbox's request log. It shows which requests arrived, regardless of what the clients
//! report.

use std::collections::BTreeMap;

use mileston_api::reqwest;
use serde::Deserialize;

/// Reads the log of a sandbox. Each read returns only the requests since the previous read. The log
/// keeps only 500 requests, so read it often.
pub(crate) struct Log {
    http: reqwest::Client,
    url: String,
    read: u64,
    /// How many times each status was returned.
    pub(crate) statuses: BTreeMap<u16, u32>,
}

#[derive(Deserialize)]
struct Answer {
    counted: u64,
    requests: Vec<Request>,
}

#[derive(Deserialize)]
struct Request {
    operation: Option<String>,
    status: Option<u16>,
}

impl Log {
    pub(crate) fn new(sandbox: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{sandbox}/_sandbox/requests");
        Log { http, url, read: 0, statuses: BTreeMap::new() }
    }

    pub(crate) async fn read(&mut self) {
        let url = format!("{}?after={}", self.url, self.read);
        let response = self.http.get(url).header("mileston-sandbox", "trial").send().await;
        let text = response.unwrap().text().await.unwrap();
        let answer: Answer = serde_json::from_str(&text).unwrap();
        let missed = answer.counted - self.read - u64::try_from(answer.requests.len()).unwrap();
        assert_eq!(missed, 0, "the log was read too late");
        self.read = answer.counted;
        for request in answer.requests {
            if let (Some(_), Some(status)) = (request.operation, request.status) {
                *self.statuses.entry(status).or_default() += 1;
            }
        }
    }

    pub(crate) fn count(&self, status: u16) -> u32 {
        self.statuses.get(&status).copied().unwrap_or_default()
    }
}

//! Selects the operations to call: for each tag, those whose requests have the most for Prism to validate.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use mileston_tests::tools;

use crate::calls;
use crate::clients::Client;
use crate::credentials::credentials;
use crate::document::Operation;
use crate::methods::Method;
use crate::program::Call;
use crate::samples::Samples;

/// An operation to call.
pub(crate) struct Task<'c> {
    pub(crate) client: &'c Client,
    pub(crate) operation: Operation<'c>,
    /// The operation's constant in the catalogue.
    constant: String,
    /// The credentials, as an expression.
    credentials: String,
    pub(crate) samples: Samples,
}

/// Returns the client's operations that the test calls: at most `of_tag` for each tag, in the document's order.
/// `samples` contains the samples of all operations.
pub(crate) fn chosen(client: &Client, samples: Vec<Samples>, of_tag: usize) -> Vec<Task<'_>> {
    let all = client.generated().into_iter().zip(samples);
    let mut tags: BTreeMap<&str, Vec<(usize, Task<'_>)>> = BTreeMap::new();
    for (at, ((operation, row), samples)) in all.enumerate() {
        let requirement = client.requirement(&operation);
        let Some(credentials) = credentials(client.files(), &requirement) else {
            let title = operation.title();
            let name = &client.document.name;
            tools::say(&format!("Prism: {name}: SKIPPED: {title}: its credential isn't text"));
            continue;
        };
        let task = Task { client, operation, constant: row.constant, credentials, samples };
        tags.entry(task.tag()).or_default().push((at, task));
    }
    let mut chosen = BTreeMap::new();
    for mut tasks in tags.into_values() {
        tasks.sort_by_key(|(_, task)| Reverse(task.weight()));
        chosen.extend(tasks.into_iter().take(of_tag));
    }
    chosen.into_values().collect()
}

impl<'c> Task<'c> {
    /// Returns the operation's name for messages.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.client.document.name, self.operation.title())
    }

    /// Returns the first tag of the operation, or an empty string.
    pub(crate) fn tag(&self) -> &'c str {
        self.operation.raw["tags"][0].as_str().unwrap_or_default()
    }

    /// Returns a priority. A body increases it. A body that Prism validates increases it more, and a validated body
    /// that isn't JSON increases it most. Parameters outside the path also increase it.
    fn weight(&self) -> usize {
        let body =
            self.samples.body.as_ref().map_or(0, |body| match (body.validates, body.is_json) {
                (false, _) => 1,
                (true, true) => 2,
                (true, false) => 4,
            });
        body * 2 + usize::from(self.samples.parameters.iter().any(|it| it.location != "path"))
    }

    /// Returns the path of the operation's server.
    pub(crate) fn base(&self) -> &str {
        self.operation.path.strip_suffix(self.operation.template).unwrap_or_default()
    }

    /// Returns the call with the samples, or the reason why it can't be written.
    pub(crate) fn call(&self, number: usize) -> Result<Call, String> {
        let method = Method::of(self.client.files(), &self.constant);
        Ok(Call {
            number,
            module: self.client.document.module(),
            credentials: self.credentials.clone(),
            call: calls::call(&method, &self.samples)?,
            imports: method.imports,
        })
    }
}

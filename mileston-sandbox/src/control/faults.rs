//! Lists, adds and removes fault rules.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::faults::{Fault, FaultError, Faults, Listed, Schedule};
use crate::runtime::{Incoming, Refusal};

/// A fault, and the calls that it applies to; by default, only the next call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    fault: String,
    #[serde(default = "all")]
    operation: String,
    times: Option<u64>,
    every: Option<u64>,
    probability: Option<f64>,
    seed: Option<u64>,
}

fn all() -> String {
    "*".to_owned()
}

/// A rule.
#[derive(Serialize)]
pub(super) struct Rule {
    id: u64,
    operation: &'static str,
    fault: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    seen: u64,
    made: u64,
}

/// All rules, oldest first.
#[derive(Serialize)]
pub(super) struct Rules {
    faults: Vec<Rule>,
}

/// The number of removed rules.
#[derive(Serialize)]
pub(super) struct Removed {
    removed: usize,
}

pub(super) async fn list(State(faults): State<Arc<Faults>>) -> Json<Rules> {
    Json(Rules { faults: faults.list().iter().map(Rule::of).collect() })
}

pub(super) async fn add(
    State(faults): State<Arc<Faults>>,
    incoming: Incoming,
) -> Result<(StatusCode, Json<Rule>), Refusal> {
    let order = incoming.body::<Order>()?;
    let schedule = order.schedule()?;
    let fault = order.fault.parse::<Fault>().map_err(|error| refuse("fault", error))?;
    let added = faults.add(fault, &order.operation, schedule);
    let (listed, _) = added.map_err(|error| match error {
        FaultError::Full => Refusal::conflict(format!("{error}.")),
        FaultError::Operation => refuse("operation", error),
        error => refuse("fault", error),
    })?;
    Ok((StatusCode::CREATED, Json(Rule::of(&listed))))
}

pub(super) async fn clear(State(faults): State<Arc<Faults>>) -> Json<Removed> {
    Json(Removed { removed: faults.clear() })
}

pub(super) async fn remove(
    State(faults): State<Arc<Faults>>,
    incoming: Incoming,
) -> Result<Json<Removed>, Refusal> {
    if faults.remove(incoming.path("id")?) {
        return Ok(Json(Removed { removed: 1 }));
    }
    Err(Refusal::not_found("No rule has this id. The rule may have been removed or used up."))
}

impl Order {
    fn schedule(&self) -> Result<Schedule, Refusal> {
        let schedule = match (self.times, self.every, self.probability, self.seed) {
            (None, None, None, None) => Ok(Schedule::Times(1)),
            (Some(times), None, None, None) => Ok(Schedule::Times(times)),
            (None, Some(every), None, None) => Ok(Schedule::Every(every)),
            (None, None, Some(probability), seed) => {
                Ok(Schedule::Chance { probability, seed: seed.unwrap_or_default() })
            }
            _ => Err(
                "give one of `times`, `every` and `probability`; `seed` is only for `probability`"
                    .to_owned(),
            ),
        };
        let schedule =
            schedule.and_then(|schedule| schedule.check().map_err(|error| error.to_string()));
        schedule.map_err(|mistake| Refusal::invalid([mistake]))
    }
}

impl Rule {
    fn of(listed: &Listed) -> Self {
        let Listed { number, operation, fault, schedule, seen, made } = *listed;
        let (mut times, mut every, mut chance) = (None, None, None);
        match schedule {
            Schedule::Times(count) => times = Some(count),
            Schedule::Every(count) => every = Some(count),
            Schedule::Chance { probability, seed } => chance = Some((probability, seed)),
        }
        let (probability, seed) = chance.unzip();
        Rule {
            id: number,
            operation,
            fault: fault.to_string(),
            times,
            every,
            probability,
            seed,
            seen,
            made,
        }
    }
}

fn refuse(field: &str, error: FaultError) -> Refusal {
    Refusal::invalid([format!("{field}: {error}")])
}

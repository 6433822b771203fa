//! Decides what happens to a write. The functions are pure: they neither read nor store anything.

use std::time::Duration;

use mileston_api::{Error, ErrorKind, Outcome};

use super::intent::{Look, Sent};

/// What happens to a write whose record isn't in the platform's list, although the list is complete and was checked
/// several times.
///
/// The platform doesn't document how soon a list contains a new record, so a missing record doesn't prove that the
/// write wasn't executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IfNotSeen {
    /// A person decides.
    AskPerson,
    /// The write is sent again. If the first request was executed after all, the platform then has two records with the
    /// same name. So when the platform confirms the second request, a worker looks at the list again. If the list
    /// contains both records, the write ends as [`Decision::NeedsPerson`].
    SendAgain,
}

/// How a write ended, if it has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// The write was executed.
    Done {
        /// The id of the record, if the platform reported it.
        record: Option<String>,
    },
    /// The platform or the client rejected the write, or a person decided that it wasn't executed.
    Refused {
        /// Why the write was rejected.
        reason: String,
    },
    /// It can't be determined automatically whether the write was executed.
    NeedsPerson {
        /// Why a person has to decide.
        reason: String,
    },
    /// The outcome isn't decided yet. A [`Worker`](super::Worker) continues with the write.
    Undecided,
}

/// What to store next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Decided(Decision),
    /// The write certainly wasn't executed, and may be sent after this time.
    Ready {
        after: Duration,
        /// Why the write wasn't executed.
        reason: String,
    },
    /// Look at the list after this time.
    Look {
        after: Duration,
        /// Whether the platform has confirmed the write.
        executed: bool,
    },
    /// Send the write again now.
    SendAgain,
}

impl Next {
    /// Returns how the write ended, if it has ended.
    pub(super) fn decision(&self) -> Decision {
        match self {
            Next::Decided(decision) => decision.clone(),
            Next::Ready { .. } | Next::Look { .. } | Next::SendAgain => Decision::Undecided,
        }
    }

    /// Returns the outcome to combine with the stored decision if another process has claimed the write.
    pub(super) fn late_outcome(&self) -> Decision {
        match self {
            Next::Look { executed: true, .. } => Decision::Done { record: None },
            _ => self.decision(),
        }
    }
}

/// What is known about a write's earlier requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Earlier {
    /// The number of consecutive failed attempts by workers to send the write. None of them executed the write.
    pub(super) attempts: u32,
    /// Whether any earlier request may have been executed.
    pub(super) in_doubt: bool,
}

/// The number of looks at a complete list without the record after which [`IfNotSeen`] decides what happens.
const LOOKS: u32 = 3;

/// How many times a write is sent before a person is asked.
const SENDS: u32 = 5;

/// The number of attempts after which a person is asked about a write that can't be sent: with the default pauses,
/// about a day.
pub(super) const ATTEMPTS: u32 = 1_440;

/// The number of looks at a complete list after which a person is asked about a write that the platform confirmed, but
/// whose record isn't in the list.
const PATIENCE: u32 = 8;

/// The number of looks at an incomplete list after which a person is asked: with the default pauses, about an hour. By
/// then, the list has usually grown past the length that made it look truncated, or the record has been found.
const PATIENCE_IF_INCOMPLETE: u32 = 64;

/// Decides what to store after a request.
pub(super) fn after_send(result: &Result<Sent, Error>, earlier: Earlier, pauses: Pauses) -> Next {
    let Earlier { attempts, in_doubt } = earlier;
    let look = |executed| Next::Look { after: pauses.after(0), executed };
    let error = match result {
        // If an earlier request was executed too, the list contains both records.
        Ok(Sent { record: Some(_) }) if in_doubt => return look(true),
        Ok(Sent { record: Some(record) }) => {
            return Next::Decided(Decision::Done { record: Some(record.clone()) });
        }
        Ok(Sent { record: None }) => return look(true),
        Err(error) => error,
    };
    match error.outcome() {
        Outcome::NotSent | Outcome::Refused if may_succeed_later(error) => {
            let after = error.retry_after().unwrap_or(pauses.after(attempts));
            match attempts < ATTEMPTS {
                true => Next::Ready { after, reason: error.to_string() },
                false => Next::Decided(Decision::NeedsPerson {
                    reason: format!("the write couldn't be sent in {ATTEMPTS} attempts: {error}"),
                }),
            }
        }
        Outcome::NotSent | Outcome::Refused if in_doubt => Next::Decided(Decision::NeedsPerson {
            reason: format!(
                "an earlier request may have been executed, and the write couldn't be sent again: {error}"
            ),
        }),
        Outcome::NotSent | Outcome::Refused => {
            Next::Decided(Decision::Refused { reason: error.to_string() })
        }
        Outcome::Executed => look(true),
        // A later version of `Outcome` may have more variants. Treat them as unknown.
        _ => look(false),
    }
}

/// Returns whether the same request can succeed later, for example because the connection failed, there were too many
/// requests, or the key was invalid and may be replaced.
fn may_succeed_later(error: &Error) -> bool {
    match error.status() {
        Some(status) => matches!(status.as_u16(), 401 | 429),
        None => error.kind() != ErrorKind::InvalidArgument,
    }
}

/// What the looks at the platform's list have shown about a write with an unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The number of looks since the write was sent, including this one.
    pub(super) looks: u32,
    /// How many of these looks found a complete list without the record.
    pub(super) unseen: u32,
    /// Whether the platform has confirmed the write.
    pub(super) executed: bool,
    /// How many times the write was sent.
    pub(super) sends: u32,
}

/// Decides what to store after a look at the list.
pub(super) fn after_look(
    look: &Result<Look, Error>,
    seen: Seen,
    policy: IfNotSeen,
    pauses: Pauses,
) -> Next {
    let Seen { looks, unseen, executed, sends } = seen;
    let again = Next::Look { after: pauses.after(looks), executed };
    let person = |reason: &str| Next::Decided(Decision::NeedsPerson { reason: reason.to_owned() });
    match look {
        Ok(Look::Found(record)) => Next::Decided(Decision::Done { record: Some(record.clone()) }),
        Ok(Look::NoList) if executed => Next::Decided(Decision::Done { record: None }),
        Ok(Look::NoList) => {
            person("no response arrived, and the platform has no list of such records")
        }
        Ok(Look::Candidates(records)) => person(&format!(
            "each of these records could be the one that was created: {}",
            records.join(", ")
        )),
        Ok(Look::NotSeen { complete: true }) if executed && unseen >= PATIENCE => {
            person("the platform confirmed the write, but doesn't list its record")
        }
        Ok(Look::NotSeen { complete: true }) if !executed && unseen >= LOOKS => match policy {
            IfNotSeen::SendAgain if sends < SENDS => Next::SendAgain,
            IfNotSeen::SendAgain => {
                person("the write was sent several times, and the platform never listed its record")
            }
            IfNotSeen::AskPerson => {
                person("no response arrived, and the platform doesn't list the record")
            }
        },
        Ok(Look::NotSeen { complete: false }) if looks >= PATIENCE_IF_INCOMPLETE => {
            person("the platform's list may be incomplete, and doesn't contain the record")
        }
        Ok(Look::NotSeen { .. }) => again,
        // An error while looking at the list says nothing about the write.
        Err(_) if looks < ATTEMPTS => again,
        Err(error) => person(&format!("the platform's list can't be read: {error}")),
    }
}

/// Handles an outcome that arrives only after the write has already been decided. Returns the decision to store
/// instead, or `None` if the stored decision is still right.
pub(super) fn late(sent: &Decision, stored: &Decision) -> Option<Decision> {
    let Decision::Done { record } = sent else { return None };
    let record = record.as_deref();
    let known = record.map_or_else(String::new, |record| format!(" as {record}"));
    let reason = match stored {
        // If either id is missing, both outcomes are assumed to refer to the same record.
        Decision::Done { record: other } => match (record, other) {
            (Some(record), Some(other)) if record != other => {
                format!("the write was executed twice, as {other} and as {record}")
            }
            _ => return None,
        },
        Decision::Refused { reason } => {
            format!("the write was executed{known} after it had been recorded as refused: {reason}")
        }
        Decision::NeedsPerson { reason } => {
            format!("{reason}; later, the write was executed{known}")
        }
        Decision::Undecided => return None,
    };
    Some(Decision::NeedsPerson { reason })
}

/// The pauses before the next look, or the next attempt to send: each is twice as long as the one before it, up to 60
/// times the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pauses {
    pub(super) first: Duration,
}

impl Default for Pauses {
    fn default() -> Self {
        Pauses { first: Duration::from_secs(1) }
    }
}

impl Pauses {
    pub(super) fn after(self, times: u32) -> Duration {
        self.first.saturating_mul(1 << times.min(6)).min(self.first.saturating_mul(60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT_SEEN: Look = Look::NotSeen { complete: true };

    fn decided(look: Look, looks: u32, executed: bool, policy: IfNotSeen) -> Next {
        let seen = Seen { looks, unseen: looks, executed, sends: 1 };
        after_look(&Ok(look), seen, policy, Pauses::default())
    }

    fn sent(result: Result<Sent, Error>) -> Next {
        after_send(&result, Earlier::default(), Pauses::default())
    }

    fn sent_again(result: Result<Sent, Error>) -> Next {
        let earlier = Earlier { attempts: 0, in_doubt: true };
        after_send(&result, earlier, Pauses::default())
    }

    #[test]
    fn a_write_is_sent_again_only_after_several_complete_lists_without_it() {
        for looks in 1..LOOKS {
            let next = decided(NOT_SEEN, looks, false, IfNotSeen::SendAgain);
            assert!(matches!(next, Next::Look { executed: false, .. }), "{looks}: {next:?}");
        }
        assert_eq!(decided(NOT_SEEN, LOOKS, false, IfNotSeen::SendAgain), Next::SendAgain);
        let next = decided(NOT_SEEN, LOOKS, false, IfNotSeen::AskPerson);
        assert!(matches!(next, Next::Decided(Decision::NeedsPerson { .. })), "{next:?}");
    }

    #[test]
    fn looks_that_failed_or_saw_a_part_of_the_list_do_not_count() {
        let seen = Seen { looks: 50, unseen: LOOKS - 1, executed: false, sends: 1 };
        let next = after_look(&Ok(NOT_SEEN), seen, IfNotSeen::SendAgain, Pauses::default());
        assert!(matches!(next, Next::Look { .. }), "{next:?}");
    }

    #[test]
    fn a_list_that_cannot_be_read_for_a_day_needs_a_person() {
        let failed = Err(Error::new(ErrorKind::NoResponse));
        let seen = Seen { looks: ATTEMPTS, unseen: 0, executed: false, sends: 1 };
        let next = after_look(&failed, seen, IfNotSeen::SendAgain, Pauses::default());
        assert!(matches!(next, Next::Decided(Decision::NeedsPerson { .. })), "{next:?}");
    }

    #[test]
    fn a_write_is_not_sent_again_endlessly() {
        let seen = Seen { looks: LOOKS, unseen: LOOKS, executed: false, sends: SENDS };
        let next = after_look(&Ok(NOT_SEEN), seen, IfNotSeen::SendAgain, Pauses::default());
        assert!(matches!(next, Next::Decided(Decision::NeedsPerson { .. })), "{next:?}");
    }

    #[test]
    fn a_confirmed_write_is_never_sent_again() {
        for looks in 1..100 {
            for look in [NOT_SEEN, Look::NotSeen { complete: false }, Look::NoList] {
                let next = decided(look, looks, true, IfNotSeen::SendAgain);
                assert_ne!(next, Next::SendAgain, "{looks}");
            }
        }
    }

    #[test]
    fn an_incomplete_list_never_leads_to_a_second_write() {
        for looks in 1..100 {
            let look = Look::NotSeen { complete: false };
            assert_ne!(decided(look, looks, false, IfNotSeen::SendAgain), Next::SendAgain);
        }
    }

    #[test]
    fn a_failed_look_decides_nothing() {
        for looks in 1..100 {
            let failed = Err(Error::new(ErrorKind::NoResponse));
            let seen = Seen { looks, unseen: 0, executed: false, sends: 1 };
            let next = after_look(&failed, seen, IfNotSeen::SendAgain, Pauses::default());
            assert!(matches!(next, Next::Look { .. }), "{next:?}");
        }
    }

    #[test]
    fn an_invalid_argument_is_not_tried_again() {
        let next = sent(Err(Error::invalid_argument("amount")));
        assert!(matches!(next, Next::Decided(Decision::Refused { .. })), "{next:?}");
    }

    #[test]
    fn a_success_without_an_id_leads_to_a_look() {
        let next = sent(Ok(Sent { record: None }));
        assert!(matches!(next, Next::Look { executed: true, .. }), "{next:?}");
    }

    #[test]
    fn a_write_that_was_sent_again_is_looked_for_once_more() {
        let created = || Ok(Sent { record: Some("a".to_owned()) });
        assert!(matches!(sent(created()), Next::Decided(Decision::Done { .. })));
        let next = sent_again(created());
        assert!(matches!(next, Next::Look { executed: true, .. }), "{next:?}");
    }

    /// The first request may have been executed, although the second one was rejected.
    #[test]
    fn a_rejection_of_the_second_request_does_not_refuse_the_write() {
        let rejected = || Err(Error::invalid_argument("amount"));
        assert!(matches!(sent(rejected()), Next::Decided(Decision::Refused { .. })));
        let next = sent_again(rejected());
        assert!(matches!(next, Next::Decided(Decision::NeedsPerson { .. })), "{next:?}");
    }

    #[test]
    fn a_late_confirmation_without_a_record_is_not_lost() {
        let late_outcome = sent(Ok(Sent { record: None })).late_outcome();
        let refused = Decision::Refused { reason: "cancelled".to_owned() };
        let decision = late(&late_outcome, &refused);
        assert!(matches!(decision, Some(Decision::NeedsPerson { .. })), "{decision:?}");
    }

    #[test]
    fn a_write_that_was_executed_twice_needs_a_person() {
        let done = |record: &str| Decision::Done { record: Some(record.to_owned()) };
        let doubled = late(&done("a"), &done("b"));
        let Some(Decision::NeedsPerson { reason }) = doubled else { panic!("{doubled:?}") };
        assert_eq!(reason, "the write was executed twice, as b and as a");
        let refused = Decision::Refused { reason: "cancelled".to_owned() };
        let late_success = late(&done("a"), &refused);
        assert!(matches!(late_success, Some(Decision::NeedsPerson { .. })), "{late_success:?}");
        assert_eq!(late(&done("a"), &done("a")), None);
        assert_eq!(late(&refused, &done("a")), None);
        assert_eq!(late(&Decision::Undecided, &done("a")), None);
    }

    #[test]
    fn a_write_that_cannot_be_sent_for_a_day_needs_a_person() {
        let failed = Err(Error::new(ErrorKind::RateLimited));
        let next = |attempts| {
            after_send(&failed, Earlier { attempts, in_doubt: false }, Pauses::default())
        };
        assert!(matches!(next(ATTEMPTS - 1), Next::Ready { .. }), "{:?}", next(ATTEMPTS - 1));
        let Next::Decided(Decision::NeedsPerson { .. }) = next(ATTEMPTS) else {
            panic!("{:?}", next(ATTEMPTS))
        };
    }

    #[test]
    fn the_pause_after_the_first_look_is_twice_the_first_pause() {
        let pauses = Pauses { first: Duration::from_secs(3) };
        let lost = after_send(&Err(Error::new(ErrorKind::Interrupted)), Earlier::default(), pauses);
        assert_eq!(lost, Next::Look { after: pauses.first, executed: false });
        let seen = Seen { looks: 1, unseen: 1, executed: false, sends: 1 };
        let next = after_look(&Ok(NOT_SEEN), seen, IfNotSeen::AskPerson, pauses);
        assert_eq!(next, Next::Look { after: 2 * pauses.first, executed: false });
    }

    #[test]
    fn pauses_grow_to_a_minute() {
        let pauses: Vec<u64> =
            (0..8).map(|times| Pauses::default().after(times).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}

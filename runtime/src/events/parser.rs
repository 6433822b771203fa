//! Splits a stream of bytes into server-sent events, as specified in the HTML standard (section 9.2.6). Pure.

use std::time::Duration;

use bytes::{Buf as _, Bytes};

/// An event as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    /// The type of the event, or an empty string if the server didn't name one.
    pub(super) event: String,
    pub(super) data: String,
    pub(super) id: String,
    pub(super) retry: Option<Duration>,
}

/// The maximum number of bytes in an id. Ids are limited because a client that reconnects sends the last id in a
/// header, and because each later event contains a copy of the id.
pub(super) const LONGEST_ID: usize = 8192;

/// Why the stream ended with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// An event is larger than the limit.
    TooLarge,
    /// An id is longer than [`LONGEST_ID`].
    LongId,
    NotUtf8,
    /// The stream ended inside an event.
    Incomplete,
}

/// The bytes that have arrived, except those of events that were already returned.
pub(super) struct Parser {
    limit: usize,
    /// The bytes that aren't parsed yet.
    rest: Bytes,
    /// The start of a line whose end hasn't arrived yet.
    line: Vec<u8>,
    event: RawEvent,
    has_data: bool,
    /// Whether the last byte was a carriage return. If so, the parser skips a line feed that follows.
    after_return: bool,
    is_first_line: bool,
}

impl Parser {
    /// Creates a parser. `limit` is the maximum number of bytes in an event.
    pub(super) fn new(limit: usize) -> Self {
        Parser {
            limit,
            rest: Bytes::new(),
            line: Vec::new(),
            event: RawEvent::default(),
            has_data: false,
            after_return: false,
            is_first_line: true,
        }
    }

    /// Adds the next bytes. All events in the previous bytes must have been read.
    pub(super) fn feed(&mut self, bytes: Bytes) {
        self.rest = bytes;
    }

    /// Returns the next event, or `None` if it hasn't arrived yet.
    ///
    /// Events are returned one at a time. Each event contains a copy of the last id, so all events in a chunk together
    /// could be a thousand times as large as the chunk.
    pub(super) fn next(&mut self) -> Result<Option<RawEvent>, Problem> {
        loop {
            if self.after_return && !self.rest.is_empty() {
                self.after_return = false;
                let skipped = usize::from(self.rest.starts_with(b"\n"));
                self.rest.advance(skipped);
            }
            let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let part = self.rest.split_to(end.unwrap_or(self.rest.len()));
            self.extend(&part)?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            self.after_return = self.rest.get_u8() == b'\r';
            let line = std::mem::take(&mut self.line);
            let event = self.line(&line)?;
            // This reuses the memory of the line.
            self.line = line;
            self.line.clear();
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// Handles the end of the stream. The data that marks the end doesn't need an empty line after it.
    pub(super) fn finish(&mut self, end: Option<&str>) -> Result<(), Problem> {
        let line = std::mem::take(&mut self.line);
        let is_whole = line.is_empty();
        if end.is_some() {
            self.line(&line)?;
        }
        let is_end = self.has_data && end == Some(&*self.event.data);
        let is_comment = is_whole || line.starts_with(b":");
        match is_end || (is_comment && !self.has_data && self.event.event.is_empty()) {
            true => Ok(()),
            false => Err(Problem::Incomplete),
        }
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let RawEvent { event, data, id, retry: _ } = &self.event;
        let size = self.line.len() + event.len() + data.len() + id.len();
        if bytes.len() > self.limit.saturating_sub(size) {
            return Err(Problem::TooLarge);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn line(&mut self, line: &[u8]) -> Result<Option<RawEvent>, Problem> {
        let line = std::str::from_utf8(line).map_err(|_| Problem::NotUtf8)?;
        let line = match std::mem::take(&mut self.is_first_line) {
            true => line.strip_prefix('\u{feff}').unwrap_or(line),
            false => line,
        };
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "id" if value.len() > LONGEST_ID => return Err(Problem::LongId),
            "id" if !value.contains('\0') => value.clone_into(&mut self.event.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.event.retry = value.parse().ok().map(Duration::from_millis);
            }
            // The line is either a comment, which begins with a colon, or a field that the standard doesn't define.
            _ => {}
        }
        Ok(None)
    }

    /// Handles an empty line, which ends an event. A block without data isn't an event, but its id and retry time apply
    /// to the next event.
    fn dispatch(&mut self) -> Option<RawEvent> {
        if !std::mem::take(&mut self.has_data) {
            self.event.event.clear();
            return None;
        }
        let next = RawEvent { id: self.event.id.clone(), ..RawEvent::default() };
        Some(std::mem::replace(&mut self.event, next))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(event: &str, data: &str, id: &str) -> RawEvent {
        let [event, data, id] = [event, data, id].map(str::to_owned);
        RawEvent { event, data, id, retry: None }
    }

    fn parse(chunks: &[&[u8]]) -> (Vec<RawEvent>, Result<(), Problem>) {
        let (mut parser, mut events) = (Parser::new(1000), Vec::new());
        for chunk in chunks {
            parser.feed(Bytes::copy_from_slice(chunk));
            loop {
                match parser.next() {
                    Ok(Some(event)) => events.push(event),
                    Ok(None) => break,
                    Err(problem) => return (events, Err(problem)),
                }
            }
        }
        (events, parser.finish(None))
    }

    #[track_caller]
    fn check(text: &str, expected: &[RawEvent], end: Result<(), Problem>) {
        assert_eq!(parse(&[text.as_bytes()]), (expected.to_vec(), end), "{text:?}");
    }

    /// Tests the examples of the standard, section 9.2.6.
    #[test]
    fn the_examples_of_the_standard_are_parsed() {
        check("data: YHOO\ndata: +2\ndata: 10\n\n", &[event("", "YHOO\n+2\n10", "")], Ok(()));
        check(
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
            &[event("", "first event", "1"), event("", "second event", "")],
            Err(Problem::Incomplete),
        );
        check(
            "data\n\ndata\ndata\n\ndata:",
            &[event("", "", ""), event("", "\n", "")],
            Err(Problem::Incomplete),
        );
        check(
            "data:test\n\ndata: test\n\n",
            &[event("", "test", ""), event("", "test", "")],
            Ok(()),
        );
    }

    #[test]
    fn lines_end_with_any_of_three_line_endings() {
        for end in ["\n", "\r", "\r\n"] {
            let text = ["event: a", "data: 1", "", "data: 2", "", ""].join(end);
            check(&text, &[event("a", "1", ""), event("", "2", "")], Ok(()));
        }
    }

    #[test]
    fn a_block_without_data_is_not_an_event() {
        check("event: a\n\n: keep-alive\n\nid: 7\n\nother: x\n\n", &[], Ok(()));
        check("id: 7\n\ndata: a\n\n", &[event("", "a", "7")], Ok(()));
        check("id: a\0b\ndata: a\n\n", &[event("", "a", "")], Ok(()));
        let retry = RawEvent { retry: Some(Duration::from_millis(1500)), ..event("", "a", "") };
        check(
            "retry: 1500\ndata: a\n\nretry: 1.5\nretry: -1\ndata: a\n\n",
            &[retry, event("", "a", "")],
            Ok(()),
        );
        // A retry time counts even in a block without data.
        let retry = RawEvent { retry: Some(Duration::from_secs(3)), ..event("", "a", "") };
        check("retry: 3000\n\ndata: a\n\ndata: a\n\n", &[retry, event("", "a", "")], Ok(()));
        check("\u{feff}data: a\n\n", &[event("", "a", "")], Ok(()));
    }

    #[test]
    fn a_stream_that_ends_inside_an_event_is_reported() {
        for text in ["data: a", "data: a\n", "event: a\n", "da", "data: a\n\nda"] {
            let (_, end) = parse(&[text.as_bytes()]);
            assert_eq!(end, Err(Problem::Incomplete), "{text:?}");
        }
        for text in ["", "\n", ": comment", "id: 7\n", "data: a\n\n"] {
            assert_eq!(parse(&[text.as_bytes()]).1, Ok(()), "{text:?}");
        }
    }

    #[test]
    fn an_event_has_a_size_limit_and_must_be_utf8() {
        let (events, end) = parse(&[b"data: a\n\ndata: ", &[b'x'; 1000]]);
        assert_eq!((events.len(), end), (1, Err(Problem::TooLarge)));
        let many = "data: 0123456789\n".repeat(100);
        assert_eq!(parse(&[many.as_bytes()]).1, Err(Problem::TooLarge));
        assert_eq!(parse(&[b"data: \xff\n\n"]).1, Err(Problem::NotUtf8));
    }

    proptest! {
        #[test]
        fn the_size_of_the_chunks_makes_no_difference(text in "(data|id|event|retry|:)?[: a-c0-9é\r\n]{0,60}", cut in 0..60_usize) {
            let bytes = text.as_bytes();
            let (one, other) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(parse(&[one, other]), parse(&[bytes]));
        }
    }
}

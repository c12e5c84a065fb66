//! One row: a pattern, perhaps an event, and what the service or its engine said.
//!
//! Rows of the engine are held against the library's functions, rows recorded on the service against its operations
//! TestEventPattern and PutRule. A row of `service.jsonl` names both: `expect`, `message` and `complexity` are the
//! engine's, `aws_message` is the service's.

use eventbridge_sim::analysis::satisfy::{Answer, Arrays, Question, World, ask};
use eventbridge_sim::event::Event;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::pattern::{Pattern, PatternError, Score};

use crate::operation;

/// What stands before the reason in the service's own messages.
const SERVICE_PREFIX: &str = "Event pattern is not valid. Reason: ";

/// Who said what a row expects.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The engine alone.
    Engine,
    /// The engine, and the service where it is named.
    Both,
    /// The service alone.
    Service,
}

pub struct Row {
    pub id: String,
    pattern: String,
    event: Option<String>,
    expect: String,
    /// The engine's reason; in a row of the service alone, its message.
    message: Option<String>,
    aws_message: Option<String>,
    code: Option<String>,
    complexity: Option<u32>,
}

impl Row {
    pub fn parse(line: &str) -> Result<Row, String> {
        let row = json::parse(line).map_err(|error| error.to_string())?;
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(fill);
        let shown = |name: &str| row.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), fill));
        Ok(Row {
            id: text("id").ok_or("a row without id")?,
            pattern: text("pattern").ok_or("a row without pattern")?,
            event: text("event"),
            expect: shown("expect").ok_or("a row without expectation")?,
            message: text("message"),
            // One recording puts these names where account-dependent text stood.
            aws_message: text("aws_message")
                .map(|text| text.replace("<partition>", "aws").replace("<region>", "us-east-1")),
            code: text("code"),
            complexity: shown("complexity")
                .map(|text| text.parse())
                .transpose()
                .map_err(|_| "complexity is no number")?,
        })
    }

    /// What is wrong, if anything.
    pub fn run(&self, origin: Origin) -> Result<(), String> {
        if origin != Origin::Service {
            self.run_library()?;
        }
        if origin != Origin::Engine {
            self.run_operations(origin)?;
        }
        Ok(())
    }

    fn run_library(&self) -> Result<(), String> {
        let pattern = match Pattern::parse(&self.pattern) {
            Ok(pattern) => pattern,
            Err(error) => {
                same("verdict", &self.expect, "error").map_err(|wrong| format!("{wrong} ({})", error.reason()))?;
                return self.message.as_ref().map_or(Ok(()), |wanted| same_message(wanted, &error));
            }
        };
        if let Some(wanted) = self.complexity {
            let found = pattern.complexity().score;
            if found != Score::Exactly(wanted) {
                return Err(format!("expected complexity {wanted}, got {found:?}"));
            }
        }
        let verdict = match self.event.as_ref().map(|event| Event::parse(event)) {
            None => "valid".to_owned(),
            Some(Err(_)) => "event-error".to_owned(),
            Some(Ok(event)) => pattern.matches(&event).map_or_else(|limit| limit.to_string(), |it| it.to_string()),
        };
        same("verdict", &self.expect, &verdict)?;
        // An event is known, so the search for one must not say that there is none.
        let (want, avoid): (&[&Pattern], &[&Pattern]) = match verdict.as_str() {
            "true" => (&[&pattern], &[]),
            "false" => (&[], &[&pattern]),
            _ => return Ok(()),
        };
        match ask(&Question { want, avoid, world: World::Any, arrays: Arrays::Allowed }) {
            Answer::None => Err("satisfy says that no such event exists, and here is one".to_owned()),
            _ => Ok(()),
        }
    }

    fn run_operations(&self, origin: Origin) -> Result<(), String> {
        let tested = operation::test_event_pattern(&self.pattern, self.event.as_deref());
        let put = operation::put_rule(&self.pattern);
        let message = match origin {
            Origin::Service => self.message.clone(),
            _ => {
                let reason = || self.message.as_ref().map(|reason| format!("{SERVICE_PREFIX}{reason}"));
                self.aws_message.clone().or_else(reason)
            }
        };
        let code = self.code.as_deref().unwrap_or("InvalidEventPatternException");
        match (message, self.expect.as_str()) {
            (Some(message), _) => {
                let wanted = format!("{code}: {message}");
                same("TestEventPattern", &wanted, &tested)?;
                same("PutRule", &wanted, &put)
            }
            // The service broke, or its words were not kept: any refusal will do.
            (None, "error") => {
                same("TestEventPattern refuses", "true", &tested.contains("Exception: ").to_string())?;
                same("PutRule refuses", "true", &put.contains("Exception: ").to_string())
            }
            (None, "event-error") => {
                same("TestEventPattern", "ValidationException: Parameter Event is not valid.", &tested)
            }
            (None, "valid") => same("PutRule", "accepted", &put),
            (None, verdict) => {
                same("TestEventPattern", verdict, &tested)?;
                same("PutRule", "accepted", &put)
            }
        }
    }
}

fn same(what: &str, wanted: &str, found: &str) -> Result<(), String> {
    if wanted == found { Ok(()) } else { Err(format!("{what}: expected `{wanted}`, got `{found}`")) }
}

/// Byte-equal; of plain JSON syntax errors all but the place, which differs between versions of the engine's JSON reader.
fn same_message(wanted: &str, error: &PatternError) -> Result<(), String> {
    match error.code() {
        "EB101" => same("message", &without_places(wanted), &without_places(error.reason())),
        _ => same("message", wanted, error.reason()),
    }
}

/// A message up to the place where the parser stood, and without the places inside it.
fn without_places(message: &str) -> String {
    let line = message.split("\n at [Source").next().unwrap_or("");
    line.split("[Source: ").next().unwrap_or("").to_owned()
}

/// Recorded rows leave out the account and the region.
fn fill(text: &str) -> String {
    text.replace("{account}", "123456789012").replace("{region}", "us-east-1")
}

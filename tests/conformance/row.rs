//! One row: a pattern, perhaps an event, and what the service or its engine said.

use eventbridge_sim::event::Event;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::pattern::Pattern;

/// What stands before the reason in the service's own messages.
const SERVICE_PREFIX: &str = "Event pattern is not valid. Reason: ";
/// Reasons that are limits of the service's API.
const LIMITS: [&str; 2] = ["Rule is too complex", "Or operator is producing over 1000 rule combinations"];

pub struct Row {
    pub id: String,
    pattern: String,
    event: Option<String>,
    expect: String,
    /// The reason of the engine, and of the service where it was recorded.
    message: Option<String>,
    service: Option<String>,
}

pub enum Outcome {
    Passed,
    PassedButForPlace(String),
    Left,
    Failed(String),
}

impl Row {
    pub fn parse(line: &str) -> Result<Row, String> {
        let row = json::parse(line).map_err(|error| error.to_string())?;
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(fill);
        let reason = |name: &str| text(name).map(|it| it.strip_prefix(SERVICE_PREFIX).unwrap_or(&it).to_owned());
        let expect = row.get("expect").map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        Ok(Row {
            id: text("id").ok_or("a row without id")?,
            pattern: text("pattern").ok_or("a row without pattern")?,
            event: text("event"),
            expect: expect.ok_or("a row without expectation")?,
            message: reason("message"),
            service: reason("aws_message"),
        })
    }

    pub fn run(&self) -> Outcome {
        let messages = [&self.message, &self.service];
        if messages.into_iter().flatten().any(|message| LIMITS.iter().any(|limit| message.starts_with(limit))) {
            return Outcome::Left;
        }
        let (verdict, reason) = self.verdict();
        if verdict != self.expect {
            let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
            return Outcome::Failed(format!("expected {}, got {verdict}{reason}", self.expect));
        }
        // The service's own message decides where there is one.
        match (self.service.as_ref().or(self.message.as_ref()), reason) {
            (Some(wanted), Some(found)) if *wanted == found => Outcome::Passed,
            (Some(wanted), Some(found)) if first_line(wanted) == first_line(&found) => {
                Outcome::PassedButForPlace(format!("{} instead of {}", places(&found), places(wanted)))
            }
            (Some(wanted), Some(found)) => Outcome::Failed(format!("expected message `{wanted}`, got `{found}`")),
            _ => Outcome::Passed,
        }
    }

    fn verdict(&self) -> (String, Option<String>) {
        let pattern = match Pattern::parse(&self.pattern) {
            Ok(pattern) => pattern,
            Err(error) => return ("error".to_owned(), Some(error.reason().to_owned())),
        };
        let Some(event) = &self.event else { return ("valid".to_owned(), None) };
        match Event::parse(event) {
            Err(_) => ("event-error".to_owned(), None),
            Ok(event) => match pattern.matches(&event) {
                Ok(matched) => (matched.to_string(), None),
                Err(limit) => (limit.to_string(), None),
            },
        }
    }
}

/// Recorded rows leave out the account and the region.
fn fill(text: &str) -> String {
    text.replace("{account}", "123456789012").replace("{region}", "us-east-1")
}

/// A message up to the place where the parser stood, and without the places inside it.
fn first_line(message: &str) -> String {
    let line = message.split("\n at [Source").next().unwrap_or("");
    line.split("[Source: ").next().unwrap_or("").to_owned()
}

/// The lines and columns a message names.
fn places(message: &str) -> String {
    let place = |rest: &str| rest.split(']').next().unwrap_or("").to_owned();
    let found: Vec<String> = message.split("; line: ").skip(1).map(place).collect();
    if found.is_empty() { "no place".to_owned() } else { found.join(" and ") }
}

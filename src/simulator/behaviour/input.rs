//! What a target gets of an event: all of it, a constant, the part that `InputPath` names, or a filled template.
//!
//! `InputPath` gives `{}` where it finds nothing or null; an empty `Input`, and a template that comes to nothing, are
//! accepted and never delivered, nor dead-lettered; a template that comes to no JSON fails with `INVALID_JSON` (all
//! recorded 2026). ECS tasks and Run Command get nothing of the event unless the target says what (documentation facts,
//! 2.6). Along goes where the input came from, for loop detection.

use super::effect::InputFrom;
use super::provenance::{Fresh, Take};
use super::record::{ArrivalId, Failure};
use crate::json;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::state::{Target, TargetInput};
use crate::transform::{InputTransformer, JsonPath, LARGEST_INPUT, RuleFacts, Transformed, gets_nothing};

/// An input that was built.
pub(super) struct Built {
    /// The body.
    pub input: String,
    /// What of the event that is.
    pub from: InputFrom,
    /// Why it cannot be delivered.
    pub trouble: Option<Trouble>,
}

/// Why an input cannot be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A failure: it goes to the dead-letter queue.
    Fails(Failure),
    /// Nothing happens at all.
    Vanishes(Failure),
}

impl Simulator {
    /// Builds what a target gets of an event.
    pub(super) fn input(&self, arrival: ArrivalId, rule: usize, target: &Target) -> Built {
        let event = self.record.arrival(arrival).event();
        let plain = |input: String, from: InputFrom| Built { input, from, trouble: None };
        match &target.input {
            TargetInput::Event if gets_nothing(&target.arn) => plain(String::new(), InputFrom::Constant),
            TargetInput::Event => plain(event.text().to_owned(), InputFrom::Event(String::new(), Take::Copy)),
            TargetInput::Constant(text) => {
                let trouble =
                    text.is_empty().then(|| vanishes("an empty `Input` is accepted by PutTargets and never delivered"));
                Built { input: text.clone(), from: InputFrom::Constant, trouble }
            }
            TargetInput::Path(path) => {
                let Ok(path) = JsonPath::parse(path) else { return plain("{}".to_owned(), InputFrom::Constant) };
                let found = path.resolve(event.value()).filter(|value| !value.is_null());
                plain(found.map_or_else(|| "{}".to_owned(), |value| json::print(&value)), from_path(&path))
            }
            TargetInput::Transformer(transformer) => self.transformed(arrival, rule, transformer),
        }
    }

    fn transformed(&self, arrival: ArrivalId, rule: usize, transformer: &InputTransformer) -> Built {
        let arrival = self.record.arrival(arrival);
        let (arn, name) = arrival.rules.get(rule).map_or(("", ""), |rule| (rule.arn.as_str(), rule.name.as_str()));
        let facts = RuleFacts { arn, name, ingested: self.now };
        let (input, trouble) = match transformer.render(arrival.event().value(), &arrival.envelope, facts) {
            Transformed::Input(input) => (input, None),
            Transformed::Invalid(input) => (input, Some(fails("INVALID_JSON", "Invalid input for target."))),
            Transformed::Nothing => {
                (String::new(), Some(vanishes("the template comes to nothing, which is never delivered")))
            }
            Transformed::TooLarge => {
                let message = format!("the input is larger than {LARGEST_INPUT} bytes");
                (String::new(), Some(fails("INVALID_PARAMETER", &message)))
            }
        };
        Built { input, from: parts(transformer), trouble }
    }
}

fn fails(code: &str, message: &str) -> Trouble {
    Trouble::Fails(Failure::new(code, message))
}

fn vanishes(message: &str) -> Trouble {
    Trouble::Vanishes(Failure::new("EMPTY_INPUT", message))
}

fn from_path(path: &JsonPath) -> InputFrom {
    let (names, exact) = path.leading_names();
    InputFrom::Event(names.join("."), if exact { Take::Copy } else { Take::Whole })
}

fn parts(transformer: &InputTransformer) -> InputFrom {
    let paths = match transformer.reads() {
        None => vec![String::new()],
        Some(paths) => paths.into_iter().map(|path| path.leading_names().0.join(".")).listed(),
    };
    InputFrom::Parts(paths, transformer.reads_ingestion_time().then_some(Fresh::Time))
}

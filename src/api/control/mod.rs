//! The simulator's own verbs: what the service has no operation for.
//!
//! `control(verb, input)` is to the simulator what `dispatch` is to the service: JSON in, JSON out, one name a verb. Together
//! they are the only doors through which state changes. A failed verb changes nothing. The verbs on files (`load`, `save`,
//! `expect`) stand one floor up, in `io`, which passes everything else on to here.

mod clock;
mod effects;
mod entries;
mod error;
mod events;
mod handlers;
mod input;
mod mark;
mod metrics;
mod outside;
mod proof;
mod schedules;
mod views;

use crate::sets::Listed as _;
use crate::simulator::Simulator;
use error::Answer;

pub use entries::entry;
pub use error::ControlError;
pub use input::Input;

/// The verbs, each with what it takes.
const VERBS: &[(&str, Verb)] = &[
    ("emit", events::emit),
    ("effect", effects::add),
    ("removeEffect", effects::remove),
    ("presets", effects::presets),
    ("handler", handlers::add),
    ("removeHandler", handlers::remove),
    ("poll", handlers::poll),
    ("complete", handlers::complete),
    ("invocations", views::invocations),
    ("trace", views::trace),
    ("record", views::record),
    ("metrics", metrics::metrics),
    ("loops", views::loops),
    ("graph", views::graph),
    ("lint", proof::lint),
    ("analyze", proof::analyze),
    ("advance", clock::advance),
    ("runUntil", clock::run_until),
    ("settle", clock::settle),
    ("now", clock::now),
    ("mark", mark::mark),
    ("declare", outside::declare),
    ("failNext", outside::fail_next),
    ("trigger", schedules::trigger),
    ("schedule", schedules::schedule),
];

type Verb = fn(&mut Simulator, &Input<'_>) -> Answer;

/// Does what a verb says and gives its JSON answer.
pub fn control(simulator: &mut Simulator, verb: &str, input: &str) -> Result<String, ControlError> {
    let input = Input::parse(input)?;
    match VERBS.iter().find(|(name, _)| *name == verb) {
        Some((_, act)) => act(simulator, &input),
        None => {
            let names = VERBS.iter().map(|(name, _)| *name);
            let help = match crate::text::did_you_mean(verb, names.clone()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the verbs are {}", names.listed().join(", ")),
            };
            Err(ControlError::misuse(format!("there is no verb `{verb}`"), &help))
        }
    }
}

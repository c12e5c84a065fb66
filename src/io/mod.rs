//! Files in and out: scenarios, on parsed values that know their positions.
//!
//! A scenario is a world, what its targets do, the events that enter and what must come of it, in one JSON file; it is what
//! the page edits, what tests load and what people send each other. [`control`] is the door for these verbs; whatever it does
//! not know it passes to `api::control`. Every change goes through `api`, as if the calls had come one by one.

mod archives;
mod expect;
mod load;
mod options;
mod partner;
mod resources;
mod save;
mod scenario;

use crate::api::control::{ControlError, Input};
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::Simulator;

pub use load::load;
pub use options::options;
pub use scenario::Scenario;

/// `load { scenario }` → `{ events }`, `save` → a scenario, `expect { expect }` → `{ passed, failed }`; then the verbs of
/// `api::control`.
pub fn control(simulator: &mut Simulator, verb: &str, input: &str) -> Result<String, ControlError> {
    match verb {
        "load" => {
            let input = Input::parse(input)?;
            let scenario = read(&input, input.require("scenario")?)?;
            let ids = load(simulator, &scenario).map_err(|error| input.error("InvalidScenarioError", &error))?;
            answer(&Value::object(vec![("events", Value::array(ids.into_iter().map(Value::string).listed()))]))
        }
        "save" => answer(&save::save(simulator)),
        "expect" => {
            let input = Input::parse(input)?;
            let checked = expect::check(simulator, input.require("expect")?);
            answer(&checked.map_err(|error| input.error("InvalidScenarioError", &error))?)
        }
        _ => crate::api::control::control(simulator, verb, input),
    }
}

/// `fork { scenario? }`: a second world beside this one, in which the scenario's calls are made and its events enter.
pub fn fork(simulator: &mut Simulator, input: &str) -> Result<Simulator, ControlError> {
    let input = Input::parse(input)?;
    let Some(mut copy) = simulator.fork() else {
        let help = "fork before the first event, or use `snapshot` and `restore`";
        return Err(ControlError::misuse("this world has a past, and only one without can be forked".to_owned(), help));
    };
    if let Some(scenario) = input.get("scenario") {
        if let Some(options) = scenario.get("options") {
            let words = "a fork has the options of the world it is made of, so this scenario can have none";
            return Err(input.fault("InvalidScenarioError", options.span, words.to_owned()));
        }
        let scenario = read(&input, scenario)?;
        load::play(&mut copy, &scenario).map_err(|error| input.error("InvalidScenarioError", &error))?;
    }
    Ok(copy)
}

fn read(input: &Input<'_>, scenario: &Value) -> Result<Scenario, ControlError> {
    Scenario::parse(scenario).map_err(|error| input.error("InvalidScenarioError", &error))
}

fn answer<T: serde::Serialize>(answer: &T) -> Result<String, ControlError> {
    Ok(crate::json::to_text(answer))
}

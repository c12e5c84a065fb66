//! `metrics { filter? }` → the series of the service's metrics. The filter has `metric`, `bus` and `rule` (names), `account`
//! and `region`; a series is shown when all that are given fit.

use super::error::{Answer, json};
use super::input::Input;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::behaviour::metrics::Wanted;

pub(super) fn metrics(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let mut wanted = Wanted::default();
    for member in input.get("filter").and_then(Value::as_object).unwrap_or_default() {
        let value = member.value.as_str();
        let bad = |message: String| Err(input.fault("MisuseError", member.value.span, message));
        match member.name.as_str() {
            _ if member.value.is_null() => {}
            name if value.is_none() => return bad(format!("`{name}` must be a string")),
            "metric" => wanted.metric = value,
            "bus" => wanted.bus = value,
            "rule" => wanted.rule = value,
            "account" => wanted.account = value,
            "region" => wanted.region = value,
            name => {
                return bad(format!("there is no filter `{name}`: there are metric, bus, rule, account, region"));
            }
        }
    }
    json(&simulator.metrics().show(&wanted))
}

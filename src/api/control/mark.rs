//! `mark { ids? }` → `{ millis, ids }`: the exact clock, and where the sequence of ids stands.
//!
//! With `ids` the sequence goes on from there. A snapshot is a journal of calls with these marks (`src/js/journal.ts`): a call
//! that is made again at the same mark gives the same ids, even where calls before it were left out.

use super::error::{Answer, ControlError, object};
use super::input::Input;
use crate::ids::Ids;
use crate::json::Value;
use crate::simulator::Simulator;

pub(super) fn mark(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    if let Some(text) = input.string("ids")? {
        let state = u64::from_str_radix(text, 16)
            .map_err(|_| ControlError::misuse(format!("`{text}` is no mark"), "give `ids` as `mark` gave it"))?;
        *simulator.ids_mut() = Ids::new(state);
    }
    let ids = format!("{:x}", simulator.ids_mut().state());
    object(vec![("millis", Value::number(simulator.now().millis())), ("ids", Value::string(ids))])
}

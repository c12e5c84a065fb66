//! Handlers: targets whose behaviour is code outside the engine, or a script of answers.
//!
//! The engine never calls out. An invocation of a target with an external handler stays *pending*; [`Simulator::poll`] gives
//! it to whoever runs the code, [`Simulator::complete`] takes the answer and goes on. A scripted handler answers at once, in
//! order, and has nothing more to say when its answers are used up: that is code as a scenario file can hold it. What
//! handlers emit may change from call to call, so no loop through one is ever *proven*.

use super::ingest::{PutEventsEntry, acting_place};
use super::record::{Failure, InvocationIndex, Outcome};
use crate::diagnostics::Diagnostic;
use crate::sets::Listed as _;
use crate::simulator::{Caller, Simulator};
use std::collections::VecDeque;

/// Code behind targets of one ARN glob.
#[derive(Debug, Clone)]
pub struct Handler {
    /// By which it is removed.
    pub id: String,
    /// ARN glob.
    pub target: String,
    /// Who answers.
    pub kind: HandlerKind,
}

/// Who answers for a target.
#[derive(Debug, Clone)]
pub enum HandlerKind {
    /// Someone outside, by `poll` and `complete`.
    External,
    /// These answers, one an invocation, then none.
    Scripted(VecDeque<Vec<PutEventsEntry>>),
}

/// What the first handler of a target says.
pub(super) enum Answer {
    /// There is no handler.
    None,
    /// An external one, of this id, will say.
    Later(String),
    /// A scripted one says so.
    Now(Vec<PutEventsEntry>),
}

impl Simulator {
    /// Registers a handler for the targets of an ARN glob. Of several that fit a target, the first answers.
    pub fn add_handler(&mut self, target: &str, kind: HandlerKind) -> String {
        let id = self.next_registration("handler");
        self.handlers.push(Handler { id: id.clone(), target: target.to_owned(), kind });
        id
    }

    /// Removes a handler. Invocations that wait for it can still be completed.
    pub fn remove_handler(&mut self, id: &str) {
        self.handlers.retain(|handler| handler.id != id);
    }

    /// The next invocation that waits for an external handler, and the handler's id.
    pub fn poll(&mut self) -> Option<(InvocationIndex, String)> {
        self.pending.pop_front()
    }

    /// The answer to an invocation that `poll` gave: events to put, or a failure. Gives the ids of the events. If one of
    /// them would be refused none is put, and the invocation has failed with the reason.
    pub fn complete(
        &mut self,
        id: &str,
        answer: Result<Vec<PutEventsEntry>, Failure>,
    ) -> Result<Vec<String>, Diagnostic> {
        let index =
            self.record.find_invocation(id).filter(|index| self.record.invocation(*index).outcome == Outcome::Pending);
        let Some(index) = index else {
            let message = format!("no invocation `{id}` waits for an answer");
            return Err(
                Diagnostic::error("SIM001", message).with_help("complete each invocation that `poll` gave, once")
            );
        };
        self.pending.retain(|(waiting, _)| *waiting != index);
        let ids = match answer {
            Ok(entries) => self.answered(index, entries),
            Err(failure) => {
                self.failed(index, failure);
                Vec::new()
            }
        };
        self.run();
        Ok(ids)
    }

    /// Asks the first handler that fits the target.
    pub(super) fn ask_handler(&mut self, target: &str) -> Answer {
        let fits = |handler: &&mut Handler| crate::sets::glob::matches(&handler.target, target);
        match self.handlers.iter_mut().find(fits) {
            None => Answer::None,
            Some(handler) => match &mut handler.kind {
                HandlerKind::External => Answer::Later(handler.id.clone()),
                HandlerKind::Scripted(answers) => Answer::Now(answers.pop_front().unwrap_or_default()),
            },
        }
    }

    /// A handler has answered: its target has the input, effects follow, then the handler's own events.
    pub(super) fn answered(&mut self, index: InvocationIndex, entries: Vec<PutEventsEntry>) -> Vec<String> {
        let invocation = self.record.invocation(index);
        let arrival = self.record.arrival(invocation.arrival);
        let (account, region) = acting_place(&invocation.target.arn, &arrival.bus);
        let caller = Caller { parent: Some(invocation.id.to_string()), ..Caller::new(account, region) };
        let origin = arrival.origin;
        let refused =
            entries.iter().enumerate().find_map(|(number, entry)| Some((number, self.refusal(entry, &caller)?)));
        if let Some((number, error)) = refused {
            let message = format!("event {number} of the handler's answer is refused: {}", error.message);
            self.failed(index, Failure::new(error.code, message));
            return Vec::new();
        }
        self.delivered(index);
        entries
            .into_iter()
            .filter_map(|entry| self.put_entry(entry, &caller, origin).ok().map(|id| id.to_string()))
            .listed()
    }
}

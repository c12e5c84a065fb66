//! Failures that were ordered: `failNext` makes the next call of an operation, or one entry of it, fail as the service might.
//!
//! Each is used up by the first call that fits. One for an entry waits for a call that has such an entry and leaves the other
//! entries alone. A call that is failed as a whole does nothing.

use super::ingest::EntryError;
use crate::simulator::Simulator;

/// The operations that answer for each entry by itself.
pub const BY_ENTRY: [&str; 4] = ["PutEvents", "PutPartnerEvents", "PutTargets", "RemoveTargets"];

/// The codes with which calls and entries may fail (model; documentation, 1 and 1.3).
pub const CODES: &[&str] = &[
    "AccessDeniedException",
    "ConcurrentModificationException",
    "IllegalStatusException",
    "InternalException",
    "InternalFailure",
    "InvalidAccountIdException",
    "InvalidArgument",
    "InvalidEventPatternException",
    "InvalidStateException",
    "KMSEncryptionException",
    "LimitExceededException",
    "MalformedDetail",
    "ManagedRuleException",
    "NotAuthorizedForDetailTypeException",
    "NotAuthorizedForSourceException",
    "OperationDisabledException",
    "PolicyLengthExceededException",
    "RedactionFailure",
    "ResourceAlreadyExistsException",
    "ResourceNotFoundException",
    "ServiceUnavailable",
    "ThrottlingException",
    "ValidationException",
];

/// A failure that waits for its call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The operation's name.
    pub operation: String,
    /// Which entry, from 0; without it the whole call.
    pub entry: Option<usize>,
    /// One of [`CODES`].
    pub code: &'static str,
    /// What the service says; nothing for the words it usually has.
    pub message: Option<String>,
}

impl Fault {
    /// The service's words.
    pub fn words(&self) -> String {
        let usual = match self.code {
            "ThrottlingException" => "Rate exceeded",
            "InternalException" | "InternalFailure" => "Service encountered unexpected problem. Please try again.",
            "ConcurrentModificationException" => "Concurrent modification.",
            "LimitExceededException" => "The requested resource exceeds the maximum number allowed.",
            _ => "The call was made to fail.",
        };
        self.message.clone().unwrap_or_else(|| usual.to_owned())
    }
}

impl Simulator {
    /// Orders a failure.
    pub fn add_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The failure of a whole call of this operation, used up.
    pub fn take_fault(&mut self, operation: &str) -> Option<Fault> {
        let at = self.faults.iter().position(|fault| fault.operation == operation && fault.entry.is_none())?;
        Some(self.faults.remove(at))
    }

    /// The failures of entries of a call of this operation that has so many, used up.
    pub fn take_entry_faults(&mut self, operation: &str, entries: usize) -> Vec<(usize, EntryError)> {
        let mut taken: Vec<(usize, EntryError)> = Vec::new();
        let mut index = 0;
        while let Some(fault) = self.faults.get(index) {
            let entry = fault.entry.filter(|entry| fault.operation == operation && *entry < entries);
            match entry.filter(|entry| taken.iter().all(|(known, _)| known != entry)) {
                None => index += 1,
                Some(entry) => {
                    let fault = self.faults.remove(index);
                    taken.push((entry, EntryError { code: fault.code, message: fault.words() }));
                }
            }
        }
        taken
    }
}

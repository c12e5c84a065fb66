//! The metrics by name: which series each has besides its rule's, and in which unit.
//!
//! Source: documentation, section 5. What is counted when stands in [`metrics`](super::metrics).

/// Which series a value of a metric goes to, besides that of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Also {
    /// No other.
    Nothing,
    /// The one without dimensions.
    All,
    /// The bus's.
    Bus,
    /// Both.
    BusAndAll,
}

/// A metric, in the order of the names, which is that of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Metric {
    DeadLetterInvocations,
    FailedInvocations,
    IngestionToInvocationCompleteLatency,
    IngestionToInvocationStartLatency,
    IngestionToInvocationSuccessLatency,
    InvocationAttempts,
    Invocations,
    InvocationsCreated,
    InvocationsFailedToBeSentToDlq,
    InvocationsSentToDlq,
    MatchedEvents,
    PutEventsApproximateCallCount,
    PutEventsApproximateFailedCount,
    PutEventsApproximateSuccessCount,
    PutEventsEntriesCount,
    PutEventsFailedEntriesCount,
    PutEventsRequestSize,
    RetryInvocationAttempts,
    SuccessfulInvocationAttempts,
    TriggeredRules,
}

const NAMES: [&str; 20] = [
    "DeadLetterInvocations",
    "FailedInvocations",
    "IngestionToInvocationCompleteLatency",
    "IngestionToInvocationStartLatency",
    "IngestionToInvocationSuccessLatency",
    "InvocationAttempts",
    "Invocations",
    "InvocationsCreated",
    "InvocationsFailedToBeSentToDlq",
    "InvocationsSentToDlq",
    "MatchedEvents",
    "PutEventsApproximateCallCount",
    "PutEventsApproximateFailedCount",
    "PutEventsApproximateSuccessCount",
    "PutEventsEntriesCount",
    "PutEventsFailedEntriesCount",
    "PutEventsRequestSize",
    "RetryInvocationAttempts",
    "SuccessfulInvocationAttempts",
    "TriggeredRules",
];

impl Metric {
    pub(super) fn name(self) -> &'static str {
        NAMES.get(self as usize).copied().unwrap_or_default()
    }

    pub(super) fn also(self) -> Also {
        match self {
            Self::MatchedEvents => Also::Bus,
            Self::Invocations => Also::All,
            Self::FailedInvocations
            | Self::DeadLetterInvocations
            | Self::InvocationsSentToDlq
            | Self::InvocationsFailedToBeSentToDlq => Also::Nothing,
            _ => Also::BusAndAll,
        }
    }

    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::IngestionToInvocationCompleteLatency
            | Self::IngestionToInvocationStartLatency
            | Self::IngestionToInvocationSuccessLatency => "Milliseconds",
            Self::PutEventsRequestSize => "Bytes",
            _ => "Count",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Metric, NAMES};

    #[test]
    fn a_metric_has_its_own_name() {
        assert!(NAMES.is_sorted());
        for metric in [Metric::DeadLetterInvocations, Metric::MatchedEvents, Metric::TriggeredRules] {
            assert_eq!(metric.name(), format!("{metric:?}"));
        }
    }
}

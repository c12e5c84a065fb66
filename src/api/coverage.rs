//! What of each operation is simulated and what is only kept: the source of `www/reference/operations.md`.
//!
//! A row says what an operation does here, and which members of its request are kept and shown but change nothing that
//! happens. All other members act. `tests/api/coverage.rs` writes the page from this table and holds that every operation
//! has its row and every member exists in the model. Nothing of it reaches the engine.

use super::model::Operation;

/// One operation.
#[derive(Debug)]
pub struct Coverage {
    /// Which.
    pub operation: Operation,
    /// What it does here.
    pub does: &'static str,
    /// Members of its request that are only kept, dotted where they lie deeper.
    pub kept: &'static [&'static str],
}

/// The operations by family.
pub static COVERAGE: [(&str, &[Coverage]); 8] = [
    (
        "Event buses",
        &[
            row(
                Operation::CreateEventBus,
                "Makes a bus in the caller's account and region; with `EventSourceName` the bus of a partner event source, which becomes `ACTIVE`. A key declared as disabled is refused.",
                &["Description", "DeadLetterConfig", "LogConfig"],
            ),
            row(
                Operation::UpdateEventBus,
                "Changes what it names and keeps the rest; an empty text takes key, queue or description away.",
                &["Description", "DeadLetterConfig", "LogConfig"],
            ),
            row(
                Operation::DescribeEventBus,
                "Shows a bus by name or ARN; of another account if its policy allows it.",
                &[],
            ),
            row(Operation::ListEventBuses, "The caller's buses by name, in pages.", &[]),
            row(Operation::DeleteEventBus, "Deletes a bus without rules; a bus that is not there is no error.", &[]),
        ],
    ),
    (
        "Rules",
        &[
            row(
                Operation::PutRule,
                "Creates or replaces a rule: pattern, schedule, state. Targets stay, tags of an update are ignored. A rule that is not in the state for all management events does not get CloudTrail's read-only calls. A role that is declared must be there and trust EventBridge.",
                &["Description"],
            ),
            row(Operation::DescribeRule, "Shows a rule without its targets.", &[]),
            row(Operation::ListRules, "The rules of a bus by name, in pages.", &[]),
            row(Operation::EnableRule, "Makes a rule fire; its schedule starts anew.", &[]),
            row(Operation::DisableRule, "Makes a rule fire no more.", &[]),
            row(Operation::DeleteRule, "Deletes a rule without targets; a managed one only with `Force`.", &[]),
            row(
                Operation::PutTargets,
                "Puts up to five targets on a rule, all or none, checked by kind; delivery follows role, input, retry policy, dead-letter queue and the parameters of each kind.",
                &[],
            ),
            row(Operation::RemoveTargets, "Removes targets; an unknown Id is no error.", &[]),
            row(Operation::ListTargetsByRule, "The targets by Id as they were put, in pages.", &[]),
            row(Operation::ListRuleNamesByTarget, "The names of the rules with a target, in pages.", &[]),
            row(Operation::TestEventPattern, "Matches one event with one pattern.", &[]),
        ],
    ),
    (
        "Events",
        &[
            row(
                Operation::PutEvents,
                "Puts up to ten events on their buses and runs all that follows. With `EndpointId` they go to the endpoint's primary bus, or to the secondary while the declared health check is unhealthy, and with replication a copy to the other.",
                &[],
            ),
            row(
                Operation::PutPartnerEvents,
                "Puts up to twenty events of a partner on the buses of their sources.",
                &[],
            ),
        ],
    ),
    (
        "Permissions and tags",
        &[
            row(
                Operation::PutPermission,
                "Puts one statement or a whole policy, which decides who else may use the bus.",
                &[],
            ),
            row(Operation::RemovePermission, "Removes a statement, or all of them.", &[]),
            row(
                Operation::TagResource,
                "Tags a bus or a rule; fifty at most. Tags change nothing that happens.",
                &["Tags"],
            ),
            row(Operation::UntagResource, "Removes tags.", &[]),
            row(Operation::ListTagsForResource, "The tags in the order in which their keys came.", &[]),
        ],
    ),
    (
        "Archives and replays",
        &[
            row(
                Operation::CreateArchive,
                "Keeps what arrives on a bus and matches, by a managed rule, for the days of retention by the clock.",
                &["Description", "KmsKeyIdentifier"],
            ),
            row(
                Operation::UpdateArchive,
                "Changes pattern and retention from now on.",
                &["Description", "KmsKeyIdentifier"],
            ),
            row(Operation::DescribeArchive, "Shows an archive with its counters.", &[]),
            row(Operation::ListArchives, "The archives by name, in pages, with at most one filter.", &[]),
            row(Operation::DeleteArchive, "Deletes an archive and its managed rule.", &[]),
            row(
                Operation::StartReplay,
                "Sends the archived events of a window again, minute by minute, with `replay-name`, to all rules or those named.",
                &["Description"],
            ),
            row(Operation::DescribeReplay, "Shows a replay; its state goes by the clock.", &[]),
            row(Operation::ListReplays, "The replays by name, in pages, with at most one filter.", &[]),
            row(Operation::CancelReplay, "Stops a replay that has not ended.", &[]),
        ],
    ),
    (
        "Partner event sources",
        &[
            row(
                Operation::CreatePartnerEventSource,
                "Offers a source to an account: `PENDING`, for two weeks by the clock.",
                &[],
            ),
            row(Operation::DescribePartnerEventSource, "Shows the partner its source.", &[]),
            row(Operation::ListPartnerEventSources, "The partner's sources by name, in pages.", &[]),
            row(
                Operation::ListPartnerEventSourceAccounts,
                "The accounts that a source was offered to, with its states.",
                &[],
            ),
            row(Operation::DeletePartnerEventSource, "Takes a source back; the customer's becomes `DELETED`.", &[]),
            row(Operation::DescribeEventSource, "Shows the customer a source.", &[]),
            row(Operation::ListEventSources, "The customer's sources by name, in pages.", &[]),
            row(Operation::ActivateEventSource, "Makes a source deliver to its bus again.", &[]),
            row(Operation::DeactivateEventSource, "Makes a source deliver nothing; the two weeks begin.", &[]),
        ],
    ),
    (
        "Connections and API destinations",
        &[
            row(
                Operation::CreateConnection,
                "Makes a connection; its state goes by the clock, no server is called, and secrets never come back. An OAuth server whose host ends with `.invalid` is out of reach.",
                &["Description", "InvocationConnectivityParameters", "KmsKeyIdentifier"],
            ),
            row(
                Operation::UpdateConnection,
                "Changes what it names; another type forgets all parameters and gets another secret.",
                &["Description", "InvocationConnectivityParameters", "KmsKeyIdentifier"],
            ),
            row(Operation::DescribeConnection, "Shows a connection without its secrets.", &[]),
            row(Operation::ListConnections, "The connections by name, in pages.", &[]),
            row(
                Operation::DeauthorizeConnection,
                "Makes a connection forget its parameters: `DEAUTHORIZING`, after 5 seconds `DEAUTHORIZED`.",
                &[],
            ),
            row(Operation::DeleteConnection, "Deletes a connection: `DELETING`, after 3 seconds gone.", &[]),
            row(
                Operation::CreateApiDestination,
                "Makes a destination, `ACTIVE` as long as its connection is authorized.",
                &["Description", "InvocationRateLimitPerSecond"],
            ),
            row(
                Operation::UpdateApiDestination,
                "Changes what it names.",
                &["Description", "InvocationRateLimitPerSecond"],
            ),
            row(Operation::DescribeApiDestination, "Shows a destination.", &[]),
            row(Operation::ListApiDestinations, "The destinations by name, in pages.", &[]),
            row(Operation::DeleteApiDestination, "Deletes a destination.", &[]),
        ],
    ),
    (
        "Global endpoints",
        &[
            row(
                Operation::CreateEndpoint,
                "Makes an endpoint for two buses: `CREATING`, after 30 seconds `ACTIVE`; it takes events at once. A health check is well unless `resources` declare it as unhealthy.",
                &["Description", "RoleArn"],
            ),
            row(Operation::UpdateEndpoint, "Changes what it names.", &["Description", "RoleArn"]),
            row(Operation::DescribeEndpoint, "Shows an endpoint of a home region.", &[]),
            row(Operation::ListEndpoints, "The endpoints of a home region by name, in pages.", &[]),
            row(Operation::DeleteEndpoint, "Deletes an endpoint: `DELETING`, after 30 seconds gone.", &[]),
        ],
    ),
];

const fn row(operation: Operation, does: &'static str, kept: &'static [&'static str]) -> Coverage {
    Coverage { operation, does, kept }
}

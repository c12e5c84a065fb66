//! API destinations and global endpoints: what was asked for, kept as the members of the request.
//!
//! An endpoint takes a while to come, to change and to go; like a connection's, its state follows from what was last asked
//! and the time of the look. The half minute is ours.

use crate::json::Value;
use crate::time::{Duration, Instant};

const SETTLING: i64 = 30_000;

/// An HTTP endpoint that rules may have as a target.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiDestination {
    /// `arn:aws:events:REGION:ACCOUNT:api-destination/NAME/UUID`
    pub arn: String,
    /// `ConnectionArn`, `InvocationEndpoint`, ...: the members of the request as they stand now.
    pub definition: Value,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub modified: Instant,
}

/// A global endpoint: two buses of one name, and to which of them PutEvents goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Endpoint {
    /// `arn:aws:events:REGION:ACCOUNT:endpoint/NAME`
    pub arn: String,
    /// What PutEvents calls it by: `abcde.veo`.
    pub id: String,
    /// `RoutingConfig`, `EventBuses`, ...: the members of the request as they stand now.
    pub definition: Value,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub modified: Instant,
    /// What is under way, or was.
    pub change: Change,
}

/// What was last asked of an endpoint, at the time of `modified`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// To come.
    Create,
    /// To be otherwise.
    Update,
    /// To go.
    Delete,
}

impl Endpoint {
    /// `State` at this time.
    pub fn state(&self, now: Instant) -> &'static str {
        match self.change {
            Change::Delete => "DELETING",
            _ if now >= self.modified.plus(Duration::from_millis(SETTLING)) => "ACTIVE",
            Change::Create => "CREATING",
            Change::Update => "UPDATING",
        }
    }

    /// True when its deletion is over.
    pub fn is_gone(&self, now: Instant) -> bool {
        self.change == Change::Delete && now >= self.modified.plus(Duration::from_millis(SETTLING))
    }
}

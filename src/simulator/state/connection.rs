//! A connection: how an API destination authorizes itself, with its secrets.
//!
//! Asking an OAuth server, taking an authorization back and deleting each take seconds. None of them is an event in the
//! world: what stands here is what was asked and when, and what is shown follows from that and the time of the look
//! ([`Connection::state`]). No server is ever called; one whose host ends with `.invalid`, which no name server knows,
//! counts as out of reach. The seconds are ours, but for the deletion (2 to 4 seconds recorded).
//!
//! Source: recorded 2026, connections and connection_oauth_secret.

use crate::json::Value;
use crate::time::{Duration, Instant};

/// How long the service takes, in milliseconds.
const AUTHORIZING: i64 = 5_000;
const DEAUTHORIZING: i64 = 5_000;
const DELETING: i64 = 3_000;

const UNREACHABLE: &str = "Could not connect to the specified endpoint.";
const DEAUTHORIZED: &str =
    "The authorization parameters were removed from this connection by a DeauthorizeConnection operation.";

/// A connection of one account and region.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// `arn:aws:events:REGION:ACCOUNT:connection/NAME/UUID`
    pub arn: String,
    /// As given.
    pub description: Option<String>,
    /// `BASIC`, `API_KEY` or `OAUTH_CLIENT_CREDENTIALS`.
    pub authorization_type: String,
    /// `AuthParameters` as given, secrets included; nothing after a deauthorization.
    pub parameters: Value,
    /// `InvocationConnectivityParameters`, as given.
    pub connectivity: Option<Value>,
    /// The key of its secret, as given.
    pub kms_key_identifier: Option<String>,
    /// Where the service keeps the secrets. Another authorization type makes another secret.
    pub secret_arn: String,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub modified: Instant,
    /// When it was last authorized; 1970 if never (recorded).
    pub authorized: Instant,
    /// What was last asked of it.
    pub asked: Asked,
}

/// What was last asked of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To authorize with what is known here: done at once.
    Nothing,
    /// To authorize at a server.
    Authorize(Instant),
    /// To forget its parameters.
    Deauthorize(Instant),
    /// To go.
    Delete(Instant),
}

impl Connection {
    /// The longest that it takes to do what it is asked, in milliseconds.
    pub const LONGEST: i64 = AUTHORIZING;

    /// `ConnectionState` at this time.
    pub fn state(&self, now: Instant) -> &'static str {
        match self.asked {
            Asked::Nothing => "AUTHORIZED",
            Asked::Authorize(_) if self.authorized_at(now).is_some() => "AUTHORIZED",
            Asked::Authorize(_) => "AUTHORIZING",
            Asked::Deauthorize(since) if now < since.plus(Duration::from_millis(DEAUTHORIZING)) => "DEAUTHORIZING",
            Asked::Deauthorize(_) => "DEAUTHORIZED",
            Asked::Delete(_) => "DELETING",
        }
    }

    /// `StateReason`, if there is one.
    pub fn state_reason(&self) -> Option<&'static str> {
        match self.asked {
            Asked::Authorize(_) if !self.is_reachable() => Some(UNREACHABLE),
            Asked::Deauthorize(_) => Some(DEAUTHORIZED),
            _ => None,
        }
    }

    /// `LastAuthorizedTime` at this time.
    pub fn last_authorized(&self, now: Instant) -> Instant {
        self.authorized_at(now).unwrap_or(self.authorized)
    }

    /// True when its deletion is over.
    pub fn is_gone(&self, now: Instant) -> bool {
        matches!(self.asked, Asked::Delete(since) if now >= since.plus(Duration::from_millis(DELETING)))
    }

    /// When the server that was asked gave its token.
    fn authorized_at(&self, now: Instant) -> Option<Instant> {
        let Asked::Authorize(since) = self.asked else { return None };
        let then = since.plus(Duration::from_millis(AUTHORIZING));
        (self.is_reachable() && now >= then).then_some(then)
    }

    fn is_reachable(&self) -> bool {
        let oauth = self.parameters.get("OAuthParameters");
        let endpoint = oauth.and_then(|oauth| oauth.get("AuthorizationEndpoint")?.as_str()).unwrap_or_default();
        let behind = endpoint.split_once("://").map_or(endpoint, |(_, behind)| behind);
        let host = behind.split(['/', ':', '?', '#']).next().unwrap_or_default();
        !host.to_ascii_lowercase().ends_with(".invalid")
    }
}

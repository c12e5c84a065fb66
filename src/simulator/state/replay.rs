//! A replay: what of an archive is put on its bus again, and how far that has come.
//!
//! Plain data: `behaviour/replay` moves it through its states. The events that are still to come are taken from the archive
//! when the replay begins to run; what the archive loses or gets later makes no difference.

use std::collections::VecDeque;

use crate::time::Instant;

use super::Archived;

/// A replay of one account and region. Its history outlives the archive and the bus (recorded).
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Unique in its account and region, for 90 days beyond its end.
    pub name: String,
    /// `arn:aws:events:…:replay/NAME`.
    pub arn: String,
    /// As given; never empty.
    pub description: Option<String>,
    /// The archive's name, while it is there.
    pub archive: Option<String>,
    /// The archive's ARN.
    pub archive_arn: String,
    /// The bus's ARN, as given.
    pub destination: String,
    /// The only rules that get the events; none means all.
    pub filter: Vec<String>,
    /// The first moment of the window.
    pub from: Instant,
    /// The first moment behind the window.
    pub to: Instant,
    /// How it stands.
    pub state: ReplayState,
    /// Why it failed.
    pub reason: Option<&'static str>,
    /// When it was started.
    pub started: Instant,
    /// When it came to its end.
    pub ended: Option<Instant>,
    /// The last minute of events that was replayed.
    pub last: Option<Instant>,
    /// The events that are still to come, by their times.
    pub left: VecDeque<Archived>,
    /// When it goes on. What the agenda holds for other times is of no account.
    pub due: Instant,
}

/// The states of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayState {
    /// Asked for.
    Starting,
    /// Events come.
    Running,
    /// Asked to stop.
    Cancelling,
    /// Stopped.
    Cancelled,
    /// All events have come.
    Completed,
    /// The archive is gone.
    Failed,
}

impl ReplayState {
    /// As the model spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "STARTING",
            Self::Running => "RUNNING",
            Self::Cancelling => "CANCELLING",
            Self::Cancelled => "CANCELLED",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
        }
    }

    /// Whether it counts among those that run at once, and can be cancelled.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Starting | Self::Running)
    }
}

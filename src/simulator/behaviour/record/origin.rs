//! What one call from outside has used up so far: the limits of `maxFirings` and of bytes are counted for each apart.
//!
//! `run` counts and compares.

/// What one call from outside set off.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Firings so far.
    pub firings: usize,
    /// Firings that were stopped.
    pub stops: usize,
    /// Bytes of the events that effects and handlers emitted.
    pub bytes: usize,
    /// The loop that used up the origin's allowance: nothing of it fires any more.
    pub stopped: Option<usize>,
}

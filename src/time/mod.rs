//! UTC time: instants on the second, the calendar, and durations as people write them.
//!
//! The core has no clock of its own: every [`Instant`] comes from a caller or from the virtual clock. An instant counts
//! milliseconds since 1970-01-01T00:00:00Z, which is what the service's ids and placeholders need; envelopes show whole
//! seconds, cut and never rounded (service fact: sub-seconds of `Time` are truncated).
//!
//! Bounds: years 0000 to 9999, the range that `YYYY-MM-DDThh:mm:ssZ` can write. Arithmetic saturates there.

mod calendar;
mod duration;
mod instant;

pub use calendar::{Date, days_in_month, is_leap_year};
pub use duration::{Duration, DurationError};
pub use instant::{Instant, InstantError};

//! `eventbridge-sim`: Amazon EventBridge as a library.


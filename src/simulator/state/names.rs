//! Names as types: an account is not a region, a rule's name is not a bus's.
//!
//! A newtype holds text that the service would accept; `api` checks it against the model before it gets here. Order is
//! byte order, which is the order of every list the service gives.

use crate::text::shared;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Eq)]
        pub struct $name(Rc<str>);

        impl $name {
            /// The name of this text.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(shared(text.as_ref()))
            }

            /// Its text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Its text, shared.
            pub fn shared(&self) -> Rc<str> {
                Rc::clone(&self.0)
            }
        }

        // Most names that meet are one and the same, and every event asks for its bus several times.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                if Rc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name! {
    /// An AWS account: twelve digits.
    AccountId
}
name! {
    /// A region: `us-east-1`.
    Region
}
name! {
    /// The name of an event bus, unique per account and region.
    BusName
}
name! {
    /// The name of a rule, unique per bus.
    RuleName
}
name! {
    /// The Id of a target, unique per rule.
    TargetId
}

impl AccountId {
    /// Whether a text is an account.
    pub fn is_one(text: &str) -> bool {
        text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Region {
    /// Whether a text looks like a region; which regions there are changes too often to be known here.
    pub fn is_one(text: &str) -> bool {
        text.contains('-')
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    }
}

impl BusName {
    /// The bus that every account has in every region.
    pub fn default_bus() -> Self {
        thread_local!(static DEFAULT: BusName = BusName::new("default"));
        DEFAULT.with(Clone::clone)
    }

    /// True for the bus that cannot be created and cannot be deleted.
    pub fn is_default(&self) -> bool {
        self.as_str() == "default"
    }
}

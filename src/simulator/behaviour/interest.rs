//! What the rules of a bus take an interest in: the detail-types and sources that they name.
//!
//! Most rules name one of the two as plain texts, and most events on a bus with few rules are of others: nothing of such an
//! event is looked at. A bus on which some rule names neither, or whose rules name many, takes an interest in everything.

use crate::event::Envelope;
use crate::pattern::Pattern;
use crate::text::shared;
use std::rc::Rc;

/// Of so many texts it is worth while to ask whether an event has one.
const MOST_TEXTS: usize = 32;

/// What an event must have to match any rule: members of the envelope, and what may stand there. If there is none, any event may.
#[derive(Debug, Default)]
pub struct Interest(Option<Vec<(&'static str, Rc<str>)>>);

/// The member of the envelope by which a pattern refuses most events, and the texts, one of which must stand there.
pub fn named(pattern: &Pattern) -> Option<(&'static str, Vec<&str>)> {
    ["detail-type", "source"].into_iter().find_map(|path| Some((path, pattern.texts_at(path)?)))
}

impl Interest {
    /// That of the rules that want these.
    pub fn of<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Self {
        let mut all = Vec::new();
        for pattern in patterns {
            let Some((path, texts)) = named(pattern) else { return Self(None) };
            for text in texts {
                if !has(&all, path, text) {
                    all.push((path, shared(text)));
                }
            }
            if all.len() > MOST_TEXTS {
                return Self(None);
            }
        }
        Self(Some(all))
    }

    /// Whether some rule may match the event.
    pub fn is_in(&self, event: &Envelope) -> bool {
        let is_named = |all: &Vec<_>| has(all, "detail-type", &event.detail_type) || has(all, "source", &event.source);
        self.0.as_ref().is_none_or(is_named)
    }
}

fn has(all: &[(&'static str, Rc<str>)], path: &str, text: &str) -> bool {
    all.iter().any(|(known, wanted)| **wanted == *text && *known == path)
}

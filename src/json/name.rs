//! Names of members: shared, because lists of objects say the same ones again and again.
//!
//! The reader keeps the names it met last, so ten entries of a request have each of their names once; names that the program
//! itself writes take no memory at all.

use crate::text::shared;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// The name of a member, unescaped.
#[derive(Clone)]
pub struct Name(Owner);

#[derive(Clone)]
enum Owner {
    Nobody(&'static str),
    Many(Rc<str>),
}

impl Name {
    /// A name that is written in the program: it takes no memory.
    pub const fn fixed(text: &'static str) -> Name {
        Name(Owner::Nobody(text))
    }

    /// Its text. A call in the engine, which is half a kilobyte smaller with it.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Owner::Nobody(text) => text,
            Owner::Many(text) => text,
        }
    }
}

impl Deref for Name {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name(Owner::Many(shared(text)))
    }
}

impl From<String> for Name {
    fn from(text: String) -> Name {
        Name::from(text.as_str())
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Name {}

impl PartialEq<str> for Name {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        *self.as_str() == *other
    }
}

impl PartialEq<&str> for Name {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        *self.as_str() == **other
    }
}

impl PartialEq<String> for Name {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        *self.as_str() == **other
    }
}

/// The names of a text that were met last.
#[derive(Default)]
pub(super) struct Names {
    known: [Option<Name>; 16],
}

impl Names {
    pub(super) fn shared(&mut self, name: &str) -> Name {
        let bytes = name.as_bytes();
        let place = bytes.first().map_or(0, |first| usize::from(*first) * 3) + bytes.len();
        let Some(known) = self.known.get_mut(place % 16) else { return Name::from(name) };
        match known {
            Some(known) if *known == *name => known.clone(),
            _ => known.insert(Name::from(name)).clone(),
        }
    }
}

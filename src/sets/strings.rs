//! Sets of strings, as the operators of patterns describe them, and one string that lies in all of several.
//!
//! A set is a union of *shapes* (all strings, if none is named) without some other shapes: `anything-but` is everything
//! without what it refuses. A shape is a regular language; [`find`] walks the shapes of all sets together, letter by letter
//! and only as far as needed, so that intersection and complement cost no automata of their own.
//!
//! The rule: letters that no shape names are all alike, so one of them stands for all. The bound: past [`WORK`] steps
//! the answer is [`Found::Unknown`], never a guess.

use std::collections::HashSet;

use super::ip::Network;
use super::machine::Machine;
use super::sort_by;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Any run of characters, none included.
    Run,
    /// One of these texts.
    OneOf(Vec<String>),
}

/// A regular language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// These parts, one after another.
    Text(Vec<Step>),
    /// The spellings of the addresses of a network.
    Address(Network),
    /// The spellings of JSON numbers.
    Number,
}

/// A set of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    /// The shapes of which a string must have one; none: any string will do.
    pub within: Option<Vec<Shape>>,
    /// The shapes that it must not have.
    pub but: Vec<Shape>,
}

impl Strings {
    /// No string at all.
    pub fn none() -> Strings {
        Strings::of(Vec::new())
    }

    /// All strings.
    pub fn all() -> Strings {
        Strings { within: None, but: Vec::new() }
    }

    /// Those of one of these shapes.
    pub fn of(shapes: Vec<Shape>) -> Strings {
        Strings { within: Some(shapes), but: Vec::new() }
    }

    /// All but those of these shapes.
    pub fn all_but(shapes: Vec<Shape>) -> Strings {
        Strings { within: None, but: shapes }
    }
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// This is one.
    Some(T),
    /// There is none: proven.
    None,
    /// The bound was reached.
    Unknown,
}

/// On which side of a union a string must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In one of the sets.
    Inside,
    /// In none of them.
    Outside,
}

/// A condition: the text `before` + string + `after` lies inside, or outside, the union of these sets.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The sets.
    pub sets: Vec<Strings>,
    /// Where it must lie.
    pub side: Side,
    /// What stands before it.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// The most steps of one search; a step looks at one place of one shape.
const WORK: usize = 1_000_000;

/// A shape's number and a place in it, in one number.
type Places = Vec<u32>;

/// A shortest string that meets all conditions.
pub fn find(conditions: &[Condition]) -> Found<String> {
    match Search::new(conditions) {
        Some(mut search) => search.run(),
        None => Found::Unknown,
    }
}

/// The machines of a set: those of which one must end, if there are any, and those of which none may.
struct Union {
    within: Option<Vec<u32>>,
    but: Vec<u32>,
}

struct Part<'a> {
    unions: Vec<Union>,
    condition: &'a Condition,
}

struct Search<'a> {
    machines: Vec<Machine>,
    parts: Vec<Part<'a>>,
    /// By machine, the text behind the string.
    after: Vec<&'a str>,
    start: Places,
    left: usize,
}

impl<'a> Search<'a> {
    fn new(conditions: &'a [Condition]) -> Option<Search<'a>> {
        let mut search =
            Search { machines: Vec::new(), parts: Vec::new(), after: Vec::new(), start: Vec::new(), left: WORK };
        for condition in conditions {
            let mut unions = Vec::new();
            for set in &condition.sets {
                let within = match &set.within {
                    None => None,
                    Some(shapes) => Some(search.add_all(shapes, condition)?),
                };
                unions.push(Union { within, but: search.add_all(&set.but, condition)? });
            }
            search.parts.push(Part { unions, condition });
        }
        sort_places(&mut search.start);
        Some(search)
    }

    fn add_all(&mut self, shapes: &[Shape], condition: &'a Condition) -> Option<Vec<u32>> {
        let mut added = Vec::new();
        for shape in shapes {
            for machine in Machine::of(shape)? {
                let number = u32::from(u16::try_from(self.machines.len()).ok()?);
                let mut places = machine.start();
                self.machines.push(machine);
                self.after.push(&condition.after);
                for letter in condition.before.chars() {
                    places = self.follow(number, &places, letter)?;
                }
                self.start.extend(places.into_iter().map(|place| (number << 16) | u32::from(place)));
                added.push(number);
            }
        }
        Some(added)
    }

    /// Where one machine is after a letter.
    fn follow(&mut self, machine: u32, places: &[u16], letter: char) -> Option<Vec<u16>> {
        self.left = self.left.checked_sub(places.len())?;
        let mut next = Vec::new();
        if let Some(machine) = self.machines.get(machine as usize) {
            places.iter().for_each(|place| machine.next(*place, letter, &mut next));
        }
        Some(next)
    }

    fn run(&mut self) -> Found<String> {
        let mut seen: HashSet<Places> = HashSet::new();
        // Each with the one before it and the letter between.
        let mut queue: Vec<(Places, usize, char)> = vec![(self.start.clone(), 0, ' ')];
        let mut at = 0;
        while let Some((places, _, _)) = queue.get(at) {
            let places = places.clone();
            match self.accepts(&places) {
                None => return Found::Unknown,
                Some(true) => return Found::Some(spell(&queue, at)),
                Some(false) => {}
            }
            for letter in self.letters(&places) {
                let Some(next) = self.next(&places, letter) else { return Found::Unknown };
                if self.may_accept(&next) && seen.insert(next.clone()) {
                    queue.push((next, at, letter));
                }
            }
            at += 1;
        }
        Found::None
    }

    fn next(&mut self, places: &Places, letter: char) -> Option<Places> {
        self.left = self.left.checked_sub(1 + places.len())?;
        let mut next = Vec::new();
        let mut found = Vec::new();
        for place in places {
            if let Some(machine) = self.machines.get((place >> 16) as usize) {
                machine.next(*place as u16, letter, &mut found);
                next.extend(found.drain(..).map(|to| (place & 0xffff_0000) | u32::from(to)));
            }
        }
        sort_places(&mut next);
        Some(next)
    }

    /// The letters that some shape names here, and one that none names; pleasant ones first.
    fn letters(&self, places: &Places) -> Vec<char> {
        let mut letters = Vec::new();
        for place in places {
            if let Some(machine) = self.machines.get((place >> 16) as usize) {
                machine.letters(*place as u16, &mut letters);
            }
        }
        letters.extend(pleasant().find(|letter| !letters.contains(letter)));
        sort_by(&mut letters, |one, other| rank(*one).cmp(&rank(*other)));
        letters.dedup();
        letters
    }

    /// Whether the string so far meets all conditions; none past the bound.
    fn accepts(&mut self, places: &Places) -> Option<bool> {
        let mut ended = vec![false; self.machines.len()];
        for place in places {
            let number = place >> 16;
            let after = self.after.get(number as usize).copied().unwrap_or("");
            let mut at = vec![*place as u16];
            for letter in after.chars() {
                at = self.follow(number, &at, letter)?;
            }
            let machine = self.machines.get(number as usize);
            if machine.is_some_and(|machine| at.iter().any(|place| machine.ends(*place)))
                && let Some(slot) = ended.get_mut(number as usize)
            {
                *slot = true;
            }
        }
        let any = |numbers: &[u32]| numbers.iter().any(|number| ended.get(*number as usize) == Some(&true));
        let holds = |union: &Union| union.within.as_ref().is_none_or(|within| any(within)) && !any(&union.but);
        let met = |part: &Part<'_>| part.unions.iter().any(holds) == (part.condition.side == Side::Inside);
        Some(self.parts.iter().all(met))
    }

    /// Whether any longer string can meet all conditions: a shape that must end is still on its way.
    fn may_accept(&self, places: &Places) -> bool {
        let alive = |number: &u32| {
            let at = places.partition_point(|place| (place >> 16) < *number);
            places.get(at).is_some_and(|place| (place >> 16) == *number)
        };
        let open = |union: &Union| union.within.as_ref().is_none_or(|within| within.iter().any(alive));
        self.parts.iter().all(|part| part.condition.side == Side::Outside || part.unions.iter().any(open))
    }
}

fn spell(queue: &[(Places, usize, char)], mut at: usize) -> String {
    let mut letters = Vec::new();
    while at != 0 {
        let Some((_, before, letter)) = queue.get(at) else { break };
        letters.push(*letter);
        at = *before;
    }
    letters.into_iter().rev().collect()
}

fn sort_places(places: &mut Places) {
    sort_by(places, |one, other| one.cmp(other));
    places.dedup();
}

/// Letters in the order in which people like to see them.
fn pleasant() -> impl Iterator<Item = char> {
    ('a'..='z').chain('0'..='9').chain('A'..='Z').chain('!'..='~').chain('\u{a1}'..='\u{10ffff}')
}

fn rank(letter: char) -> (u8, char) {
    let class = match letter {
        'a'..='z' => 0,
        '0'..='9' => 1,
        'A'..='Z' => 2,
        '-' | '.' | '_' | '/' | ':' => 3,
        ' '..='~' => 4,
        '\u{a1}'.. => 5,
        _ => 6,
    };
    (class, letter)
}

//! The syntax of the model's patterns: text in, tree out; none for what lies outside the subset.
//!
//! The subset is what the service model's patterns use: no look-around, no back references, so matching stays linear.

use std::iter::Peekable;
use std::str::Chars;

/// More repetitions than any pattern of the model counts (`{17}`); keeps the compiled form small.
const MOST_REPETITIONS: usize = 64;

#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
    kinds: Vec<Kind>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Digit,
    Word,
    Space,
    Letter,
    Separator,
    Number,
}

/// A pattern's syntax tree.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Class(Class),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// At least so often; at most so often, if bounded.
    Repeat(Box<Node>, usize, Option<usize>),
}

/// The tree of a whole pattern.
pub(super) fn parse(pattern: &str) -> Option<Node> {
    let mut rest = pattern.chars().peekable();
    let node = either(&mut rest)?;
    rest.next().is_none().then_some(node)
}

impl Class {
    fn single(character: char) -> Self {
        Self { ranges: vec![(character, character)], ..Self::default() }
    }

    /// `.`: all but the line ends Java knows.
    fn any() -> Self {
        let ends = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
        Self { negated: true, ranges: ends.map(|end| (end, end)).to_vec(), kinds: Vec::new() }
    }

    pub(super) fn holds(&self, character: char) -> bool {
        let listed = self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&character))
            || self.kinds.iter().any(|kind| kind.holds(character));
        listed != self.negated
    }
}

impl Kind {
    fn holds(self, character: char) -> bool {
        match self {
            Self::Digit => character.is_ascii_digit(),
            Self::Word => character.is_ascii_alphanumeric() || character == '_',
            Self::Space => matches!(character, ' ' | '\t'..='\r'),
            Self::Letter => character.is_alphabetic(),
            Self::Separator => character.is_whitespace() && !character.is_control(),
            Self::Number => character.is_numeric(),
        }
    }
}

// The patterns come from the model and nest three deep at most, so the parser below may call itself.

fn either(rest: &mut Peekable<Chars>) -> Option<Node> {
    let mut branches = vec![sequence(rest)?];
    while rest.next_if_eq(&'|').is_some() {
        branches.push(sequence(rest)?);
    }
    Some(if branches.len() == 1 { branches.remove(0) } else { Node::Either(branches) })
}

fn sequence(rest: &mut Peekable<Chars>) -> Option<Node> {
    let mut nodes = Vec::new();
    while let Some(&character) = rest.peek() {
        if matches!(character, '|' | ')') {
            break;
        }
        rest.next();
        if !matches!(character, '^' | '$') {
            let atom = atom(character, rest)?;
            nodes.push(repeated(atom, rest)?);
        }
    }
    Some(Node::Sequence(nodes))
}

fn atom(first: char, rest: &mut Peekable<Chars>) -> Option<Node> {
    match first {
        '(' => {
            if rest.next_if_eq(&'?').is_some() {
                rest.next_if_eq(&':')?;
            }
            let inner = either(rest)?;
            rest.next_if_eq(&')')?;
            Some(inner)
        }
        '[' => class(rest).map(Node::Class),
        '.' => Some(Node::Class(Class::any())),
        '\\' => {
            let mut class = Class::default();
            escape(rest, &mut class)?;
            Some(Node::Class(class))
        }
        '*' | '+' | '?' | '{' | ']' | '}' => None,
        _ => Some(Node::Class(Class::single(first))),
    }
}

fn repeated(node: Node, rest: &mut Peekable<Chars>) -> Option<Node> {
    let (least, most) = match rest.peek() {
        Some('*') => (0, None),
        Some('+') => (1, None),
        Some('?') => (0, Some(1)),
        Some('{') => return counted(node, rest),
        _ => return Some(node),
    };
    rest.next();
    Some(Node::Repeat(Box::new(node), least, most))
}

/// `{n}`, `{n,}` or `{n,m}`.
fn counted(node: Node, rest: &mut Peekable<Chars>) -> Option<Node> {
    rest.next();
    let text: String = std::iter::from_fn(|| rest.next_if(|character| *character != '}')).collect();
    rest.next_if_eq(&'}')?;
    let (least, most) = match text.split_once(',') {
        None => (text.parse().ok()?, Some(text.parse().ok()?)),
        Some((least, "")) => (least.parse().ok()?, None),
        Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
    };
    let small = least <= MOST_REPETITIONS && most.is_none_or(|most| most <= MOST_REPETITIONS);
    small.then(|| Node::Repeat(Box::new(node), least, most))
}

fn class(rest: &mut Peekable<Chars>) -> Option<Class> {
    let mut class = Class { negated: rest.next_if_eq(&'^').is_some(), ..Class::default() };
    loop {
        let low = match rest.next()? {
            ']' => return Some(class),
            '\\' => match escape(rest, &mut class)? {
                Escape::Character(character) => character,
                Escape::Kind => continue,
            },
            character => {
                class.ranges.push((character, character));
                character
            }
        };
        // A dash makes a range only between two characters; first, last and after a range it stands for itself.
        let mut ahead = rest.clone();
        if ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']') {
            rest.next();
            let high = match rest.next()? {
                '\\' => match escape(rest, &mut class)? {
                    Escape::Character(character) => character,
                    Escape::Kind => return None,
                },
                character => character,
            };
            class.ranges.push((low, high));
        }
    }
}

/// What a backslash stood before.
enum Escape {
    Character(char),
    Kind,
}

/// Adds what stands behind a backslash to the class.
fn escape(rest: &mut Peekable<Chars>, class: &mut Class) -> Option<Escape> {
    let kind = match rest.next()? {
        'd' => Kind::Digit,
        'w' => Kind::Word,
        's' => Kind::Space,
        'p' => {
            rest.next_if_eq(&'{')?;
            let kind = match rest.next()? {
                'L' => Kind::Letter,
                'Z' => Kind::Separator,
                'N' => Kind::Number,
                _ => return None,
            };
            rest.next_if_eq(&'}')?;
            kind
        }
        other => {
            let character = match other {
                't' => '\t',
                'x' => char::from_u32(rest.next()?.to_digit(16)? * 16 + rest.next()?.to_digit(16)?)?,
                _ => other,
            };
            class.ranges.push((character, character));
            return Some(Escape::Character(character));
        }
    };
    class.kinds.push(kind);
    Some(Escape::Kind)
}

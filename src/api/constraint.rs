//! The regular expressions of the service model, matched in time linear in the text.
//!
//! The model's 38 patterns use a small part of the language: classes, groups, alternation, counted repetition, `\d \w \s
//! \p{…}`. A general engine would weigh more in wasm than all 57 operations together, so this one compiles a pattern to a
//! handful of steps and walks all of them abreast (Thompson's construction), which no input can make slow.
//!
//! The service tests the whole value, so `^` and `$` change nothing here and are skipped. The one look-ahead of the
//! model is written without one in [`WITHOUT_LOOK_AHEAD`]. A pattern outside the subset counts as satisfied; a test
//! compiles all patterns of the model.

use std::iter::Peekable;
use std::str::Chars;

/// `PathParameter`: anything that is not all white space.
const WITHOUT_LOOK_AHEAD: (&str, &str) = (r"^(?!\s*$).+", r"\s*[^\s].*");

/// More repetitions than any pattern of the model counts (`{17}`); keeps the compiled form small.
const MOST_REPETITIONS: usize = 64;

/// Whether the whole of `text` satisfies `pattern`.
pub fn satisfies(pattern: &str, text: &str) -> bool {
    match Program::compile(pattern) {
        Some(program) => program.matches(text),
        None => true,
    }
}

/// A compiled pattern: steps, the first of which is where a match starts.
pub struct Program {
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
enum Step {
    /// Takes one character of the class.
    Take(Class),
    /// Goes on at both places.
    Fork(usize, usize),
    /// Goes on there.
    Jump(usize),
    Done,
}

#[derive(Debug, Clone, Default)]
struct Class {
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
enum Node {
    Class(Class),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// At least so often; at most so often, if bounded.
    Repeat(Box<Node>, usize, Option<usize>),
}

impl Program {
    /// The program of this pattern, if it stays within the subset.
    pub fn compile(pattern: &str) -> Option<Self> {
        let pattern = if pattern == WITHOUT_LOOK_AHEAD.0 { WITHOUT_LOOK_AHEAD.1 } else { pattern };
        let mut rest = pattern.chars().peekable();
        let node = either(&mut rest)?;
        if rest.next().is_some() {
            return None;
        }
        let mut program = Self { steps: Vec::new() };
        program.emit(&node);
        program.steps.push(Step::Done);
        Some(program)
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let (mut here, mut next) = (vec![false; self.steps.len()], vec![false; self.steps.len()]);
        self.enter(0, &mut here);
        for character in text.chars() {
            next.fill(false);
            for (index, step) in self.steps.iter().enumerate() {
                if let Step::Take(class) = step
                    && here.get(index) == Some(&true)
                    && class.holds(character)
                {
                    self.enter(index + 1, &mut next);
                }
            }
            if !next.contains(&true) {
                return false;
            }
            std::mem::swap(&mut here, &mut next);
        }
        here.last() == Some(&true)
    }

    /// Marks a step and all that follow from it without a character.
    fn enter(&self, index: usize, marked: &mut [bool]) {
        let mut waiting = vec![index];
        while let Some(index) = waiting.pop() {
            match marked.get_mut(index) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            match self.steps.get(index) {
                Some(Step::Fork(one, other)) => waiting.extend([*one, *other]),
                Some(Step::Jump(there)) => waiting.push(*there),
                _ => {}
            }
        }
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Class(class) => self.steps.push(Step::Take(class.clone())),
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.emit(node)),
            Node::Either(branches) => self.emit_either(branches),
            Node::Repeat(node, least, most) => {
                (0..*least).for_each(|_| self.emit(node));
                match most {
                    Some(most) => (*least..*most).for_each(|_| self.emit_optional(node)),
                    None => self.emit_star(node),
                }
            }
        }
    }

    fn emit_either(&mut self, branches: &[Node]) {
        let mut jumps = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if index + 1 == branches.len() {
                self.emit(branch);
                break;
            }
            let fork = self.reserve();
            self.emit(branch);
            jumps.push(self.reserve());
            self.fill(fork, Step::Fork(fork + 1, self.steps.len()));
        }
        let end = self.steps.len();
        for jump in jumps {
            self.fill(jump, Step::Jump(end));
        }
    }

    fn emit_optional(&mut self, node: &Node) {
        let fork = self.reserve();
        self.emit(node);
        self.fill(fork, Step::Fork(fork + 1, self.steps.len()));
    }

    fn emit_star(&mut self, node: &Node) {
        let fork = self.reserve();
        self.emit(node);
        self.steps.push(Step::Jump(fork));
        self.fill(fork, Step::Fork(fork + 1, self.steps.len()));
    }

    fn reserve(&mut self) -> usize {
        self.steps.push(Step::Done);
        self.steps.len() - 1
    }

    fn fill(&mut self, index: usize, step: Step) {
        if let Some(reserved) = self.steps.get_mut(index) {
            *reserved = step;
        }
    }
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

    fn holds(&self, character: char) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::model::Operation;
    use crate::api::shape::Shape;

    fn patterns(shape: &Shape, found: &mut Vec<&'static str>) {
        match shape {
            Shape::Structure(structure) => structure.members.iter().for_each(|(_, shape)| patterns(shape, found)),
            Shape::List(list) => patterns(list.item, found),
            Shape::Map(map) => [map.key, map.value].into_iter().for_each(|shape| patterns(shape, found)),
            Shape::Text(text) if !text.pattern.is_empty() => found.push(text.pattern),
            _ => {}
        }
    }

    #[test]
    fn every_pattern_of_the_model_lies_within_the_subset() {
        let mut found = Vec::new();
        for operation in Operation::ALL {
            patterns(operation.input(), &mut found);
            patterns(operation.output(), &mut found);
        }
        found.sort_unstable();
        found.dedup();
        assert!(found.len() > 30, "{}", found.len());
        for pattern in found {
            assert!(Program::compile(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn the_whole_text_must_satisfy() {
        for (pattern, text, expected) in [
            (r"[\.\-_A-Za-z0-9]+", "orders.v1_a-b", true),
            (r"[\.\-_A-Za-z0-9]+", "!@#$@!#$", false),
            (r"[\.\-_A-Za-z0-9]+", "", false),
            (r"(\d{12}|\*)", "123456789012", true),
            (r"(\d{12}|\*)", "*", true),
            (r"(\d{12}|\*)", "1234567890123", false),
            (r"[a-zA-Z0-9-_]+", "a-b_9", true),
            (r"^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$", "arn:aws:events:::a/b", true),
            (r"^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$", "arn:aws:sqs:::a/b", false),
            (r"aws\.partner(/[\.\-_A-Za-z0-9]+){2,}", "aws.partner/a/b/c", true),
            (r"aws\.partner(/[\.\-_A-Za-z0-9]+){2,}", "aws.partner/a", false),
            (r"^(?!\s*$).+", "  ", false),
            (r"^(?!\s*$).+", " a ", true),
            (r"^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$", "x-y,", true),
            (r"[^\x00-\x1F\x7F]+", "a\u{7f}", false),
            (r".*", "two\nlines", false),
            (r"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", "tag:Größe 1", true),
        ] {
            assert_eq!(satisfies(pattern, text), expected, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn no_input_makes_it_slow() {
        let text = " ".repeat(20_000);
        assert!(!satisfies(r"^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$", &format!("{text}:")));
    }
}

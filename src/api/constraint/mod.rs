//! The regular expressions of the service model, matched in time linear in the text.
//!
//! The model's patterns use a small part of the language: classes, groups, alternation, counted repetition, `\d \w \s
//! \p{…}`. A general engine would weigh more in wasm than all 57 operations together, so this one compiles a pattern to a
//! handful of steps and walks all of them abreast (Thompson's construction), which no input can make slow.
//!
//! The service tests the whole value, so `^` and `$` change nothing here and are skipped. The one look-ahead of the
//! model is written without one in [`WITHOUT_LOOK_AHEAD`]. A pattern outside the subset counts as satisfied; a test
//! compiles all patterns of the model.

mod syntax;

use syntax::{Class, Node};

/// `PathParameter`: anything that is not all white space.
const WITHOUT_LOOK_AHEAD: (&str, &str) = (r"^(?!\s*$).+", r"\s*[^\s].*");

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

impl Program {
    /// The program of this pattern, if it stays within the subset.
    pub fn compile(pattern: &str) -> Option<Self> {
        let pattern = if pattern == WITHOUT_LOOK_AHEAD.0 { WITHOUT_LOOK_AHEAD.1 } else { pattern };
        let mut program = Self { steps: Vec::new() };
        program.emit(&syntax::parse(pattern)?);
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

//! A usage as a small machine that follows all readings of a statement at once.
//!
//! Readings are tried in the order of the usage, the longer first, as a backtracking matcher would; but the work is
//! the number of words times the size of the usage, and nothing recurses with the length of a statement.

use super::slot::SlotKind;
use super::usage::{Slot, UsageElement, parse_element};
use super::value::Word;

/// What a usage was compiled to.
#[derive(Clone, Debug)]
pub(super) struct Program {
    steps: Vec<Op>,
    slots: Vec<Slot>,
}

/// One step of a program.
#[derive(Clone, Debug)]
enum Op {
    /// A bare word that says this.
    Keyword(Box<str>),
    /// One token of this kind.
    Take(SlotKind),
    /// What follows, to `Close`, stands in this slot.
    Open(usize),
    Close,
    /// Goes on at both, the first by preference.
    Split(usize, usize),
    Jump(usize),
    End,
}

/// Something that happened on the way through a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A slot starts.
    Open(usize),
    /// The slot is full.
    Close,
    /// The word with this number was a keyword.
    Keyword(usize),
    /// The word with this number was taken into a slot.
    Take(usize),
}

/// How far a program came with the words of a statement.
pub(super) struct Advance<'p> {
    /// How many words could be read.
    pub(super) reached: usize,
    /// What could have stood behind them.
    pub(super) wanted: Vec<Wanted<'p>>,
    /// The way through, if all words were read and nothing was missing.
    pub(super) matched: Option<Vec<Event>>,
}

/// Something that could stand next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'p> {
    /// A keyword; with the slot that it would open.
    Keyword(&'p str, Option<&'p Slot>),
    /// A token of a kind; with the slot that it stands in, and whether it would be the first there.
    Take(SlotKind, &'p Slot, bool),
    /// Nothing more.
    End,
}

impl Program {
    pub(super) fn new(element: &UsageElement) -> Self {
        let mut program = Self { steps: Vec::new(), slots: Vec::new() };
        program.compile(element);
        program.steps.push(Op::End);
        program
    }

    pub(super) fn slot(&self, index: usize) -> Option<&Slot> {
        self.slots.get(index)
    }

    /// The keywords that can stand first.
    pub(super) fn heads(&self) -> Vec<&str> {
        let wanted = self.run(&[]).wanted.into_iter();
        wanted
            .filter_map(|wanted| if let Wanted::Keyword(word, _) = wanted { Some(word) } else { None })
            .collect()
    }

    pub(super) fn has_keyword(&self, word: &str) -> bool {
        self.steps.iter().any(|step| match step {
            Op::Keyword(keyword) => **keyword == *word,
            Op::Take(kind) => kind.choices().contains(&word),
            _ => false,
        })
    }

    fn compile(&mut self, element: &UsageElement) {
        match element {
            UsageElement::Keyword(word) => self.steps.push(Op::Keyword(word.clone())),
            UsageElement::Slot(slot) => self.compile_slot(slot),
            UsageElement::Sequence(elements) => elements.iter().for_each(|element| self.compile(element)),
            UsageElement::Choice(elements) => self.compile_choice(elements),
            UsageElement::Optional(element) => {
                let split = self.split();
                self.compile(element);
                self.or_else(split);
            }
            UsageElement::Repeat(element) => {
                let start = self.steps.len();
                self.compile(element);
                let behind = self.steps.len() + 1;
                self.steps.push(Op::Split(start, behind));
            }
        }
    }

    fn compile_slot(&mut self, slot: &Slot) {
        self.steps.push(Op::Open(self.slots.len()));
        self.slots.push(slot.clone());
        match slot.kind.inside().map(parse_element) {
            Some(Ok(inside)) => self.compile(&inside),
            _ => self.steps.push(Op::Take(slot.kind)),
        }
        self.steps.push(Op::Close);
    }

    fn compile_choice(&mut self, elements: &[UsageElement]) {
        let Some((last, others)) = elements.split_last() else { return };
        let mut ends = Vec::new();
        for element in others {
            let split = self.split();
            self.compile(element);
            ends.push(self.steps.len());
            self.steps.push(Op::End);
            self.or_else(split);
        }
        self.compile(last);
        for end in ends {
            self.steps[end] = Op::Jump(self.steps.len());
        }
    }

    /// A split whose second way is not known yet.
    fn split(&mut self) -> usize {
        let split = self.steps.len();
        self.steps.push(Op::Split(split + 1, split + 1));
        split
    }

    fn or_else(&mut self, split: usize) {
        self.steps[split] = Op::Split(split + 1, self.steps.len());
    }

    /// Follows the words of a statement.
    pub(super) fn run(&self, words: &[Word<'_>]) -> Advance<'_> {
        let mut machine =
            Machine { program: self, past: Vec::new(), seen: vec![0; self.steps.len()], round: 0 };
        let mut readings = Vec::new();
        machine.enter(0, None, &mut readings);
        for (number, word) in words.iter().enumerate() {
            let next = machine.read(&readings, number, word);
            if next.is_empty() {
                return Advance { reached: number, wanted: machine.wanted(&readings), matched: None };
            }
            readings = next;
        }
        let end = readings.iter().find(|reading| matches!(self.steps[reading.step], Op::End));
        let matched = end.map(|reading| machine.way(reading.past));
        Advance { reached: words.len(), wanted: machine.wanted(&readings), matched }
    }
}

/// A reading of the words so far: where it stands in the program, and its last event.
#[derive(Clone, Copy)]
struct Reading {
    step: usize,
    past: Option<usize>,
}

/// A program at work. The pasts of all readings are one tree, each event naming the one before.
struct Machine<'p> {
    program: &'p Program,
    past: Vec<(Option<usize>, Event)>,
    /// In which round a step was entered last: the first to come is the preferred one.
    seen: Vec<usize>,
    round: usize,
}

impl<'p> Machine<'p> {
    /// What becomes of the readings when the next word is read.
    fn read(&mut self, readings: &[Reading], number: usize, word: &Word<'_>) -> Vec<Reading> {
        let mut next = Vec::new();
        self.round += 1;
        for reading in readings {
            let event = match &self.program.steps[reading.step] {
                Op::Keyword(keyword) if word.is(keyword) => Event::Keyword(number),
                Op::Take(kind) if kind.takes(word) => Event::Take(number),
                _ => continue,
            };
            let past = self.remember(reading.past, event);
            self.enter(reading.step + 1, Some(past), &mut next);
        }
        next
    }

    /// Adds a reading, and goes on to where a word is wanted.
    fn enter(&mut self, step: usize, past: Option<usize>, readings: &mut Vec<Reading>) {
        let mut open = vec![Reading { step, past }];
        while let Some(Reading { step, past }) = open.pop() {
            if std::mem::replace(&mut self.seen[step], self.round + 1) > self.round {
                continue;
            }
            match self.program.steps[step] {
                Op::Jump(to) => open.push(Reading { step: to, past }),
                Op::Split(first, second) => {
                    open.push(Reading { step: second, past });
                    open.push(Reading { step: first, past });
                }
                Op::Open(slot) => {
                    let past = Some(self.remember(past, Event::Open(slot)));
                    open.push(Reading { step: step + 1, past });
                }
                Op::Close => {
                    let past = Some(self.remember(past, Event::Close));
                    open.push(Reading { step: step + 1, past });
                }
                Op::Keyword(_) | Op::Take(_) | Op::End => readings.push(Reading { step, past }),
            }
        }
    }

    fn remember(&mut self, past: Option<usize>, event: Event) -> usize {
        self.past.push((past, event));
        self.past.len() - 1
    }

    /// The events that led here, first to last.
    fn way(&self, mut past: Option<usize>) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some((before, event)) = past.and_then(|at| self.past.get(at)) {
            events.push(*event);
            past = *before;
        }
        events.reverse();
        events
    }

    fn wanted(&self, readings: &[Reading]) -> Vec<Wanted<'p>> {
        let mut wanted = Vec::new();
        for reading in readings {
            let (slot, first) = self.slot_of(reading.past);
            let want = match &self.program.steps[reading.step] {
                Op::Keyword(word) => Wanted::Keyword(word, slot.filter(|_| first)),
                Op::Take(kind) => match slot {
                    Some(slot) => Wanted::Take(*kind, slot, first),
                    None => continue,
                },
                _ => Wanted::End,
            };
            if !wanted.contains(&want) {
                wanted.push(want);
            }
        }
        wanted
    }

    /// The outermost of the slots that just opened and are still empty; else the innermost that is open.
    fn slot_of(&self, mut past: Option<usize>) -> (Option<&'p Slot>, bool) {
        let mut fresh = None;
        while let Some((before, Event::Open(slot))) = past.and_then(|at| self.past.get(at)) {
            fresh = self.program.slot(*slot);
            past = *before;
        }
        if fresh.is_some() { (fresh, true) } else { (self.innermost(past), false) }
    }

    fn innermost(&self, mut past: Option<usize>) -> Option<&'p Slot> {
        let mut closed = 0;
        while let Some((before, event)) = past.and_then(|at| self.past.get(at)) {
            match event {
                Event::Open(slot) if closed == 0 => return self.program.slot(*slot),
                Event::Open(_) => closed -= 1,
                Event::Close => closed += 1,
                Event::Keyword(_) | Event::Take(_) => {}
            }
            past = *before;
        }
        None
    }
}

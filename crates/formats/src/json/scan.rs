//! Finding where a value ends in a stream, without understanding it.

/// How many brackets may be open at once before the text counts as an attack. What a feature may nest is
/// [`Limits::depth`](crate::Limits::depth); this is only what a scan can remember.
const OPEN_MAX: usize = 1 << 16;

/// The bytes that mean something to a scan inside brackets; digits and white space, the most of them, do not.
const MEANS: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"{}[],:\"\x1e";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// A scan over one value; it can stop at the end of a window and go on when more has come.
#[derive(Default)]
pub(crate) struct Scan {
    at: usize,
    open: Vec<u8>,
    in_text: bool,
    last: Last,
}

/// The last token, as far as it says what may follow.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// An opening bracket, a comma or nothing yet.
    #[default]
    Other,
    /// A colon: a value must follow.
    Colon,
    /// The end of a text, an object or a list: neither may follow.
    Value,
}

/// What a scan came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The value is the first so many bytes of the window.
    Done(usize),
    /// The window ends within the value.
    More,
    /// The brackets, quotes or commas do not fit at this offset.
    Broken(usize, &'static str),
}

impl Scan {
    /// How far the scan has come.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Tells the scan that the window now starts where the scan stands.
    pub(crate) fn rebase(&mut self) {
        self.at = 0;
    }

    /// Goes on over the window, which starts with the value.
    pub(crate) fn run(&mut self, window: &[u8]) -> Step {
        loop {
            if self.in_text {
                if !self.pass_text(window) {
                    return Step::More;
                }
                if self.open.is_empty() {
                    return Step::Done(self.at);
                }
            }
            if !self.open.is_empty() {
                let rest = window.get(self.at..).unwrap_or(&[]);
                self.at += rest.iter().position(|byte| MEANS[usize::from(*byte)]).unwrap_or(rest.len());
            }
            let Some(&byte) = window.get(self.at) else { return Step::More };
            if let Some(step) = self.token(byte) {
                return step;
            }
        }
    }

    /// Passes to the end of the text that is open; `false` if the window ends before.
    fn pass_text(&mut self, window: &[u8]) -> bool {
        while let Some(found) =
            window.get(self.at..).and_then(|rest| rest.iter().position(|byte| matches!(byte, b'"' | b'\\')))
        {
            let stop = self.at + found;
            if window[stop] == b'"' {
                self.at = stop + 1;
                self.in_text = false;
                self.last = Last::Value;
                return true;
            }
            if stop + 1 >= window.len() {
                // The escaped character has not come yet: look at the backslash again.
                self.at = stop;
                return false;
            }
            self.at = stop + 2;
        }
        self.at = window.len();
        false
    }

    #[inline]
    fn token(&mut self, byte: u8) -> Option<Step> {
        if self.open.is_empty() && ends_scalar(byte) {
            return Some(Step::Done(self.at));
        }
        match byte {
            b'{' | b'[' | b'"' if self.last == Last::Value => {
                return Some(self.broken("a comma or a double quote is missing at this place or before it"));
            }
            b'{' | b'[' if self.open.last() == Some(&b'}') && self.last != Last::Colon => {
                return Some(self.broken("a closing brace is missing at this place or before it"));
            }
            b'{' | b'[' => {
                self.last = Last::Other;
                if self.open.len() == OPEN_MAX {
                    return Some(self.broken("brackets nest deeper than any real data"));
                }
                self.open.push(byte + 2);
            }
            b'}' | b']' => {
                if self.open.pop() != Some(byte) {
                    return Some(self.broken("this closing bracket does not fit the one that is open"));
                }
                self.last = Last::Value;
                if self.open.is_empty() {
                    return Some(Step::Done(self.at + 1));
                }
            }
            b'"' => self.in_text = true,
            b',' => self.last = Last::Other,
            b':' => self.last = Last::Colon,
            // A record of a sequence starts with this character, and no value may hold it.
            0x1e => return Some(self.broken("a record separator stands inside a value")),
            _ => {}
        }
        self.at += 1;
        None
    }

    fn broken(&self, reason: &'static str) -> Step {
        Step::Broken(self.at, reason)
    }
}

/// Whether a byte ends a number or a word that stands outside all brackets.
fn ends_scalar(byte: u8) -> bool {
    matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' | 0x1e)
}

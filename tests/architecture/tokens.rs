//! What a Rust file mentions: paths, macros, texts, attributes. Read from the tokens, so that what stands
//! inside a macro's call is seen as well as what stands in a `use`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A thing mentioned, and the line where it stands.
pub(crate) struct Mention<T> {
    pub(crate) what: T,
    pub(crate) line: usize,
}

/// Everything that a file mentions.
#[derive(Default)]
pub(crate) struct Mentions {
    /// Paths as written, those in the braces of a `use` in full.
    pub(crate) paths: Vec<Mention<Vec<String>>>,
    /// Names of macros that are called.
    pub(crate) macros: Vec<Mention<String>>,
    /// Literals as written, quotes included.
    pub(crate) literals: Vec<Mention<String>>,
    /// First words of attributes: `cfg`, `derive`.
    pub(crate) attributes: Vec<Mention<String>>,
}

/// Whether items under `#[cfg(test)]` are read too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tests {
    Read,
    LeftOut,
}

/// Words that may stand before a path with a leading `::` without being part of it.
const BEFORE_A_PATH: [&str; 14] = [
    "use", "as", "return", "dyn", "impl", "mut", "const", "in", "where", "else", "match", "if", "while",
    "for",
];

/// Reads a file's text; the error says why it is no Rust.
pub(crate) fn mentions(text: &str, tests: Tests) -> Result<Mentions, String> {
    let stream: TokenStream = text.parse().map_err(|error: proc_macro2::LexError| error.to_string())?;
    let mut mentions = Mentions::default();
    mentions.read(stream, tests);
    Ok(mentions)
}

impl Mentions {
    fn read(&mut self, stream: TokenStream, tests: Tests) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    at = self.attribute(&tokens, at, tests);
                    continue;
                }
                TokenTree::Ident(_) => {
                    at = self.path(&tokens, at, &[]);
                    continue;
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    self.literals.push(Mention { what: literal.to_string(), line });
                }
                TokenTree::Group(group) => self.read(group.stream(), tests),
                TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    /// Reads the path that starts at `at`, below `prefix`, and says where reading goes on.
    fn path(&mut self, tokens: &[TokenTree], at: usize, prefix: &[String]) -> usize {
        let line = tokens[at].span().start().line;
        let mut what = prefix.to_vec();
        what.push(tokens[at].to_string());
        let mut next = at + 1;
        let starts = !BEFORE_A_PATH.contains(&what[prefix.len()].as_str());
        while starts && is_sign(tokens.get(next), ':') && is_sign(tokens.get(next + 1), ':') {
            match tokens.get(next + 2) {
                Some(TokenTree::Ident(word)) => what.push(word.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.branches(group, &what);
                    return next + 3;
                }
                _ => break,
            }
            next += 3;
        }
        if is_sign(tokens.get(next), '!') && !is_sign(tokens.get(next + 1), '=') {
            let name = what.last().cloned().unwrap_or_default();
            self.macros.push(Mention { what: name, line });
        }
        self.paths.push(Mention { what, line });
        next
    }

    /// The braces of `use a::{b, c::d}`.
    fn branches(&mut self, group: &Group, prefix: &[String]) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        for branch in tokens.split(|token| is_sign(Some(token), ',')) {
            if matches!(branch.first(), Some(TokenTree::Ident(_))) {
                self.path(branch, 0, prefix);
            }
        }
    }

    /// Notes an attribute; when it leaves the next item to the tests, that item is passed over.
    fn attribute(&mut self, tokens: &[TokenTree], at: usize, tests: Tests) -> usize {
        let next = if is_sign(tokens.get(at + 1), '!') { at + 2 } else { at + 1 };
        let Some(TokenTree::Group(group)) = tokens.get(next) else { return at + 1 };
        if group.delimiter() != Delimiter::Bracket {
            return at + 1;
        }
        let words: Vec<String> = group.stream().into_iter().map(|token| token.to_string()).collect();
        if let Some(what) = words.first().cloned() {
            self.attributes.push(Mention { what, line: group.span().start().line });
        }
        let condition = words.get(1).map(|text| text.replace(' ', "")).unwrap_or_default();
        let for_tests = condition == "(test)" || condition.starts_with("(all(test,");
        if tests == Tests::LeftOut && words[0] == "cfg" && for_tests {
            return end_of_item(tokens, next + 1);
        }
        self.read(group.stream(), tests);
        next + 1
    }
}

/// An item ends with its braces or its semicolon.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        other => is_sign(Some(other), ';'),
    };
    let length = tokens[from..].iter().position(ends);
    length.map_or(tokens.len(), |length| from + length + 1)
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

#[test]
fn paths_are_seen_in_uses_in_code_and_in_macros() {
    let text = "use std::{fs::{self, File}, io as input};\nfn f() { if a != b { assert!(std::env::x()) } }\n\
        #[cfg(test)]\nmod tests { use hidden::one; }\nuse ::seen::two;";
    let paths = |tests| {
        let found = mentions(text, tests).unwrap().paths.into_iter();
        found.filter(|path| path.what.len() > 1).map(|path| (path.what.join("::"), path.line)).collect()
    };
    let product: Vec<(String, usize)> = paths(Tests::LeftOut);
    let expected =
        [("std::fs::self", 1), ("std::fs::File", 1), ("std::io", 1), ("std::env::x", 2), ("seen::two", 5)];
    assert_eq!(product, expected.map(|(path, line)| (path.to_owned(), line)));
    let all: Vec<(String, usize)> = paths(Tests::Read);
    assert_eq!(all.len(), 6);
    assert!(all.contains(&("hidden::one".to_owned(), 4)));
    let macros = mentions(text, Tests::Read).unwrap().macros;
    assert_eq!(macros.iter().map(|call| call.what.as_str()).collect::<Vec<_>>(), ["assert"]);
}

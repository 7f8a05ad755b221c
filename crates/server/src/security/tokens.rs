//! Tokens of those who may write.

use std::fmt;
use std::hint::black_box;
use std::sync::Arc;

/// Fewest characters of a token: 32 hexadecimal digits are 128 bits.
const SHORTEST: usize = 32;

/// The tokens in a file: on each line a name and the token, separated by blanks; lines that begin with `#` say nothing.
#[derive(Clone)]
pub struct Tokens(Arc<[Token]>);

struct Token {
    name: Arc<str>,
    secret: Box<[u8]>,
}

/// Why a file of tokens cannot be used. Never says what a token is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokensError {
    /// A line that is not as it must be.
    #[error("line {line}: {reason}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// Nobody could write.
    #[error("there is no token in it; a line is a name and a token of 32 characters or more")]
    None,
}

impl Tokens {
    /// Reads the text of a file.
    /// # Errors
    /// [`TokensError`] for the first line that is wrong, or when there is no token.
    pub fn parse(text: &str) -> Result<Self, TokensError> {
        let mut tokens: Vec<Token> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let wrong = |reason| TokensError::Line { line: at + 1, reason };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split_whitespace();
            let (Some(name), Some(secret), None) = (words.next(), words.next(), words.next()) else {
                return Err(wrong("a line is a name and a token, separated by a blank"));
            };
            if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(wrong("the token has a character that no header can carry"));
            }
            if secret.len() < SHORTEST {
                return Err(wrong(
                    "the token is too short: it needs 32 characters or more, all of them random",
                ));
            }
            if tokens.iter().any(|token| *token.name == *name) {
                return Err(wrong("the name has a token already"));
            }
            if tokens.iter().any(|token| *token.secret == *secret.as_bytes()) {
                return Err(wrong("the token is another name's already"));
            }
            tokens.push(Token { name: name.into(), secret: secret.as_bytes().into() });
        }
        if tokens.is_empty() { Err(TokensError::None) } else { Ok(Self(tokens.into())) }
    }

    /// Whose token it is. How long this takes does not tell how much of a token was right.
    pub(crate) fn holder(&self, presented: &[u8]) -> Option<Arc<str>> {
        let mut holder = None;
        for token in self.0.iter() {
            if equal(presented, &token.secret) {
                holder = Some(&token.name);
            }
        }
        holder.cloned()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|token| &token.name)).finish()
    }
}

/// Compares every byte, whatever the ones before were.
fn equal(presented: &[u8], secret: &[u8]) -> bool {
    let mut difference = presented.len() ^ secret.len();
    for (one, other) in presented.iter().zip(secret.iter().cycle()) {
        difference |= usize::from(*black_box(one) ^ *black_box(other));
    }
    black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::{Tokens, TokensError};

    const A: &str = "0123456789abcdef0123456789abcdef";
    const B: &str = "0123456789abcdef0123456789abcdeg";

    #[test]
    fn a_token_is_whole_or_wrong() {
        let tokens = Tokens::parse(&format!("# staff\n\n lan   {A}\r\nminh\t{B}\n")).unwrap();
        assert_eq!(tokens.holder(A.as_bytes()).as_deref(), Some("lan"));
        assert_eq!(tokens.holder(B.as_bytes()).as_deref(), Some("minh"));
        for wrong in ["", &A[..31], &format!("{A}{A}"), &format!("{A}0"), "lan", &A.to_uppercase()] {
            assert_eq!(tokens.holder(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(format!("{tokens:?}"), r#"["lan", "minh"]"#);
    }

    #[test]
    fn wrong_lines_are_named_without_their_secret() {
        let at = |text: String| match Tokens::parse(&text).unwrap_err() {
            TokensError::Line { line, reason } => {
                assert!(!reason.contains(A));
                line
            }
            TokensError::None => 0,
        };
        assert_eq!(at(String::new()), 0);
        assert_eq!(at("# nothing\n".into()), 0);
        assert_eq!(at("#\nlan short\n".into()), 2);
        assert_eq!(at(format!("lan {A} {A}")), 1);
        assert_eq!(at(A.into()), 1);
        assert_eq!(at(format!("lan {A}\nlan {B}")), 2);
        assert_eq!(at(format!("lan {A}\nminh {A}")), 2);
        assert_eq!(at(format!("lan {A}é")), 1);
    }
}

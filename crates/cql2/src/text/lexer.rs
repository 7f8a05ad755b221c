//! Characters to words.

use unicode_normalization::UnicodeNormalization;

use crate::ast::Place;
use crate::error::Cql2Error;

/// A word of CQL2 text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name or a keyword.
    Word(String),
    /// A name in double quotes, which is never a keyword.
    Quoted(String),
    /// A text.
    Text(String),
    /// A number without sign.
    Number(f64),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
    /// The end.
    End,
}

/// A token and the characters before it.
#[derive(Clone, Debug)]
pub(super) struct Located {
    pub(super) token: Token,
    pub(super) at: usize,
}

/// Longer ones first.
const SIGNS: [&str; 15] = ["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "+", "-", "*", "/", "%", "^"];

/// The tokens of a text, the end being the last.
pub(super) fn tokens(text: &str) -> Result<Vec<Located>, Cql2Error> {
    let characters: Vec<char> = text.chars().collect();
    let mut reader = Reader { characters, at: 0 };
    let mut tokens = Vec::new();
    loop {
        reader.skip_spaces();
        let at = reader.at;
        let token = reader.token()?;
        let is_end = token == Token::End;
        tokens.push(Located { token, at });
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let from = self.at;
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
        self.characters[from..self.at].iter().collect()
    }

    fn token(&mut self) -> Result<Token, Cql2Error> {
        let Some(first) = self.peek(0) else { return Ok(Token::End) };
        if first == '\'' {
            return self.enclosed('\'').map(|text| Token::Text(text.nfc().collect()));
        }
        if first == '"' {
            return self.enclosed('"').map(Token::Quoted);
        }
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(Some(first)) || (first == '.' && digit(self.peek(1))) {
            return self.number();
        }
        if starts_name(first) {
            return Ok(Token::Word(self.take_while(continues_name)));
        }
        for sign in SIGNS {
            if sign.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c)) {
                self.at += sign.len();
                return Ok(Token::Sign(sign));
            }
        }
        Err(Cql2Error::new(
            &Place::Character(self.at),
            format!("the character \"{first}\" has no meaning here"),
        ))
    }

    /// What stands between two quotes. A doubled quote is one, and so is one after a backslash.
    fn enclosed(&mut self, quote: char) -> Result<String, Cql2Error> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            self.at += 1;
            let next_is_quote = self.peek(0) == Some(quote);
            if c == quote && !next_is_quote {
                return Ok(text);
            }
            if c == quote || (c == '\\' && quote == '\'' && next_is_quote) {
                self.at += 1;
                text.push(quote);
            } else {
                text.push(c);
            }
        }
        Err(Cql2Error::new(&Place::Character(start), format!("the quote {quote} is not closed")))
    }

    fn number(&mut self) -> Result<Token, Cql2Error> {
        let start = self.at;
        let mut written = self.take_while(|c| c.is_ascii_digit());
        if self.peek(0) == Some('.') {
            self.at += 1;
            written.push('.');
            written.push_str(&self.take_while(|c| c.is_ascii_digit()));
        }
        if matches!(self.peek(0), Some('e' | 'E')) {
            let sign = usize::from(matches!(self.peek(1), Some('+' | '-')));
            if self.peek(1 + sign).is_some_and(|c| c.is_ascii_digit()) {
                written.extend(&self.characters[self.at..=self.at + sign]);
                self.at += 1 + sign;
                written.push_str(&self.take_while(|c| c.is_ascii_digit()));
            }
        }
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(Cql2Error::new(&Place::Character(start), format!("the number {written} is too large"))),
        }
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | ':')
}

/// The marks are those that letters in decomposed form carry.
fn continues_name(c: char) -> bool {
    starts_name(c) || c.is_numeric() || matches!(c, '.' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}

//! Words to a tree, by recursive descent. From loosest to tightest: OR, AND, NOT, comparisons, + −, * / % div, ^.

use super::lexer::{Located, Token};
use crate::MAX_DEPTH;
use crate::ast::{Arithmetic, Comparison, Kind, Node, Place, named};
use crate::error::Cql2Error;

/// A reader of tokens.
pub(super) struct Parser {
    tokens: Vec<Located>,
    next: usize,
    depth: usize,
}

/// Words that are no names, unless in double quotes.
const RESERVED: [&str; 11] =
    ["and", "or", "not", "like", "between", "in", "is", "null", "true", "false", "div"];

impl Parser {
    pub(super) fn new(tokens: Vec<Located>) -> Self {
        Self { tokens, next: 0, depth: 0 }
    }

    /// All of the text as one expression.
    pub(super) fn expression(mut self) -> Result<Node, Cql2Error> {
        let node = self.or()?;
        if self.peek() == &Token::End {
            return Ok(node);
        }
        Err(self.unexpected("an operator (=, <>, <, LIKE, BETWEEN, IN, IS, AND, OR …) or the end"))
    }

    pub(super) fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> &Token {
        self.tokens.get(self.next + ahead).map_or(&Token::End, |located| &located.token)
    }

    pub(super) fn place(&self) -> Place {
        Place::Character(self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |located| located.at))
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn unexpected(&self, wanted: &str) -> Cql2Error {
        let found = match self.peek() {
            Token::End => "the end".to_owned(),
            Token::Word(word) => format!("\"{word}\""),
            Token::Quoted(name) => format!("the property \"{name}\""),
            Token::Text(text) => format!("the text '{text}'"),
            Token::Number(number) => format!("the number {number}"),
            Token::Sign(sign) => format!("\"{sign}\""),
        };
        Cql2Error::new(&self.place(), format!("expected {wanted}, found {found}"))
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(found) if *found == sign)
    }

    /// Takes the sign if it comes next.
    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.next += usize::from(found);
        found
    }

    pub(super) fn need_sign(&mut self, sign: &str) -> Result<(), Cql2Error> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("\"{sign}\""))) }
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek_at(ahead), Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.next += usize::from(found);
        found
    }

    fn need_word(&mut self, word: &str) -> Result<(), Cql2Error> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    /// Goes one level deeper; too deep is an error before it is a full stack.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Cql2Error>) -> Result<T, Cql2Error> {
        if self.depth >= MAX_DEPTH {
            let message = format!("it is nested deeper than {MAX_DEPTH} levels; make the filter simpler");
            return Err(Cql2Error::new(&self.place(), message));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// An expression of any kind, one level down.
    pub(super) fn inner(&mut self) -> Result<Node, Cql2Error> {
        self.deeper(Self::or)
    }

    fn or(&mut self) -> Result<Node, Cql2Error> {
        self.chain("or", Self::and, Kind::Or)
    }

    fn and(&mut self) -> Result<Node, Cql2Error> {
        self.chain("and", Self::not, Kind::And)
    }

    fn chain(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Node, Cql2Error>,
        make: fn(Vec<Node>) -> Kind,
    ) -> Result<Node, Cql2Error> {
        let place = self.place();
        let first = part(self)?;
        if !self.is_word(0, word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self)?);
        }
        Ok(Node::new(make(parts), place))
    }

    fn not(&mut self) -> Result<Node, Cql2Error> {
        let place = self.place();
        if self.take_word("not") {
            let inner = self.deeper(Self::not)?;
            return Ok(Node::new(Kind::Not(Box::new(inner)), place));
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Result<Node, Cql2Error> {
        let place = self.place();
        let value = self.sum()?;
        if let Token::Sign(sign) = self.peek()
            && let Some(comparison) = named(&Comparison::ALL, sign)
        {
            self.advance();
            let right = self.sum()?;
            return Ok(Node::new(Kind::Compare(comparison, Box::new([value, right])), place));
        }
        if self.take_word("is") {
            let negated = self.take_word("not");
            self.need_word("null")?;
            return Ok(maybe_not(negated, Kind::IsNull(Box::new(value)), place));
        }
        let follows = ["like", "between", "in"].iter().any(|word| self.is_word(1, word));
        let negated = self.is_word(0, "not") && follows;
        self.next += usize::from(negated);
        if self.take_word("like") {
            let pattern = self.sum()?;
            return Ok(maybe_not(negated, Kind::Like(Box::new([value, pattern])), place));
        }
        if self.take_word("between") {
            let low = self.sum()?;
            self.need_word("and")?;
            let high = self.sum()?;
            return Ok(maybe_not(negated, Kind::Between(Box::new([value, low, high])), place));
        }
        if self.take_word("in") {
            let list = self.list()?;
            return Ok(maybe_not(negated, Kind::In(Box::new(value), list), place));
        }
        Ok(value)
    }

    /// Expressions in brackets, one at least.
    pub(super) fn list(&mut self) -> Result<Vec<Node>, Cql2Error> {
        self.need_sign("(")?;
        let mut list = vec![self.inner()?];
        while self.take_sign(",") {
            list.push(self.inner()?);
        }
        if !self.take_sign(")") {
            return Err(self.unexpected("\",\" or \")\""));
        }
        Ok(list)
    }

    fn sum(&mut self) -> Result<Node, Cql2Error> {
        self.calculation(&[Arithmetic::Add, Arithmetic::Subtract], Self::product)
    }

    fn product(&mut self) -> Result<Node, Cql2Error> {
        use Arithmetic::{Divide, Multiply, Quotient, Remainder};
        self.calculation(&[Multiply, Divide, Remainder, Quotient], Self::signed)
    }

    /// Operators of one strength, from left to right.
    fn calculation(
        &mut self,
        operators: &[Arithmetic],
        part: fn(&mut Self) -> Result<Node, Cql2Error>,
    ) -> Result<Node, Cql2Error> {
        let place = self.place();
        let mut left = part(self)?;
        let mut count = 0;
        while let Some(operator) = self.operator().filter(|found| operators.contains(found)) {
            count += 1;
            if self.depth + count > MAX_DEPTH {
                let message = format!("more than {MAX_DEPTH} calculations in a row; make the filter simpler");
                return Err(Cql2Error::new(&self.place(), message));
            }
            self.advance();
            let right = part(self)?;
            left = Node::new(Kind::Arithmetic(operator, Box::new([left, right])), place.clone());
        }
        Ok(left)
    }

    fn operator(&self) -> Option<Arithmetic> {
        match self.peek() {
            Token::Sign(sign) => named(&Arithmetic::ALL, sign),
            Token::Word(word) => named(&Arithmetic::ALL, word),
            _ => None,
        }
    }

    fn signed(&mut self) -> Result<Node, Cql2Error> {
        let place = self.place();
        if self.take_sign("+") {
            return self.deeper(Self::signed);
        }
        if !self.take_sign("-") {
            let base = self.primary()?;
            return self.power(base);
        }
        // The sign belongs to the number (signedNumericLiteral), so that -2 ^ 2 is 4.
        if let Token::Number(number) = *self.peek() {
            self.advance();
            return self.power(Node::new(Kind::Number(-number), place));
        }
        let value = self.deeper(Self::signed)?;
        let minus = Node::new(Kind::Number(-1.0), place.clone());
        Ok(Node::new(Kind::Arithmetic(Arithmetic::Multiply, Box::new([minus, value])), place))
    }

    fn power(&mut self, base: Node) -> Result<Node, Cql2Error> {
        if !self.take_sign("^") {
            return Ok(base);
        }
        let place = base.place.clone();
        let exponent = self.deeper(Self::signed)?;
        Ok(Node::new(Kind::Arithmetic(Arithmetic::Power, Box::new([base, exponent])), place))
    }

    fn primary(&mut self) -> Result<Node, Cql2Error> {
        let place = self.place();
        let kind = match self.peek().clone() {
            Token::Number(number) => Kind::Number(number),
            Token::Text(text) => Kind::Text(text),
            Token::Quoted(name) => Kind::Property(name),
            Token::Sign("(") => {
                self.advance();
                let inner = self.inner()?;
                if !self.take_sign(")") {
                    return Err(self.unexpected("an operator or \")\""));
                }
                return Ok(inner);
            }
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Kind::Boolean(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Kind::Boolean(false),
            Token::Word(word) if RESERVED.iter().any(|known| word.eq_ignore_ascii_case(known)) => {
                return Err(self.unexpected("a property, a value or \"(\""));
            }
            Token::Word(word) => match self.constructed(&word)? {
                Some(kind) => return Ok(Node::new(kind, place)),
                None => Kind::Property(word),
            },
            _ => return Err(self.unexpected("a property, a value or \"(\"")),
        };
        self.advance();
        Ok(Node::new(kind, place))
    }
}

fn maybe_not(negated: bool, kind: Kind, place: Place) -> Node {
    if negated {
        let inner = Node::new(kind, place.clone());
        return Node::new(Kind::Not(Box::new(inner)), place);
    }
    Node::new(kind, place)
}

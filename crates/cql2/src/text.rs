//! CQL2 text.

mod geometry;
mod lexer;
mod parser;
mod values;

pub(crate) use geometry::{WRONG_BOX, corners};
pub(crate) use values::{unknown_function, wrong_moment};

use crate::ast::Node;
use crate::error::Cql2Error;

/// Reads an expression in CQL2 text.
/// # Errors
/// [`Cql2Error`] with the character at which it stops making sense.
pub fn parse_text(text: &str) -> Result<Node, Cql2Error> {
    parser::Parser::new(lexer::tokens(text)?).expression()
}

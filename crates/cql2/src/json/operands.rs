//! The arguments of an operator, as many as it takes.

use serde_json::Value;

use super::Reader;
use crate::ast::{Kind, Node};
use crate::error::Cql2Error;

pub(super) struct Operands<'a> {
    pub(super) reader: &'a mut Reader,
    pub(super) name: &'a str,
    pub(super) args: &'a [Value],
}

impl Operands<'_> {
    fn counted(&mut self, wanted: usize) -> Result<Vec<Node>, Cql2Error> {
        if self.args.len() != wanted {
            let message = format!("\"{}\" takes {wanted} arguments, not {}", self.name, self.args.len());
            return self.reader.wrong(message);
        }
        self.all()
    }

    fn all(&mut self) -> Result<Vec<Node>, Cql2Error> {
        let args = self.args.iter().enumerate();
        args.map(|(at, arg)| self.reader.below(&at, |reader| reader.node(arg))).collect()
    }

    fn exactly<const N: usize>(&mut self) -> Result<Box<[Node; N]>, Cql2Error> {
        let nodes = self.counted(N)?;
        match <Box<[Node; N]>>::try_from(nodes.into_boxed_slice()) {
            Ok(nodes) => Ok(nodes),
            Err(_) => self.reader.wrong("too many arguments"),
        }
    }

    pub(super) fn one(&mut self) -> Result<Box<Node>, Cql2Error> {
        let [node] = *self.exactly::<1>()?;
        Ok(Box::new(node))
    }

    pub(super) fn two(&mut self) -> Result<Box<[Node; 2]>, Cql2Error> {
        self.exactly()
    }

    pub(super) fn three(&mut self) -> Result<Box<[Node; 3]>, Cql2Error> {
        self.exactly()
    }

    /// Two at least.
    pub(super) fn several(&mut self) -> Result<Vec<Node>, Cql2Error> {
        if self.args.len() < 2 {
            let message = format!("\"{}\" takes two arguments or more", self.name);
            return self.reader.wrong(message);
        }
        self.all()
    }

    /// A value and the list of what it may be.
    pub(super) fn is_in(&mut self) -> Result<Kind, Cql2Error> {
        let [value, Value::Array(list)] = self.args else {
            return self.reader.wrong("\"in\" takes a value and a list");
        };
        if list.is_empty() {
            return self.reader.wrong("the list of \"in\" is empty");
        }
        let value = self.reader.below(&0, |reader| reader.node(value))?;
        let list = self.reader.below(&1, |reader| {
            list.iter().enumerate().map(|(at, one)| reader.below(&at, |reader| reader.node(one))).collect()
        })?;
        Ok(Kind::In(Box::new(value), list))
    }
}

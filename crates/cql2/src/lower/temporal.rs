//! Operands of temporal functions.

use super::{Lowering, described};
use crate::ast::{Kind, Node, Temporal, name_of};
use crate::error::Cql2Error;
use crate::plan::{Span, Term};
use crate::queryables::Type;
use crate::time::Moment;

impl Lowering<'_> {
    pub(super) fn spans(&mut self, relation: Temporal, sides: &[Node; 2]) -> Result<[Span; 2], Cql2Error> {
        Ok([self.span(relation, &sides[0])?, self.span(relation, &sides[1])?])
    }

    fn span(&mut self, relation: Temporal, node: &Node) -> Result<Span, Cql2Error> {
        let name = name_of(&Temporal::ALL, &relation).to_ascii_uppercase();
        if let Kind::Interval(bounds) = &node.kind {
            let mut bound = |at: usize| bounds[at].as_ref().map(|bound| self.instant(bound)).transpose();
            let (start, end) = (bound(0)?, bound(1)?);
            if let (Some(Term::Moment(start)), Some(Term::Moment(end))) = (&start, &end)
                && start.compare(*end).is_gt()
            {
                return Err(Cql2Error::new(&node.place, "the interval ends before it begins"));
            }
            return Ok(Span::Interval(start, end));
        }
        let instant = self.instant(node)?;
        if relation.takes_instants() {
            return Ok(Span::Instant(instant));
        }
        let message = format!(
            "{name} takes intervals only, and {} is an instant; T_INTERSECTS, T_BEFORE and T_AFTER take instants, and \
             INTERVAL(a, b) makes an interval of two",
            described(node)
        );
        Err(Cql2Error::new(&node.place, message))
    }

    fn instant(&mut self, node: &Node) -> Result<Term, Cql2Error> {
        let found = match &node.kind {
            Kind::Date(date) => return Ok(Term::Moment(Moment::Date(*date))),
            Kind::Timestamp(time) => return Ok(Term::Moment(Moment::Time(*time))),
            Kind::Property(name) => match self.property(name, node)? {
                of @ (Type::Date | Type::Timestamp | Type::Mixed) => {
                    return Ok(Term::Property(name.clone(), of));
                }
                other => format!("\"{name}\" is {}", other.words()),
            },
            Kind::Text(text) => format!("'{text}' is a text; write DATE('…') or TIMESTAMP('…') around it"),
            _ => format!("{} is no time", described(node)),
        };
        Err(Cql2Error::new(
            &node.place,
            format!("a date, a timestamp or an interval is needed here: {found}"),
        ))
    }
}

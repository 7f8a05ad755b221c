//! The periodic report on clusters: what asks for it, its periods, and the columns of its tables.

use serde::Deserialize;

use crate::{DataError, PartialDate, Text, ZoneKind};

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOfYear {
    /// Month, 1 to 12.
    pub month: u8,
    /// Day.
    pub day: u8,
}

impl DayOfYear {
    /// The day in a year.
    pub fn in_year(self, year: u16) -> Option<PartialDate> {
        PartialDate::day(year, self.month, self.day)
    }
}

/// A time of which is reported. It begins in the year before.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPeriod {
    /// Identifier.
    pub id: String,
    /// Name.
    pub title: Text,
    /// First day, in the year before.
    pub from: DayOfYear,
    /// Last day.
    pub to: DayOfYear,
    /// The day before which reports are due.
    pub deadline: DayOfYear,
}

/// The columns of the tables.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTables {
    /// Of clusters.
    pub clusters: Vec<String>,
    /// Of projects.
    pub projects: Vec<String>,
    /// Of sums.
    pub sums: Vec<String>,
}

/// What asks for the report, and how it is laid out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportForms {
    /// Number of the circular.
    pub number: String,
    /// Day of issue.
    pub issued: PartialDate,
    /// First day in force.
    pub in_force: PartialDate,
    /// Title.
    pub title: Text,
    /// What has changed it.
    pub amended_by: String,
    /// The consolidated text.
    pub consolidated: String,
    /// Where that was read.
    pub source: String,
    /// Whether the tables follow the official forms.
    pub forms_seen: bool,
    /// The kinds of zones that are clusters.
    pub kinds: Vec<ZoneKind>,
    /// Periods.
    #[serde(rename = "period")]
    pub periods: Vec<ReportPeriod>,
    /// Columns.
    pub tables: ReportTables,
}

impl ReportForms {
    pub(crate) fn parse(text: &str) -> Result<Self, DataError> {
        toml::from_str(text).map_err(|error| DataError::syntax("data/forms/cluster-report.toml", &error))
    }

    /// The period that ends on a day or holds it, with its first and its last day: the shorter one, if several do.
    pub fn period_of(&self, day: PartialDate) -> Option<(&ReportPeriod, PartialDate, PartialDate)> {
        let year = day.year();
        let of = |period: &'_ ReportPeriod, year: u16| {
            Some((period.from.in_year(year.checked_sub(1)?)?, period.to.in_year(year)?))
        };
        let all = self.periods.iter().flat_map(|period| {
            [year, year.saturating_add(1)].into_iter().filter_map(move |year| {
                let (from, to) = of(period, year)?;
                (!day.is_before(from) && !to.is_before(day)).then_some((period, from, to))
            })
        });
        all.min_by_key(|(_, _, to)| to.last_day())
    }
}

#[cfg(test)]
mod tests {
    use crate::report_forms;

    #[test]
    fn a_day_lies_in_the_shortest_period_that_holds_it() {
        let forms = report_forms().unwrap();
        for (day, id, from, to) in [
            ("2026-06-14", "half", "2025-12-15", "2026-06-14"),
            ("2026-06-15", "year", "2025-12-15", "2026-12-14"),
            ("2026-12-14", "year", "2025-12-15", "2026-12-14"),
            ("2026-12-15", "half", "2026-12-15", "2027-06-14"),
        ] {
            let (period, first, last) = forms.period_of(day.parse().unwrap()).unwrap();
            assert_eq!(
                (period.id.as_str(), first.to_string(), last.to_string()),
                (id, from.into(), to.into()),
                "{day}"
            );
        }
        assert!(!forms.forms_seen, "say so in data/README.md when the annex was compared");
    }
}

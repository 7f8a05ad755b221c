//! Judging the register: records instead of shapes. The rules see one register at a time.

use spatial::Crs;

use super::context::Scene;
use super::report::{Draft, Report};
use super::run::Run;
use crate::rules::REGISTER_RULES;
use crate::rules::{pln_06, zon_12};
use crate::{
    FixAction, OtherFeature, Parameter, Parameters, PartialDate, Register, Severity, Text, Theme,
    UnitHistory, ZoneRecord, ZoneRef, ZoneState,
};

/// What a rule of the register sees.
pub(crate) struct RegisterContext<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) register: &'a Register,
    /// The day on which it is judged; without one, rules that need a day say so.
    pub(crate) date: Option<PartialDate>,
    /// What became of former units, where the user brought it.
    pub(crate) units: Option<&'a UnitHistory>,
    /// Records have no place; a finding must name some CRS.
    pub(crate) nowhere: Crs,
}

/// What a finding of the register is about.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// A zone.
    Zone(&'a ZoneRecord),
    /// Another record: identifier and name.
    Record(&'a str, &'a str),
}

impl RegisterContext<'_> {
    /// The state of a zone on the day.
    pub(crate) fn state(&self, zone: &ZoneRecord) -> Option<ZoneState> {
        zone.state_on(self.date).map(|entry| entry.state)
    }

    /// The name of a kind.
    pub(crate) fn kind_name(&self, kind: crate::ZoneKind) -> Text {
        crate::kinds()
            .ok()
            .and_then(|names| names.kind(kind))
            .cloned()
            .unwrap_or_else(|| Text::same(kind.code()))
    }

    /// What a document is called: its number, else its title.
    pub(crate) fn document_name(&self, id: &str) -> String {
        let document = self.register.document(id);
        document.map_or_else(|| id.to_owned(), |one| one.number.clone().unwrap_or_else(|| one.title.clone()))
    }

    /// A text of the dictionary.
    pub(crate) fn phrase(&self, key: &str, parameters: &Parameters) -> Text {
        self.scene.messages.text(&format!("phrases.{key}"), parameters)
    }

    /// Adds a finding about a record.
    pub(crate) fn add(
        &self,
        report: &mut Report,
        rule: &'static str,
        severity: Severity,
        (message, parameters): (&'static str, Parameters),
        subject: Subject<'_>,
    ) {
        self.add_with_fix(report, rule, severity, (message, parameters), subject, None);
    }

    /// The same with what would mend it.
    pub(crate) fn add_with_fix(
        &self,
        report: &mut Report,
        rule: &'static str,
        severity: Severity,
        (message, parameters): (&'static str, Parameters),
        subject: Subject<'_>,
        fix: Option<FixAction>,
    ) {
        let (zone, other) = match subject {
            Subject::Zone(zone) => (Some(zone_ref(zone)), None),
            Subject::Record(id, name) => (None, Some(self.record(id, name))),
        };
        let draft = Draft::new(rule, severity, parameters, &self.nowhere);
        report.add(self.scene, Draft { message, zone, other, fix, ..draft });
    }

    /// Notes that a rule could not judge a record, or any.
    pub(crate) fn skip(&self, report: &mut Report, rule: &str, record: Option<&str>, reason: &str) {
        self.skip_with(report, rule, record, reason, &Parameters::new());
    }

    /// The same with parameters.
    pub(crate) fn skip_with(
        &self,
        report: &mut Report,
        rule: &str,
        record: Option<&str>,
        reason: &str,
        parameters: &Parameters,
    ) {
        report.skip(self.scene, rule, record, reason, parameters);
    }

    /// A record that is not a zone, as findings name it. The colon keeps registers apart from collections, whose
    /// identifiers have none.
    fn record(&self, id: &str, name: &str) -> OtherFeature {
        OtherFeature {
            collection: format!("register:{}", self.register.id),
            id: id.to_owned(),
            name: Some(name.to_owned()),
            code: None,
        }
    }
}

/// A zone as findings name it: by its boundary, where it has one.
fn zone_ref(zone: &ZoneRecord) -> ZoneRef {
    ZoneRef { id: zone.feature_id().to_owned(), name: zone.name.clone(), kind: Some(zone.kind) }
}

impl Run<'_> {
    /// Applies the rules of the register; where there is none, says for each that it could not judge.
    pub(super) fn judge_registers(
        &mut self,
        registers: &[std::sync::Arc<Register>],
        units: Option<&UnitHistory>,
    ) {
        let chosen = REGISTER_RULES.iter().filter(|(id, _)| self.rules.contains(id));
        for (id, rule) in chosen {
            // Collections of projects are judged without a register.
            let elsewhere = *id == zon_12::ID && self.scene.has_theme(Theme::Projects);
            if registers.is_empty() && !elsewhere {
                self.report.skip(self.scene, id, None, "no_register", &Parameters::new());
            }
            for register in registers {
                let context = RegisterContext {
                    scene: self.scene,
                    register,
                    date: self.options.date,
                    units,
                    nowhere: Crs::wgs84(),
                };
                rule(&context, &mut self.report);
            }
        }
    }

    /// PLN-06 for the plan that zones are judged against.
    pub(super) fn judge_plan_period(&mut self, plan: Option<usize>) {
        if let Some(plan) = plan.filter(|_| self.rules.contains(pln_06::ID)) {
            let info = &self.scene.collections[plan].info;
            pln_06::judge_plan(info, self.scene, self.options.date, &mut self.report);
        }
    }
}

/// A quantity in a message: its number, and its word where it has one.
pub(crate) fn stated(quantity: crate::Quantity) -> Parameter {
    let written = |language| quantity.written(2, language);
    Parameter::Words(Text { vi: written(crate::Language::Vi), en: written(crate::Language::En) })
}

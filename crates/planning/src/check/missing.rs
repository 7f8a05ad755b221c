//! What a check cannot judge because there is nothing to judge, or nothing to judge by: each rule says so once for each
//! reason, so that silence always means that nothing was found.

use super::ANY_RULE;
use super::run::Run;
use super::select::References;
use crate::rules::{LAYER_RULES, Need, REGISTER_RULES, ZONE_RULES, geo_01, lup_02};
use crate::{Parameters, Theme};

impl Run<'_> {
    /// Says once which rules have nothing to judge against.
    pub(super) fn note_missing(&mut self, references: &References) {
        for rule in ZONE_RULES.iter().filter(|rule| self.rules.contains(rule.id)) {
            let Some(reason) = self.missing(rule.needs, references) else { continue };
            let named = self.options.plan.as_deref().filter(|_| rule.needs == Need::Plan);
            let reason = named.map_or(reason, |_| "unknown_plan");
            let parameters = Parameters::new().name("plan", named.unwrap_or_default());
            self.report.skip(self.scene, rule.id, None, reason, &parameters);
        }
    }

    /// Why a rule cannot be applied.
    fn missing(&self, need: Need, references: &References) -> Option<&'static str> {
        let no_land_use = references.land_use.is_none();
        let (holds, reason) = match need {
            Need::Nothing => (true, ""),
            Need::Plan => (references.plan.is_some(), "no_plan"),
            Need::TwoPlans => (references.previous_plan.is_some(), "no_previous_plan"),
            Need::LandUse => (!no_land_use, "no_land_use"),
            Need::LandUseOr(theme) => (!no_land_use || self.scene.has_theme(theme), "no_land_use"),
            Need::Communes => (!references.communes.is_empty(), "no_communes"),
            Need::Themed(theme) => (self.scene.has_theme(theme), no_theme(theme)),
        };
        (!holds).then_some(reason)
    }

    /// The same where no zone, no collection or no plan is there, and where only some zones are asked for: rules on
    /// whole collections and on registers are left out then.
    pub(super) fn note_nothing_to_judge(&mut self, plan: Option<usize>) {
        let of_zones = ZONE_RULES.iter().map(|rule| rule.id);
        let of_layers = LAYER_RULES.iter().map(|(id, _)| *id);
        let of_registers = REGISTER_RULES.iter().map(|(id, _)| *id);
        if self.scene.zones.is_empty() {
            self.note_all(of_zones, "no_zones");
        }
        if self.scene.collections.is_empty() {
            self.note_all(of_layers.clone().chain([geo_01::ID]), "no_collections");
        }
        if plan.is_none() {
            let named = self.options.plan.clone();
            let reason = if named.is_some() { "unknown_plan" } else { "no_plan" };
            let parameters = Parameters::new().name("plan", named.unwrap_or_default());
            if self.rules.contains(lup_02::ID) {
                self.report.skip(self.scene, lup_02::ID, None, reason, &parameters);
            }
        }
        if !self.options.zones.is_empty() {
            self.note_all(of_layers.chain(of_registers).chain([lup_02::ID]), "only_some_zones");
            self.note_unknown_zones();
        }
    }

    fn note_all(&mut self, rules: impl Iterator<Item = &'static str>, reason: &str) {
        for rule in rules {
            if self.rules.contains(rule) {
                self.report.skip(self.scene, rule, None, reason, &Parameters::new());
            }
        }
    }

    fn note_unknown_zones(&mut self) {
        for id in &self.options.zones {
            if !self.scene.zones.iter().any(|entry| entry.zone.id == *id) {
                self.report.skip(self.scene, ANY_RULE, Some(id), "unknown_zone", &Parameters::new());
            }
        }
    }
}

/// The reason why a rule on a theme cannot be applied.
fn no_theme(theme: Theme) -> &'static str {
    match theme {
        Theme::NationalBorder => "no_national_border",
        Theme::OtherPlan => "no_other_plan",
        Theme::GreenBelt => "no_green_belt",
        Theme::Projects | Theme::Buildings | Theme::Heritage | Theme::Water | Theme::Minerals => "no_theme",
    }
}

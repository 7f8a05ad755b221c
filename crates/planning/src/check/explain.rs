//! A finding explained: what the rule asks, what was found, by which tolerance, from which maps, on which ground.

use serde_json::Value;

use super::CheckOutcome;
use super::select::References;
use crate::rules::{Need, ZONE_RULES};
use crate::{
    Collection, CollectionInfo, DataError, Finding, LegalBasis, Messages, Parameter, Parameters, Role, Text,
    feature_id, feature_scale,
};

/// Figures that what a rule asks may name.
const FIGURES: [&str; 4] = ["limit", "tolerance", "min", "max"];

/// Explains a finding of a check in both languages, line by line: rule, what it asks, what was found, tolerance with
/// the scales of both maps, sources, legal basis as the pack gives it, proposed fix. `collections` are those of the
/// store that was checked; of one that is gone there is no line.
/// # Errors
/// [`DataError`] when a compiled-in table cannot be read.
pub fn explain(
    finding: &Finding,
    outcome: &CheckOutcome,
    collections: &[Collection],
) -> Result<Vec<Text>, DataError> {
    let teller = Teller { finding, messages: crate::messages()? };
    let mut lines = vec![teller.rule(), teller.asks(), teller.says()];
    lines.extend(teller.tolerance());
    for (info, scale) in sources(finding, outcome.plan.as_deref(), collections) {
        lines.push(teller.source(info, scale));
    }
    let pack = crate::packs()?.iter().find(|pack| pack.label() == outcome.pack);
    let rules = pack.map(|pack| pack.rules.entries()).unwrap_or_default();
    let basis = rules.into_iter().filter(|(id, ..)| *id == finding.rule).flat_map(|(_, _, basis)| basis);
    lines.extend(basis.map(|basis| teller.basis(basis)));
    lines.extend(
        finding.fix.as_ref().map(|fix| {
            teller.line("fix", &Parameters::new().with("fix", Parameter::Words(fix.text.clone())))
        }),
    );
    Ok(lines)
}

struct Teller<'a> {
    finding: &'a Finding,
    messages: &'a Messages,
}

impl Teller<'_> {
    fn line(&self, key: &str, parameters: &Parameters) -> Text {
        self.messages.text(&format!("explanation.{key}"), parameters)
    }

    fn word(&self, key: &str) -> Parameter {
        Parameter::Words(self.line(key, &Parameters::new()))
    }

    fn rule(&self) -> Text {
        let name = self.messages.rule_name(&self.finding.rule);
        let parameters = Parameters::new().name("rule", &self.finding.rule);
        self.line("rule", &parameters.with("name", Parameter::Words(name)))
    }

    fn asks(&self) -> Text {
        let figure = |name: &'static str| Some((name, self.finding.parameters.get(name)?.as_f64()?));
        let figures = FIGURES.into_iter().filter_map(figure);
        let figures =
            figures.fold(Parameters::new(), |all, (name, value)| all.with(name, Parameter::Number(value)));
        let asks = self.messages.text(&format!("asks.{}", self.finding.rule), &figures);
        self.line("asks", &Parameters::new().with("asks", Parameter::Words(asks)))
    }

    fn says(&self) -> Text {
        let message = Parameter::Words(self.finding.message.clone());
        self.line("says", &Parameters::new().with("message", message))
    }

    fn tolerance(&self) -> Option<Text> {
        let parameters = Parameters::new()
            .with("w_min", Parameter::Number(self.finding.w_min_m?))
            .with("a_min", Parameter::Number(self.finding.a_min_m2?))
            .with("scale", self.scale(self.figure("scale")))
            .with("reference_scale", self.scale(self.figure("reference_scale")));
        Some(self.line("tolerance", &parameters))
    }

    fn figure(&self, name: &str) -> Option<u64> {
        self.finding.parameters.get(name).and_then(Value::as_u64)
    }

    /// `1:10.000`; of a map that gives none, what was assumed where something was.
    fn scale(&self, denominator: Option<u64>) -> Parameter {
        let written = |denominator: u64| {
            let one = Parameters::new().with("denominator", Parameter::Count(denominator));
            Parameter::Words(self.line("scale", &one))
        };
        match (denominator, self.figure("scale_assumed")) {
            (Some(denominator), _) => written(denominator),
            (None, Some(assumed)) => {
                let assumed = Parameters::new().with("assumed", written(assumed));
                Parameter::Words(self.line("scale_unknown", &assumed))
            }
            (None, None) => self.word("scale_not_given"),
        }
    }

    fn source(&self, info: &CollectionInfo, scale: Option<u32>) -> Text {
        let scale = match scale.or(info.scale) {
            Some(scale) => self.scale(Some(scale.into())),
            None => self.word("scale_not_given"),
        };
        let parameters =
            Parameters::new().with("title", Parameter::Words(info.title.clone())).with("scale", scale);
        match &info.as_of {
            Some(day) => self.line("source", &parameters.name("as_of", day)),
            None => self.line("source_undated", &parameters),
        }
    }

    fn basis(&self, basis: &LegalBasis) -> Text {
        let days = Parameters::new()
            .name("from", basis.valid_from.as_deref().unwrap_or_default())
            .name("to", basis.valid_to.as_deref().unwrap_or_default());
        let valid = match (&basis.valid_from, &basis.valid_to) {
            (Some(_), Some(_)) => "valid_between",
            (Some(_), None) => "valid_from",
            (None, _) => "valid_unknown",
        };
        let text = Text { vi: basis.vi.clone(), en: basis.en.clone() };
        let parameters = Parameters::new()
            .with("text", Parameter::Words(text))
            .with("valid", Parameter::Words(self.line(valid, &days)))
            .name("source", &basis.source)
            .with("verified", self.word(if basis.verified { "verified" } else { "not_verified" }));
        self.line("basis", &parameters)
    }
}

/// The collections that a finding was made from, with the scale of the very feature where it gives one: that of the
/// zone, that of the other feature, else what the rule reads.
fn sources<'a>(
    finding: &Finding,
    plan: Option<&str>,
    collections: &'a [Collection],
) -> Vec<(&'a CollectionInfo, Option<u32>)> {
    let own = finding.zone.as_ref().and_then(|zone| holder(&zone.id, collections));
    let mut found: Vec<_> = own.into_iter().collect();
    if let Some(other) = &finding.other {
        for one in collections.iter().filter(|one| one.info.id == other.collection) {
            let is_it = |feature: &&spatial::Feature| feature_id(feature, one.info.role) == other.id;
            found.push((&one.info, one.layer.features.iter().find(is_it).and_then(feature_scale)));
        }
    } else {
        let generated = own.is_some_and(|(info, _)| info.generated);
        found.extend(read_by(&finding.rule, plan, generated, collections).map(|info| (info, None)));
    }
    found
}

/// The collection that holds a zone.
fn holder<'a>(zone: &str, collections: &'a [Collection]) -> Option<(&'a CollectionInfo, Option<u32>)> {
    let mut zones = collections.iter().filter(|one| one.info.role == Role::Zone);
    zones.find_map(|one| {
        let is_it = |feature: &&spatial::Feature| feature_id(feature, Role::Zone) == zone;
        let feature = one.layer.features.iter().find(is_it)?;
        Some((&one.info, feature_scale(feature)))
    })
}

/// What a rule on zones reads besides them.
fn read_by<'a>(
    rule: &str,
    plan: Option<&str>,
    generated: bool,
    collections: &'a [Collection],
) -> impl Iterator<Item = &'a CollectionInfo> {
    let plan = collections.iter().position(|one| Some(one.info.id.as_str()) == plan);
    let choose = |provinces| References::choose(collections, provinces, plan, generated, None);
    let chosen = crate::provinces().map(choose).unwrap_or_default();
    let themed = |theme| {
        let of = |at: &usize| collections[*at].info.theme == Some(theme);
        chosen.constraints.iter().copied().filter(of).collect::<Vec<_>>()
    };
    let need = ZONE_RULES.iter().find(|one| one.id == rule).map(|one| one.needs);
    let positions: Vec<usize> = match need {
        None | Some(Need::Nothing) => Vec::new(),
        Some(Need::Plan) => chosen.plan.into_iter().collect(),
        Some(Need::TwoPlans) => chosen.previous_plan.into_iter().chain(chosen.plan).collect(),
        Some(Need::LandUse) => chosen.land_use.into_iter().collect(),
        Some(Need::LandUseOr(theme)) => chosen.land_use.into_iter().chain(themed(theme)).collect(),
        Some(Need::Communes) => chosen.communes.clone(),
        Some(Need::Themed(theme)) => themed(theme),
    };
    positions.into_iter().map(|at| &collections[at].info)
}

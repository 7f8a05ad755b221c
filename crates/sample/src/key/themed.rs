//! The rules on layers with a theme: PLN-05, ENV-02, and what LUP-07 and LUP-09 to LUP-11 take from them.

use planning::Theme;

use super::answers::Line;
use super::bench::{Bench, Wide};
use super::land::Inside;
use super::law::{ZONE_SCALE, a_min_m2, rules, w_min_m};
use super::parts::grouped;
use crate::themes::{Reach, Shape, Themed, ThemedFeature};

/// Widths of belts are compared to the centimetre of a drawing, m.
const DRAWN_M: f64 = 0.005;

impl<'a> Bench<'a> {
    pub(super) fn themes(&mut self) {
        self.other_plans();
        self.belts();
    }

    /// Features of a theme with their layers.
    pub(super) fn themed(&self, theme: Theme) -> Vec<(&'a Themed, &'a ThemedFeature)> {
        let layers = self.scene.themes.iter().filter(|themed| themed.theme == theme);
        layers.flat_map(|themed| themed.features.iter().map(move |feature| (themed, feature))).collect()
    }

    /// PLN-05.
    fn other_plans(&mut self) {
        let Some(rule) = &rules().pln_05 else { return };
        for (themed, feature) in self.themed(Theme::OtherPlan) {
            let Shape::Parcels(parcels) = &feature.shape else { continue };
            let within = |a: u32| {
                let labels = self.atom(a);
                vec![u32::from([labels.plan, labels.second].iter().any(|parcel| parcels.contains(parcel)))]
            };
            let shared = grouped(self.scene.survey, self.zone, within).remove(&1).unwrap_or_default();
            let w_min = w_min_m(ZONE_SCALE, themed.scale);
            let wide = self.sift("PLN-05", &feature.id, None, self.scene.survey.parts(&shared), w_min);
            if wide.parts > 0 {
                let finding = self.found("PLN-05", rule.severity, &wide, a_min_m2(themed.scale));
                finding.other = Some(feature.id.clone());
            }
        }
    }

    /// ENV-02: an open strip is as wide as the rectangle of its area and perimeter.
    fn belts(&mut self) {
        let Some(rule) = &rules().env_02 else { return };
        if !rule.kinds.contains(&self.spec().kind) {
            return;
        }
        for (_, feature) in self.themed(Theme::GreenBelt) {
            match feature.shape.reach(&self.scene.zones[self.zone]) {
                Reach::Outside => {}
                Reach::Across => self.doubt("ENV-02", "a belt across the border"),
                Reach::Inside => {
                    let (area, quarter) = (feature.shape.area_m2(), feature.shape.around_m() / 4.0);
                    let width = quarter - (quarter * quarter - area).max(0.0).sqrt();
                    self.near("ENV-02", "width", width, rule.min_width_m);
                    if width + DRAWN_M < rule.min_width_m {
                        let finding = self.record("ENV-02", rule.severity, 0.0, 0);
                        finding.figure("width", width).figure("limit", rule.min_width_m);
                        finding.other = Some(feature.id.clone());
                    }
                }
            }
        }
    }

    /// Buildings in the zone; one that reaches in by less than W_min stands outside.
    pub(super) fn buildings(&mut self) -> usize {
        let mut count = 0;
        for (themed, feature) in self.themed(Theme::Buildings) {
            let own = &self.scene.zones[self.zone];
            count += match feature.shape.reach(own) {
                Reach::Outside => 0,
                Reach::Inside => 1,
                Reach::Across => {
                    let Some(width) = feature.shape.width_within_m(own) else {
                        self.doubt("LUP-07", "a building across a corner of the border");
                        continue;
                    };
                    let w_min = w_min_m(ZONE_SCALE, themed.scale);
                    self.near("LUP-07", "mean width", width, w_min);
                    usize::from(width >= w_min)
                }
            };
        }
        count
    }

    /// Land inside together with the features of a theme inside.
    pub(super) fn with_themed(&mut self, rule: &str, theme: Theme, land: Option<Inside>) -> Option<Inside> {
        let mut features = 0;
        let mut inside = land;
        for (themed, feature) in self.themed(theme) {
            match feature.shape.reach(&self.scene.zones[self.zone]) {
                Reach::Outside => continue,
                Reach::Across => self.doubt(rule, "a feature across the border"),
                Reach::Inside if feature.shape.area_m2() > 0.0 => {
                    features += 1;
                    let area_m2 = feature.shape.area_m2();
                    let sum = inside.get_or_insert_with(|| Inside {
                        wide: Wide::default(),
                        table: Vec::new(),
                        codes: Vec::new(),
                    });
                    if !sum.codes.is_empty() || features > 1 {
                        self.doubt(rule, "a feature beside land of the same kind");
                    } else {
                        sum.wide.add(Wide { area_m2, parts: 1, ..Wide::default() });
                        sum.table.push(Line { key: themed.id.into(), area_m2 });
                    }
                }
                Reach::Inside => {}
            }
        }
        inside
    }
}

//! Whether the figures of a pack make sense.

use super::{LandRule, NearRule, PackRules, RulePack, Significance, TABLE};
use crate::{DataError, PartialDate};

pub(super) fn validate(pack: &RulePack) -> Result<(), DataError> {
    for day in [Some(&pack.valid_from), pack.valid_to.as_ref()].into_iter().flatten() {
        require(
            day.parse::<PartialDate>().is_ok(),
            "valid_from, valid_to",
            "must be days such as 2024-05-01",
        )?;
    }
    significance(&pack.significance)?;
    rules(&pack.rules)?;
    register_rules(&pack.rules)
}

fn significance(given: &Significance) -> Result<(), DataError> {
    require(positive(given.line_width_mm), "significance.line_width_mm", "must be more than zero")?;
    require(given.default_scale > 0, "significance.default_scale", "must be more than zero")?;
    require(!given.area.is_empty(), "significance.area", "needs at least one line")?;
    require(
        given.area.iter().all(|line| positive(line.area_mm2)),
        "significance.area",
        "needs areas above zero",
    )?;
    let scales: Vec<f64> = given.area.iter().map(|line| f64::from(line.up_to_scale)).collect();
    require(ascending(&scales), "significance.area", "must ascend by scale")
}

fn rules(rules: &PackRules) -> Result<(), DataError> {
    let land = [
        ("LUP-03", &rules.lup_03),
        ("LUP-04", &rules.lup_04),
        ("LUP-05", &rules.lup_05),
        ("LUP-06", &rules.lup_06),
        ("LUP-07", &rules.lup_07),
        ("LUP-08", &rules.lup_08),
    ];
    for (id, rule) in land {
        rule.as_ref().map_or(Ok(()), |rule| land_rule(id, rule))?;
    }
    for (id, rule) in [("LUP-09", &rules.lup_09), ("LUP-10", &rules.lup_10), ("LUP-11", &rules.lup_11)] {
        rule.as_ref().map_or(Ok(()), |rule| near_rule(id, rule))?;
    }
    sizes(rules)?;
    shares(rules)?;
    distances(rules)
}

fn land_rule(id: &str, rule: &LandRule) -> Result<(), DataError> {
    require(!rule.codes.is_empty(), id, "needs at least one code")?;
    require(rule.error_from_ha.is_none_or(positive), id, "error_from_ha must be more than zero")?;
    let limits: Vec<f64> = rule.tiers.iter().filter_map(|tier| tier.below_ha).collect();
    let open_end = rule.tiers.last().is_none_or(|tier| tier.below_ha.is_none());
    let one_open = rule.tiers.is_empty() || limits.len() + 1 == rule.tiers.len();
    require(ascending(&limits) && open_end && one_open, id, "tiers must ascend; only the last is open")
}

fn near_rule(id: &str, rule: &NearRule) -> Result<(), DataError> {
    require(!rule.buffers.is_empty(), id, "needs at least one buffer")?;
    require(rule.buffers.iter().all(|buffer| !buffer.codes.is_empty()), id, "a buffer needs codes")?;
    let distances = rule.buffers.iter().map(|buffer| buffer.distance_m).chain([rule.theme_distance_m]);
    require(distances.into_iter().all(not_negative), id, "distances must not be negative")
}

fn sizes(rules: &PackRules) -> Result<(), DataError> {
    if let Some(rule) = &rules.zon_04 {
        let steps: Vec<f64> = rule.steps.iter().map(|step| step.over_percent).collect();
        require(!steps.is_empty() && ascending(&steps), "ZON-04", "steps must ascend")?;
    }
    if let Some(rule) = &rules.zon_05 {
        let holds = positive(rule.max_ha) && not_negative(rule.tolerance_percent);
        require(holds, "ZON-05", "max_ha must be more than zero")?;
    }
    if let Some(rule) = &rules.zon_06 {
        let holds =
            positive(rule.reduced_min_ha) && rule.reduced_min_ha <= rule.min_ha && rule.min_ha.is_finite();
        require(holds, "ZON-06", "reduced_min_ha must be above 0 and at most min_ha")?;
        require(not_negative(rule.tolerance_percent), "ZON-06", "tolerance_percent must not be negative")?;
    }
    Ok(())
}

fn shares(rules: &PackRules) -> Result<(), DataError> {
    let share = |value: f64| positive(value) && value <= 1.0;
    if let Some(rule) = &rules.adm_02 {
        let reason = "min_share_inside must be above 0 and at most 1";
        require(share(rule.min_share_inside), "ADM-02", reason)?;
    }
    if let Some(rule) = &rules.geo_03 {
        require(share(rule.min_iou), "GEO-03", "min_iou must be above 0 and at most 1")?;
    }
    if let Some(rule) = &rules.geo_06 {
        let holds = share(rule.min_share_shifted) && share(rule.min_gain) && positive(rule.tolerance_m);
        require(holds, "GEO-06", "shares must be above 0 and at most 1, the tolerance above 0")?;
    }
    Ok(())
}

fn distances(rules: &PackRules) -> Result<(), DataError> {
    let single = [
        ("GEO-02", rules.geo_02.as_ref().map(|rule| rule.tolerance_m)),
        ("ZON-03", rules.zon_03.as_ref().map(|rule| rule.within_w_min)),
        ("ADM-06", rules.adm_06.as_ref().map(|rule| rule.distance_m)),
        ("ENV-02", rules.env_02.as_ref().map(|rule| rule.min_width_m)),
    ];
    for (id, distance) in single {
        require(distance.is_none_or(positive), id, "the distance must be more than zero")?;
    }
    if let Some(rule) = &rules.env_01 {
        let positive = rule.classes.iter().all(|line| positive(line.distance_m));
        require(positive, "ENV-01", "distances must be more than zero")?;
        let known = rule.distance_m(&rule.default_class).is_some();
        require(known, "ENV-01", "default_class must be one of the classes")?;
    }
    Ok(())
}

/// The figures of the rules that judge the register.
fn register_rules(rules: &PackRules) -> Result<(), DataError> {
    let from_zero = |value: f64| value.is_finite() && value >= 0.0;
    if let Some(rule) = &rules.zon_07 {
        let share = rule.min_share;
        require(positive(share) && share <= 1.0, "ZON-07", "min_share must be above 0 and at most 1")?;
    }
    if let Some(rule) = &rules.zon_08 {
        require(from_zero(rule.tolerance_points), "ZON-08", "tolerance_points must be a number from 0")?;
    }
    if let Some(rule) = &rules.zon_09 {
        require(from_zero(rule.min_mean_fill_percent), "ZON-09", "min_mean_fill_percent must be from 0")?;
        require(from_zero(rule.max_unleased_ha), "ZON-09", "max_unleased_ha must be a number from 0")?;
        let ends: Vec<_> = rule.grouped_by.iter().map(|one| one.until).collect();
        let open_end = ends.last().is_some_and(Option::is_none);
        let dated: Vec<_> = ends.iter().flatten().collect();
        let in_order = dated.len() + 1 == ends.len() && dated.windows(2).all(|pair| pair[0] < pair[1]);
        require(open_end && in_order, "ZON-09", "grouped_by must ascend; only the last is open")?;
    }
    if let Some(rule) = &rules.zon_10 {
        require(from_zero(rule.min_fill_percent), "ZON-10", "min_fill_percent must be a number from 0")?;
        require(positive(rule.max_total_ha), "ZON-10", "max_total_ha must be more than zero")?;
    }
    if let Some(rule) = &rules.zon_11 {
        require(from_zero(rule.tolerance_ha), "ZON-11", "tolerance_ha must be a number from 0")?;
    }
    Ok(())
}

fn require(holds: bool, entry: &str, reason: &str) -> Result<(), DataError> {
    if holds { Ok(()) } else { Err(DataError::meaning(TABLE, entry, reason)) }
}

fn positive(value: f64) -> bool {
    value.is_finite() && value > 0.0
}

fn not_negative(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

/// Finite, not negative, each above the one before.
fn ascending(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite() && *value >= 0.0) && values.is_sorted_by(|a, b| a < b)
}

#[cfg(test)]
mod tests {
    use super::super::RulePack;

    const DEFAULT: &str = include_str!("../../../../data/rules/pack-2024-05-01.toml");

    fn changed(from: &str, to: &str) -> String {
        assert!(DEFAULT.contains(from), "{from}");
        RulePack::parse(&DEFAULT.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_malformed_pack_says_what_is_wrong_and_where() {
        assert!(changed("error_from_ha = 10.0", "error_from_ha = \"10\"").contains("error_from_ha"));
        assert!(changed("error_from_ha = 10.0", "error_from_ha = 0.0").contains("LUP-03"));
        assert!(changed("min_share_inside = 0.99", "min_share_inside = 99").contains("ADM-02"));
        assert!(changed("over_percent = 5.0", "over_percent = 0.7").contains("ZON-04"));
        assert!(
            changed("[[rules.LUP-04.tiers]]\n", "[[rules.LUP-04.tiers]]\nbelow_ha = 20.0\n")
                .contains("LUP-04")
        );
        assert!(changed("line_width_mm = 0.5", "line_width_mm = nan").contains("line_width_mm"));
        assert!(changed("up_to_scale = 100000", "up_to_scale = 5000").contains("ascend"));
        assert!(changed("rules.LUP-01", "rules.LUP-1").contains("LUP-1"));
        assert!(changed("severity = \"B\"", "severity = \"X\"").contains('X'));
        assert!(changed("CCN = [\"SKN\"]", "CCM = [\"SKN\"]").contains("CCM"));
        assert!(changed("id = \"vn-zones\"", "id = ").contains("line"));
    }

    #[test]
    fn a_rule_may_be_left_out() {
        let at = DEFAULT.find("[rules.ADM-03]").unwrap();
        let pack = RulePack::parse(&DEFAULT[..at]).unwrap();
        assert!(pack.rules.adm_03.is_none() && pack.rules.adm_02.is_some());
    }
}

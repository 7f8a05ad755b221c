//! What a check could not judge, for people: rules and zones with one reason share a line.

use std::collections::BTreeMap;

use planning::{Skipped, Text};

use crate::args::Language;

/// One line for each reason and set of rules or zones, in the order of the rules.
pub(crate) fn lines(skipped: &[Skipped], language: Language) -> Vec<String> {
    let mut rules: BTreeMap<(&Option<String>, &str), Vec<&str>> = BTreeMap::new();
    for one in skipped {
        rules.entry((&one.zone, pick(&one.reason, language))).or_default().push(&one.rule);
    }
    let mut zones: BTreeMap<(Vec<&str>, &str), Vec<&str>> = BTreeMap::new();
    for ((zone, reason), rules) in rules {
        zones.entry((rules, reason)).or_default().extend(zone.as_deref());
    }
    zones.into_iter().map(|((rules, reason), zones)| line(&rules, &zones, reason, language)).collect()
}

fn line(rules: &[&str], zones: &[&str], reason: &str, language: Language) -> String {
    let rules = match (rules, language) {
        ([one], _) => (*one).to_owned(),
        (_, Language::Vi) => format!("{} quy tắc ({})", rules.len(), rules.join(", ")),
        (_, Language::En) => format!("{} rules ({})", rules.len(), rules.join(", ")),
    };
    match (zones, language) {
        ([], _) => format!("- {rules}: {reason}"),
        ([one], _) => format!("- {rules} {one}: {reason}"),
        (_, Language::Vi) => format!("- {rules}, {} khu ({}): {reason}", zones.len(), zones.join(", ")),
        (_, Language::En) => format!("- {rules}, {} zones ({}): {reason}", zones.len(), zones.join(", ")),
    }
}

fn pick(text: &Text, language: Language) -> &str {
    match language {
        Language::Vi => &text.vi,
        Language::En => &text.en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(rule: &str, zone: Option<&str>, reason: &str) -> Skipped {
        Skipped { rule: rule.into(), zone: zone.map(Into::into), reason: Text::same(reason) }
    }

    #[test]
    fn one_reason_is_one_line() {
        let all = [
            skipped("PLN-01", None, "no register"),
            skipped("PLN-02", None, "no register"),
            skipped("LUP-01", Some("z1"), "no code"),
            skipped("LUP-01", Some("z2"), "no code"),
            skipped("ZON-02", Some("z1"), "no parent"),
        ];
        let expected = [
            "- LUP-01, 2 zones (z1, z2): no code",
            "- 2 rules (PLN-01, PLN-02): no register",
            "- ZON-02 z1: no parent",
        ];
        assert_eq!(lines(&all, Language::En), expected);
        assert_eq!(lines(&all[..2], Language::Vi), ["- 2 quy tắc (PLN-01, PLN-02): no register"]);
    }
}

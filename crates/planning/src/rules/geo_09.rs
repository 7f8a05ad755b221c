//! GEO-09, broken encoding: texts of a collection are in TCVN3 or VNI and were read as something else.

use crate::check::{Draft, LayerContext, Report, Scene};
use crate::{EncodingRule, Parameter, Parameters};

pub(super) const ID: &str = "GEO-09";

/// Words that look broken, by what they would be.
#[derive(Default)]
struct Score {
    tcvn3: usize,
    vni: usize,
    /// The first text with such a word.
    text: Option<String>,
}

/// One finding per collection with so many words that no Vietnamese text has.
pub(super) fn judge(context: &LayerContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_09 else { return };
    let mut score = Score::default();
    for feature in &context.collection.layer.features {
        for text in feature.properties.values().filter_map(|value| value.as_str()) {
            score.add(text, rule);
        }
    }
    if score.tcvn3.max(score.vni) < rule.min_words {
        return;
    }
    let (encoding, count) =
        if score.tcvn3 >= score.vni { ("TCVN3", score.tcvn3) } else { ("VNI", score.vni) };
    let parameters = Parameters::new()
        .with("collection", Parameter::Words(context.collection.info.title.clone()))
        .name("encoding", encoding)
        .with("n", Parameter::Count(count as u64))
        .name("text", score.text.unwrap_or_default());
    let draft = Draft::new(ID, rule.severity, parameters, context.crs());
    report.add(scene, Draft { other: Some(context.whole()), ..draft });
}

impl Score {
    /// A mark alone is a mark ("§ 2", "½"); inside a word it is a letter in another encoding.
    fn add(&mut self, text: &str, rule: &EncodingRule) {
        for word in text.split_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()))
        {
            let (tcvn3, vni) =
                (word.contains(|c| rule.tcvn3.contains(c)), word.contains(|c| rule.vni.contains(c)));
            self.tcvn3 += usize::from(tcvn3);
            self.vni += usize::from(vni);
            if (tcvn3 || vni) && self.text.is_none() {
                self.text = Some(text.to_owned());
            }
        }
    }
}

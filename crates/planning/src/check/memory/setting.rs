//! What all judgements of a check share besides the zones themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use spatial::{Crs, Layer};

use crate::check::context::Scene;
use crate::check::select::References;
use crate::check::zones::Families;
use crate::{Collection, CollectionInfo, PartialDate, Role, RulePack};

/// Pack, rules, plan, families and collections: of zones what is known of the collection, of all others the very layer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Setting {
    pack: RulePack,
    rules: BTreeSet<&'static str>,
    plan: Option<usize>,
    /// The communes of the day, for other and for generated zones.
    communes: [Vec<usize>; 2],
    families: Families,
    collections: Vec<(CollectionInfo, Crs, Option<Same>)>,
}

/// A layer that is equal to itself alone: comparing coordinates would take longer than judging again.
#[derive(Clone, Debug)]
struct Same(Arc<Layer>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Setting {
    pub(in crate::check) fn of(
        scene: &Scene<'_>,
        rules: &BTreeSet<&'static str>,
        plan: Option<usize>,
        day: Option<PartialDate>,
    ) -> Self {
        let collection = |Collection { info, layer }: &Collection| {
            let same = (info.role != Role::Zone).then(|| Same(Arc::clone(layer)));
            (info.clone(), layer.crs.clone(), same)
        };
        let communes =
            |generated| References::choose(scene.collections, scene.provinces, plan, generated, day).communes;
        Self {
            pack: scene.pack.clone(),
            rules: rules.clone(),
            plan,
            communes: [false, true].map(communes),
            families: scene.families.clone(),
            collections: scene.collections.iter().map(collection).collect(),
        }
    }
}

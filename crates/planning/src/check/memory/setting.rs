//! What all judgements of a check share besides the zones themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use spatial::{Crs, Layer};

use crate::check::context::Scene;
use crate::check::zones::Families;
use crate::{Collection, CollectionInfo, Role, RulePack};

/// Pack, rules, plan, families and collections: of zones what is known of the collection, of all others the very layer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Setting {
    pack: RulePack,
    rules: BTreeSet<&'static str>,
    plan: Option<usize>,
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
    ) -> Self {
        let collection = |Collection { info, layer }: &Collection| {
            let same = (info.role != Role::Zone).then(|| Same(Arc::clone(layer)));
            (info.clone(), layer.crs.clone(), same)
        };
        Self {
            pack: scene.pack.clone(),
            rules: rules.clone(),
            plan,
            families: scene.families.clone(),
            collections: scene.collections.iter().map(collection).collect(),
        }
    }
}

//! What a check computed, kept for the next one of the same process: a plan of a province is projected, searched for
//! invalid parcels and indexed once, and a zone is judged again only when something that its judgement rests on has
//! changed. It changes no answer, only when it comes.

mod land;
mod marks;
mod parcels;
mod passing;
mod setting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use spatial::crs::CrsError;
use spatial::{Crs, Layer};

use super::Report;
use super::member::Judged;
use super::plane::OnPlane;
pub(super) use land::{Land, LandKey};
pub(super) use marks::{Marks, Spread};
pub(super) use parcels::Parcels;
use passing::Passing;
pub(super) use setting::Setting;

/// What earlier checks computed. What a check did not ask for is forgotten with it.
#[derive(Debug, Default)]
pub struct CheckMemory {
    kept: Mutex<Arc<Kept>>,
    /// What passing checks prepared besides.
    passing: Mutex<Passing>,
}

/// What one check leaves to the next.
#[derive(Debug, Default)]
struct Kept {
    planes: Vec<Plane>,
    /// Under which everything below was judged; `None` when nothing was.
    setting: Option<Setting>,
    marks: Marks,
    /// What was said of zones, by their marks.
    judged: BTreeMap<u64, Remembered>,
    collections: Vec<CollectionReport>,
    parcels: Option<Parcels>,
    land: Land,
    /// How many zones were judged anew.
    anew: usize,
}

/// A layer on a plane. The layer is held, so that no other can come to lie at its address.
#[derive(Clone, Debug)]
struct Plane {
    layer: Arc<Layer>,
    crs: String,
    on: Arc<OnPlane>,
}

/// What was said of a zone, and of what marks its surroundings then were.
#[derive(Clone, Debug)]
struct Remembered {
    around: Vec<u64>,
    judged: Arc<Judged>,
}

/// What rules on whole collections said of one.
#[derive(Clone, Debug)]
struct CollectionReport {
    layer: Arc<Layer>,
    id: String,
    rules: &'static str,
    report: Arc<Report>,
}

impl CheckMemory {
    /// How many zones the last check that left something had to judge, because it did not know them as they were.
    pub fn judged_anew(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).anew
    }
}

/// The memory during one check.
#[derive(Debug, Default)]
pub(super) struct Recollection {
    /// Whether anything is to be left to the next check.
    keeps: bool,
    earlier: Arc<Kept>,
    /// What passing checks prepared.
    passing: Passing,
    now: Kept,
}

impl Recollection {
    /// What was kept, as far as it was judged under the same setting.
    pub(super) fn of(memory: Option<&CheckMemory>, setting: impl FnOnce() -> Setting) -> Self {
        let Some(memory) = memory else { return Self::default() };
        let setting = setting();
        let kept = Arc::clone(&memory.kept.lock().unwrap_or_else(PoisonError::into_inner));
        let earlier = if kept.setting.as_ref() == Some(&setting) {
            kept
        } else {
            let (planes, land) = (kept.planes.clone(), kept.land.clone());
            Arc::new(Kept { planes, land, ..Kept::default() })
        };
        let now = Kept { setting: Some(setting), ..Kept::default() };
        Self { keeps: true, earlier, passing: Passing::default(), now }
    }

    /// What was prepared, for a check that is to change nothing about what is remembered of zones.
    pub(super) fn in_passing(memory: &CheckMemory) -> Self {
        let earlier = Arc::clone(&memory.kept.lock().unwrap_or_else(PoisonError::into_inner));
        let passing = memory.passing.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { keeps: false, earlier, passing, now: Kept::default() }
    }

    pub(super) fn keeps(&self) -> bool {
        self.keeps
    }

    /// Marks the zones, those that have not changed as they were marked before.
    pub(super) fn mark(&mut self, make: impl FnOnce(&Marks) -> Marks) {
        if self.keeps {
            self.now.marks = make(&self.earlier.marks);
        }
    }

    pub(super) fn marks(&self) -> &Marks {
        &self.now.marks
    }

    /// The whole layer on a plane, prepared now unless it was before.
    pub(super) fn whole(&mut self, layer: &Arc<Layer>, crs: &Crs) -> Result<Arc<OnPlane>, CrsError> {
        let same = |kept: &&Plane| Arc::ptr_eq(&kept.layer, layer) && kept.crs == crs.name();
        let mut known = self.earlier.planes.iter().chain(self.passing.planes()).chain(&self.now.planes);
        let on = match known.find(same) {
            Some(kept) => Arc::clone(&kept.on),
            None => Arc::new(OnPlane::whole(layer, crs)?),
        };
        let (layer, crs) = (Arc::clone(layer), crs.name().to_owned());
        self.now.planes.push(Plane { layer, crs, on: Arc::clone(&on) });
        Ok(on)
    }

    /// What was said of a zone, given its place among all zones, if nothing has changed since.
    pub(super) fn judged(&mut self, at: usize) -> Option<Arc<Judged>> {
        let around = self.now.marks.around(at)?;
        let before = self.earlier.judged.get(around.first()?).filter(|before| before.around == around)?;
        let judged = Arc::clone(&before.judged);
        self.keep_judged(at, Arc::clone(&judged));
        Some(judged)
    }

    /// Keeps what was said of a zone judged just now.
    pub(super) fn keep_anew(&mut self, at: usize, judged: &Judged) {
        if self.keeps {
            self.now.anew += 1;
            self.keep_judged(at, Arc::new(judged.clone()));
        }
    }

    fn keep_judged(&mut self, at: usize, judged: Arc<Judged>) {
        let Some(around) = self.now.marks.around(at) else { return };
        if let Some(&mark) = around.first() {
            self.now.judged.insert(mark, Remembered { around, judged });
        }
    }

    /// What some rules said of a whole collection before.
    pub(super) fn collection(&mut self, layer: &Arc<Layer>, id: &str, rules: &str) -> Option<Arc<Report>> {
        let same =
            |one: &&CollectionReport| Arc::ptr_eq(&one.layer, layer) && one.id == id && one.rules == rules;
        let found = self.earlier.collections.iter().find(same)?.clone();
        let report = Arc::clone(&found.report);
        self.now.collections.push(found);
        Some(report)
    }

    /// Keeps what some rules said of a whole collection.
    pub(super) fn keep_collection(
        &mut self,
        layer: &Arc<Layer>,
        id: &str,
        rules: &'static str,
        report: &Report,
    ) {
        if self.keeps {
            let (layer, id, report) = (Arc::clone(layer), id.to_owned(), Arc::new(report.clone()));
            self.now.collections.push(CollectionReport { layer, id, rules, report });
        }
    }

    /// What was said of the plan's parcels before.
    pub(super) fn parcels(&self) -> Option<Parcels> {
        self.earlier.parcels.clone()
    }

    pub(super) fn keep_parcels(&mut self, parcels: Parcels) {
        self.now.parcels = Some(parcels);
    }

    /// The land in conflict as it was before.
    pub(super) fn land(&self) -> &Land {
        &self.earlier.land
    }

    /// Leaves what was used to the next check; a passing one leaves what it had to prepare to its like.
    pub(super) fn leave(mut self, memory: Option<&CheckMemory>, land: Land) {
        let Some(memory) = memory else { return };
        let mut passing = memory.passing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.keeps {
            passing.keep_of(&self.now.planes);
            self.now.land = land;
            *memory.kept.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(self.now);
        } else {
            passing.add(&self.earlier.planes, &self.now.planes);
        }
    }
}

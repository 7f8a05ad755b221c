//! A check that remembers the one before says the same as one that does not, bit for bit, whatever was edited.

use planning::{
    CheckInput, CheckMemory, CheckOptions, CheckOutcome, Collection, PartialDate, Role, Theme, check,
};
use proptest::prelude::*;
use serde_json::json;
use spatial::Feature;

use crate::drawing::*;

/// Valleys lie so far apart that no rule looks from one into the next, m.
const VALLEY_M: f64 = 20_000.0;

/// What a zone is drawn from.
#[derive(Clone, Debug)]
struct Sketch {
    name: usize,
    valley: u8,
    at: [u16; 4],
    kind: usize,
    state: usize,
    province: usize,
    parent: Option<usize>,
}

#[derive(Clone, Debug)]
enum Edit {
    Move(usize, i16),
    Change(usize, Sketch),
    Remove(usize),
    Add(Sketch),
    Turn(usize),
    Plan(u16),
    Rename,
    Nothing,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let at = [0_u16..400, 0..400, 5..300, 5..300];
    (0_usize..6, 0_u8..3, at, 0_usize..4, 0_usize..3, 0_usize..3, prop::option::weighted(0.2, 0_usize..6))
        .prop_map(|(name, valley, at, kind, state, province, parent)| Sketch {
            name,
            valley,
            at,
            kind,
            state,
            province,
            parent,
        })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<usize>(), -300_i16..300).prop_map(|(at, by)| Edit::Move(at, by)),
        2 => (any::<usize>(), sketch()).prop_map(|(at, sketch)| Edit::Change(at, sketch)),
        1 => any::<usize>().prop_map(Edit::Remove),
        1 => sketch().prop_map(Edit::Add),
        1 => (1_usize..5).prop_map(Edit::Turn),
        1 => (0_u16..60).prop_map(Edit::Plan),
        1 => Just(Edit::Rename),
        1 => Just(Edit::Nothing),
    ]
}

/// Zones, a plan whose parcels begin so far to the east, and whether the zones' collection has a new title.
#[derive(Clone, Debug)]
struct Scene {
    zones: Vec<Sketch>,
    shift: u16,
    renamed: bool,
}

impl Scene {
    fn apply(&mut self, edit: &Edit) {
        let count = self.zones.len();
        match edit {
            Edit::Move(at, by) if count > 0 => {
                let x = &mut self.zones[at % count].at[0];
                *x = x.saturating_add_signed(*by);
            }
            Edit::Change(at, sketch) if count > 0 => self.zones[at % count] = sketch.clone(),
            Edit::Remove(at) if count > 0 => drop(self.zones.remove(at % count)),
            Edit::Add(sketch) => self.zones.insert(count / 2, sketch.clone()),
            Edit::Turn(by) if count > 0 => self.zones.rotate_left(by % count),
            Edit::Plan(shift) => self.shift = *shift,
            Edit::Rename => self.renamed = !self.renamed,
            _ => {}
        }
    }

    fn zones(&self) -> Collection {
        let mut zones = zones(self.zones.iter().map(drawn).collect());
        if self.renamed {
            zones.info.scale = Some(5_000);
        }
        zones
    }

    fn surroundings(&self) -> Vec<Collection> {
        let codes = ["SKK", "LUC", "SKN", "DGT", "SKX"];
        let cell = |k: usize| {
            let (valley, column, row) = (k / 12, k % 12 / 3, k % 3);
            let x = valley as f64 * VALLEY_M + column as f64 * 190.0 + f64::from(self.shift);
            parcel(&format!("P-{k}"), codes[k % 5], [x, row as f64 * 230.0, 190.0, 230.0])
        };
        let unit = |k: usize| {
            let at = [(k / 2) as f64 * VALLEY_M + (k % 2) as f64 * 300.0 - 100.0, -100.0, 300.0, 1_000.0];
            commune(&format!("0000{k}"), &format!("Xã {k}"), at)
        };
        let cells: Vec<Feature> = (0..36).map(cell).collect();
        let mut heritage = collection("heritage", Role::Constraint, Some(2_000), vec![cells[2].clone()]);
        heritage.info.theme = Some(Theme::Heritage);
        let units = (0..6).map(unit).collect();
        vec![plan(cells.clone()), land_use(cells), communes(units), heritage]
    }
}

fn drawn(sketch: &Sketch) -> Feature {
    let [x, y, w, h] = sketch.at.map(f64::from);
    let state = ["operating", "proposed", "revoked"][sketch.state];
    let mut more = json!({
        "state": state, "declared_area_ha": 4.2, "communes": ["00001"],
    });
    // Two provinces of two meridians, or none: zones that are near each other are measured on different planes.
    if let Some(province) = ["Lạng Sơn", "Cao Bằng"].get(sketch.province) {
        more["province"] = (*province).into();
    }
    if let Some(parent) = sketch.parent {
        more["parent"] = format!("Z-{parent}").into();
    }
    let place = [x + f64::from(sketch.valley) * VALLEY_M, y, w, h];
    zone(&format!("Z-{}", sketch.name), ["KCN", "CCN", "KCX", "KKTCK"][sketch.kind], place, more)
}

fn judged(collections: &[Collection], memory: Option<&CheckMemory>) -> CheckOutcome {
    let input = CheckInput { collections: collections.to_vec(), ..CheckInput::default() };
    let date = "2026-06-01".parse::<PartialDate>().ok();
    check(&input, &CheckOptions { memory, date, ..CheckOptions::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_check_that_remembers_says_the_same(
        zones in prop::collection::vec(sketch(), 1..9), edits in prop::collection::vec(edit(), 1..6)
    ) {
        let mut scene = Scene { zones, shift: 0, renamed: false };
        let memory = CheckMemory::default();
        let mut around = scene.surroundings();
        judged(&[vec![scene.zones()], around.clone()].concat(), Some(&memory));
        for edit in &edits {
            scene.apply(edit);
            if matches!(edit, Edit::Plan(_)) {
                around = scene.surroundings();
            }
            let collections = [vec![scene.zones()], around.clone()].concat();
            let (remembered, whole) = (judged(&collections, Some(&memory)), judged(&collections, None));
            prop_assert!(remembered == whole, "{edit:?}");
        }
    }
}

/// Three valleys with two zones each; names differ, so that each is known by its own.
fn six() -> Scene {
    let zone = |name: usize| Sketch {
        name,
        valley: (name / 2) as u8,
        at: [(name % 2 * 200) as u16, 50, 150, 150],
        kind: 1,
        state: 0,
        province: 0,
        parent: None,
    };
    Scene { zones: (0..6).map(zone).collect(), shift: 0, renamed: false }
}

#[test]
fn only_zones_near_a_change_are_judged_anew() {
    let (mut scene, memory) = (six(), CheckMemory::default());
    let around = scene.surroundings();
    let anew = |scene: &Scene| {
        judged(&[vec![scene.zones()], around.clone()].concat(), Some(&memory));
        memory.judged_anew()
    };
    assert_eq!(anew(&scene), 6);
    assert_eq!(anew(&scene), 0, "nothing has changed");
    scene.apply(&Edit::Move(3, 20));
    assert_eq!(anew(&scene), 2, "it and its neighbour");
    scene.apply(&Edit::Turn(2));
    assert_eq!(anew(&scene), 0, "where zones stand in their file does not matter");
    scene.apply(&Edit::Rename);
    assert_eq!(anew(&scene), 6, "another scale is another tolerance");
    scene.apply(&Edit::Remove(0));
    assert_eq!(anew(&scene), 1, "the neighbour of the one that has gone");
}

//! A province from a seed: design, mesh, cover, map, plants, key; tried again where a plant finds no room.

use std::collections::BTreeMap;

use planning::{CollectionInfo, SafetyClass};
use spatial::{Crs, Layer};

use crate::collections::{self, PLAN};
use crate::cover::ground::{Design, Ground, Thing, economic_zone, survey};
use crate::cover::patches::{patches, settle};
use crate::cover::{Cover, communes, plans, today, zones};
use crate::faulty;
use crate::key::answers::{Answers, ExpectedFinding, Totals};
use crate::key::law::{RULES, rules};
use crate::key::outline::{apart_m, outline, share_a_vertex};
use crate::key::{Declared, Survey, judge, summaries};
use crate::layout::register::{Plant, ZONES, position};
use crate::layout::relief::Relief;
use crate::layout::{communes as centres, lines, settlements, sites};
use crate::map::plant::plant_all;
use crate::map::simplify::simplify;
use crate::map::{Labels, PlanarMap, Segment, atoms};
use crate::mesh::seeds::seeds;
use crate::mesh::smooth::smooth_borders;
use crate::mesh::{Mesh, NONE};
use crate::plane::Point;
use crate::themes;

/// The CRS of every collection: VN-2000 / TM-3 107°15′.
pub(crate) const CRS: &str = "EPSG:9215";

/// A generated province.
#[derive(Clone, Debug)]
pub struct Province {
    /// Zones, newest plan, older plan, present land use, communes, then the layers with a theme: what each says of
    /// itself, and its features in EPSG:9215, metres.
    pub collections: Vec<(CollectionInfo, Layer)>,
    /// Files with a fault, each a collection of zones.
    pub faulty: Vec<(CollectionInfo, Layer)>,
    /// What a check of the zones must find.
    pub answers: Answers,
}

/// Why a design did not become a province.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// A site of a zone finds no room.
    NoSite,
    /// The triangulation failed.
    NoMesh,
    /// A plant finds no room.
    NoPlant(String),
    /// Figures too near to a threshold.
    Doubts(Vec<String>),
}

/// The province of a seed: the same on every machine. A design whose plants find no room, or in which a figure
/// comes too near to a threshold by accident, is thrown away and the next one of the seed is drawn.
pub fn province(seed: u64) -> Province {
    let mut attempt = 0;
    loop {
        match attempted(seed, attempt) {
            Ok(province) => return province,
            Err(_) => attempt += 1,
        }
    }
}

/// One design of a seed.
pub(crate) fn attempted(seed: u64, attempt: u64) -> Result<Province, Failure> {
    let design = design(seed.wrapping_mul(1_000_003).wrapping_add(attempt)).ok_or(Failure::NoSite)?;
    let (map, cover) = mapped(&design)?;
    finished(seed, &design, &map, &cover)
}

pub(crate) fn design(seed: u64) -> Option<Design> {
    let relief = Relief::new(seed, lines::lines(seed));
    let towns = settlements::towns(seed);
    let centres = centres::centres(seed, &relief);
    let sites = sites::sites(seed, &relief, &towns, &centres)?;
    let villages = settlements::villages(seed, &relief, &towns, &sites);
    let works = settlements::works(seed, &relief, &towns, &sites);
    Some(Design { seed, relief, towns, villages, works, sites, centres })
}

/// The planar map of a design with all plants, and its cover.
pub(crate) fn mapped(design: &Design) -> Result<(PlanarMap, Cover), Failure> {
    let seeds = seeds(design);
    let mut mesh =
        Mesh::new(seeds.points, seeds.fixed, |at| design.relief.in_province(at)).ok_or(Failure::NoMesh)?;
    let mut ground = survey(&mesh, design);
    let patches = patches(&mesh, design, &ground);
    settle(&mut ground, &patches);
    let communes = communes::communes(&mesh, design, &ground);
    // Known before anything that takes long is made.
    if !has_room_beside(&mesh, design, &ground, &communes) {
        return Err(Failure::NoPlant("a commune of the province beside".into()));
    }
    let today = today::today(&mesh, design, &ground, &communes);
    let mut plan = plans::newest(&mesh, design, &ground, &communes, &today, &patches);
    let older = plans::older(&mesh, design, &ground, &communes, &today);
    let zones = zones::zones(&mesh, design, &ground, &today);
    let second = zones::faults(&mesh, design, &zones, &mut plan)
        .ok_or_else(|| Failure::NoPlant("gap or double cover".into()))?;
    let cover = Cover { communes, foreign: None, today, plan, second, older, zones };
    let (atom, labels) = atoms(&mesh, &cover);
    smooth_borders(&mut mesh, &atom, 4);
    if !mesh.is_planar() {
        return Err(Failure::NoMesh);
    }
    let mut map = PlanarMap::new(&mesh, &atom, labels);
    simplify(&mut map, &mesh.fixed);
    plant_all(&mut map, &cover).map_err(Failure::NoPlant)?;
    let foreign = foreign(&map).ok_or_else(|| Failure::NoPlant("a commune of the province beside".into()))?;
    Ok((map, Cover { foreign: Some(foreign), ..cover }))
}

fn finished(seed: u64, design: &Design, map: &PlanarMap, cover: &Cover) -> Result<Province, Failure> {
    let survey = Survey::new(map);
    let declared = declared(&survey, design, cover);
    let themes = themes::draw(map, cover).map_err(Failure::NoPlant)?;
    let verdict = judge(&survey, cover, &declared, &themes);
    if !verdict.doubts.is_empty() {
        return Err(Failure::Doubts(verdict.doubts));
    }
    let (summaries, pairs) = summaries(&survey, cover);
    let crossing = crossing(design);
    let features = [
        collections::zones(map, &declared, crossing),
        collections::plan(map, cover),
        collections::older(map, cover),
        collections::today(map, cover),
        collections::communes(map, cover, &declared.wards),
    ];
    let crs = Crs::parse(CRS).unwrap_or_else(|_| Crs::wgs84());
    let collections: Vec<(CollectionInfo, Layer)> = collections::infos(seed)
        .into_iter()
        .zip(features)
        .chain(themes.iter().map(|themed| collections::themed(map, themed, seed)))
        .map(|(info, features)| (info, Layer { crs: crs.clone(), features }))
        .collect();
    let faulty = faulty::faulty(map, &crs, seed).ok_or_else(|| Failure::NoPlant("a faulty file".into()))?;
    let totals = Totals {
        area_m2: map.area_m2(|_| true),
        features: collections.iter().map(|(info, layer)| (info.id.clone(), layer.features.len())).collect(),
        findings: tally(&verdict.findings),
        zone_plan_pairs: pairs[0],
        zone_land_use_pairs: pairs[1],
        zone_zone_pairs: pairs[2],
        zone_commune_pairs: pairs[3],
    };
    let answers = Answers {
        rules: RULES.to_vec(),
        generated: true,
        seed,
        crs: CRS.into(),
        plan: PLAN.into(),
        findings: verdict.findings,
        faults: faulty.iter().flat_map(|file| file.expected.clone()).collect(),
        slivers: verdict.slivers,
        summaries,
        totals,
    };
    let faulty = faulty.into_iter().map(|file| (file.info, file.layer)).collect();
    Ok(Province { collections, faulty, answers })
}

/// Zone and place of the outline that crosses itself.
fn crossing(design: &Design) -> Option<(usize, Point)> {
    let mut members = design.sites.iter().flat_map(|site| &site.members);
    members.find_map(|m| m.crossing.map(|c| (m.zone, c.centre.point())))
}

/// The zone into which a commune of the province beside reaches.
const AT_PROVINCE: &str = "CCN04";
/// So much of the outline of the province such a commune must have, m.
const RIM_M: f64 = 1_500.0;

/// Whether the commune beside that zone may belong to the next province.
fn has_room_beside(mesh: &Mesh, design: &Design, ground: &Ground, communes: &[u32]) -> bool {
    let at = position(AT_PROVINCE);
    let site = design.sites.iter().find(|site| site.members.iter().any(|member| Some(member.zone) == at));
    let Some(commune) = site.map(|site| site.communes[1] as u32) else { return false };
    let own = |t: &usize| communes[*t] == commune;
    let side = |t: usize, k: usize| {
        let [a, b] = [k, (k + 1) % 3].map(|k| mesh.points[mesh.triangles[t][k] as usize]);
        if mesh.neighbours[t][k] == NONE { a.distance_m(b) } else { 0.0 }
    };
    let all = || (0..communes.len()).filter(own);
    let rim: f64 = all().map(|t| (0..3).map(|k| side(t, k)).sum::<f64>()).sum();
    let free = all().all(|t| ground.zones[t] == 0 && economic_zone(design, mesh.centre(t)).is_none());
    rim >= 1.1 * RIM_M && free
}

/// The commune that reaches into a zone from the next province: it lies at the rim and holds no other zone.
fn foreign(map: &PlanarMap) -> Option<u32> {
    let zone = position(AT_PROVINCE)?;
    let areas = map.twice_areas();
    let mut held: BTreeMap<u32, i64> = BTreeMap::new();
    for (atom, area) in map.atoms.iter().zip(areas).filter(|(a, _)| a.in_zone(zone)) {
        *held.entry(atom.commune).or_insert(0) += area;
    }
    let mut order: Vec<(i64, u32)> = held.into_iter().map(|(commune, area)| (area, commune)).collect();
    order.sort_unstable();
    let [(_, commune), _] = order.as_slice() else { return None };
    let of = |atom: u32| atom != NONE && map.atoms[atom as usize].commune == *commune;
    let at_rim = |s: &Segment| [s.left, s.right].contains(&NONE) && (of(s.left) || of(s.right));
    let outer = (0..map.segments.len()).filter(|&number| at_rim(&map.segments[number]));
    let rim: f64 = outer.map(|number| map.length_m(number)).sum();
    let free = map.atoms.iter().filter(|a| a.commune == *commune).all(|a| a.zones & !(1 << zone) == 0);
    (rim >= RIM_M && free).then_some(*commune)
}

/// The class of harm that a zone gives, by how far it is from where people live: the first whose distance it does not
/// keep, or the last whose distance it does.
fn class(survey: &Survey<'_>, cover: &Cover, zone: usize, kept: bool) -> Option<String> {
    let rule = rules().env_01.as_ref()?;
    let own = outline(survey.map, |a| a.in_zone(zone));
    let code = |a: &Labels| cover.today.parcels[a.today as usize].code;
    let lived_on = outline(survey.map, |a| rule.codes.iter().any(|one| one == code(a)));
    let touches = share_a_vertex(&own, &lived_on);
    let inside =
        survey.map.atoms.iter().any(|a| a.in_zone(zone) && rule.codes.iter().any(|one| one == code(a)));
    let apart = if touches || inside { 0.0 } else { apart_m(&own, &lived_on) };
    let classes = || rule.classes.iter().filter(|class| (class.distance_m <= apart) == kept);
    let order = |a: &&SafetyClass, b: &&SafetyClass| a.distance_m.total_cmp(&b.distance_m);
    let chosen = if kept { classes().max_by(order) } else { classes().min_by(order) };
    chosen.map(|class| class.class.clone())
}

/// What zones declare: their area up to the planted difference, and their communes.
fn declared(survey: &Survey<'_>, design: &Design, cover: &Cover) -> Declared {
    let mut declared = Declared {
        hectares: Vec::new(),
        communes: Vec::new(),
        invalid: crossing(design).map(|c| c.0).into_iter().collect(),
        classes: Vec::new(),
        wards: wards(design, survey.map, cover),
    };
    for (zone, spec) in ZONES.iter().enumerate() {
        let area = survey.map.area_m2(|a| a.in_zone(zone));
        let kept = spec.plants.iter().find_map(|plant| match plant {
            Plant::Class { kept } => Some(*kept),
            _ => None,
        });
        declared.classes.push(kept.and_then(|kept| class(survey, cover, zone, kept)));
        declared.hectares.push(spec.declared.map(|off| (area * (1.0 + off) / 100.0).round() / 100.0));
        let mut held: BTreeMap<u32, i64> = BTreeMap::new();
        for (atom, labels) in survey.map.atoms.iter().enumerate().filter(|(_, a)| a.in_zone(zone)) {
            let communes = [labels.commune, labels.claimed].into_iter().filter(|c| *c != NONE);
            for commune in communes {
                *held.entry(commune).or_insert(0) += survey.area_m2([&(atom as u32)]) as i64;
            }
        }
        let main = held.iter().max_by_key(|(_, area)| **area).map(|(c, _)| *c);
        let one = spec.plants.iter().any(|p| matches!(p, Plant::CommuneShare(_) | Plant::CommuneStrip(_)));
        let wrong = spec.plants.contains(&Plant::WrongCommune);
        declared.communes.push(if wrong {
            (0..centres::COMMUNES as u32).filter(|c| !held.contains_key(c)).skip(6).take(1).collect()
        } else if one {
            main.into_iter().collect()
        } else {
            held.into_keys().collect()
        });
    }
    declared
}

/// Communes that hold a town.
fn wards(design: &Design, map: &PlanarMap, cover: &Cover) -> Vec<u32> {
    let town = |atom: &Labels| match cover.today.parcels[atom.today as usize].thing {
        Thing::Block(town, _) => (town as usize) < design.towns.len(),
        _ => false,
    };
    let mut wards: Vec<u32> = map.atoms.iter().filter(|atom| town(atom)).map(|atom| atom.commune).collect();
    wards.retain(|&commune| commune != NONE);
    wards.sort_unstable();
    wards.dedup();
    wards
}

fn tally(findings: &[ExpectedFinding]) -> Vec<(String, planning::Severity, usize)> {
    let mut counts: BTreeMap<(String, planning::Severity), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule.clone(), finding.severity)).or_insert(0) += 1;
    }
    counts.into_iter().map(|((rule, severity), count)| (rule, severity, count)).collect()
}

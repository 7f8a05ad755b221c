//! A province from a seed: design, mesh, cover, map, plants, key; tried again where a plant finds no room.

use std::collections::BTreeMap;

use planning::CollectionInfo;
use spatial::{Crs, Layer};

use crate::collections::{self, PLAN};
use crate::cover::ground::{Design, Thing, survey};
use crate::cover::patches::{patches, settle};
use crate::cover::{Cover, communes, plans, today, zones};
use crate::key::answers::{Answers, ExpectedFinding, Totals};
use crate::key::law::RULES;
use crate::key::{Declared, Survey, judge, summaries};
use crate::layout::register::{Plant, ZONES};
use crate::layout::relief::Relief;
use crate::layout::{communes as centres, lines, settlements, sites};
use crate::map::plant::plant_all;
use crate::map::simplify::simplify;
use crate::map::{Labels, PlanarMap, atoms};
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
    Ok((map, cover))
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
        slivers: verdict.slivers,
        summaries,
        totals,
    };
    Ok(Province { collections, answers })
}

/// Zone and place of the outline that crosses itself.
fn crossing(design: &Design) -> Option<(usize, Point)> {
    let mut members = design.sites.iter().flat_map(|site| &site.members);
    members.find_map(|m| m.crossing.map(|c| (m.zone, c.centre.point())))
}

/// What zones declare: their area up to the planted difference, and their communes.
fn declared(survey: &Survey<'_>, design: &Design, cover: &Cover) -> Declared {
    let mut declared = Declared {
        hectares: Vec::new(),
        communes: Vec::new(),
        invalid: crossing(design).map(|c| c.0).into_iter().collect(),
        classes: vec![None; ZONES.len()],
        wards: wards(design, survey.map, cover),
    };
    for (zone, spec) in ZONES.iter().enumerate() {
        let area = survey.map.area_m2(|a| a.in_zone(zone));
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
